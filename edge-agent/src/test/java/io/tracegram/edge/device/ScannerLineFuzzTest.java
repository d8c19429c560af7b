package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.custody.Gs1ElementString;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line is taken apart without loss, and is a label, or refused with a printable reason. */
class ScannerLineFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "]Q3010952000000001110A\u001d21B",
            "]d2010952000000001110A",
            "]E0",
            "]",
            "\u001d",
            "TGM:UNDO")
        .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrIsALabel(byte[] input) {
    String line = new String(input, StandardCharsets.ISO_8859_1); // as LineSocket reads it
    ScannerLine scanned = ScannerLine.of(line);

    assertThat(line).isIn(scanned.text(), "]" + scanned.symbology() + scanned.text());
    Reasons.isOne("a line of " + Excerpt.of(line));
    if (Gs1ElementString.parse(scanned.symbology(), scanned.text())
        instanceof Gs1ElementString.NotGs1(String reason)) {
      Reasons.isOne(reason);
    }
  }
}
