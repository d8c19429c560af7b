package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleFileTest {
  private static final String TCP = "\"tcp://127.0.0.1:8085\"";
  private static final String SERIAL =
      "\"serial:/dev/serial/by-id/usb-x\", baud: 9600, parity: even, stopBits: 2";

  private final ConfigFixture files;

  ScaleFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void aScaleMayHangOnASerialLine() throws IOException {
    Path plant = files.write("plant.yaml", ConfigFixture.PLANT.replace(TCP, SERIAL));

    assertThat(PlantFile.load(plant, files.profiles()).orThrow().scales())
        .extracting(ScaleConnection::line)
        .containsExactly(
            new LineAddress.Serial("/dev/serial/by-id/usb-x", 9_600, LineAddress.Parity.EVEN, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tcp://127.0.0.1:8085|udp://127.0.0.1:8085|error[bad-value] 'address' must be"
            + " tcp://host:port or serial:/dev/…, not 'udp://127.0.0.1:8085'",
        "tcp://127.0.0.1:8087|tcp://127.0.0.1:8085|error[duplicate-address] 127.0.0.1:8085 is"
            + " already the device 'floor-scale'",
        "tcp://127.0.0.1:8085|serial:/dev/ttyUSB0|error[missing-key] 'baud' is missing here",
        "tcp://127.0.0.1:8085\"|serial:/dev/ttyUSB0\", baud: 9600|warning[moving-path]",
        "tcp://127.0.0.1:8085\"|tcp://127.0.0.1:8085\", baud: 9600|error[unknown-key]"
      })
  void saysWhereAScaleIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(files.check("plant.yaml", ConfigFixture.PLANT.replace(right, wrong)))
        .anySatisfy(each -> assertThat(each).startsWith("plant.yaml:").contains(problem));
  }

  @Test
  void namesTheProtocolsThatItKnows() throws IOException {
    assertThat(
            files.check(
                "profiles/acme/scale.yaml",
                "{kind: scale, vendor: Acme, model: S, source: manual, protocol: a-and-b}"))
        .containsExactly(
            "profiles/acme/scale.yaml:1: error[bad-value] 'protocol' must be one of mt-sics, sbi,"
                + " a-and-d, ohaus, not 'a-and-b'; did you mean 'a-and-d'?");
  }
}
