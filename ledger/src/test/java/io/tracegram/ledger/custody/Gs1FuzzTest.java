package io.tracegram.ledger.custody;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any label is an element string, which printed again is read as the same elements and names a lot
 * without throwing, or refused with a reason that carries none of its characters unescaped.
 */
class Gs1FuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "010952000000001110A\u001d21B",
            "010952000000001110A1",
            "3103001250",
            "010952000000001117260101310300125010LOT-7\u001d21SER\u001d",
            "0010952000000001110A")
        .map(label -> label.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrIsReadTheSameWhenPrintedAgain(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1); // as the scanner's line is read
    switch (Gs1ElementString.parse("Q3", text)) {
      case Gs1ElementString.NotGs1(String reason) -> Strictness.isAReason(reason);
      case Gs1ElementString.Parsed parsed -> {
        parsed.lot();
        assertThat(Gs1ElementString.parse("Q3", parsed.text())).isEqualTo(parsed);
      }
    }
  }
}
