package io.tracegram.edge.device.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file is damaged, or holds a count that is written back as the same bytes. */
class CounterFuzzTest {
  private static final Path DIRECTORY = directory();

  private static Path directory() {
    try {
      return Files.createTempDirectory("counter-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    Path file = DIRECTORY.resolve("seed");
    new CounterFile(file)
        .write(new CounterFile.Count("A 7", new BigDecimal("1.5"), new BigDecimal("800"), 42));
    return Stream.of(
        Files.readAllBytes(file), "tracegram pulses 1\n".getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isDamagedOrIsWrittenBackAsItWas(byte[] input) throws IOException {
    Path file = DIRECTORY.resolve("input");
    Files.write(file, input);
    CounterFile counter = new CounterFile(file);
    if (counter.read() instanceof CounterFile.Kept kept) {
      Files.delete(file);
      counter.write(kept.count());
      assertThat(Files.readAllBytes(file)).isEqualTo(input);
    }
  }
}
