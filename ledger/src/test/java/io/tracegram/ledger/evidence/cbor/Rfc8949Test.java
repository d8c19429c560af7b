package io.tracegram.ledger.evidence.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import io.tracegram.ledger.fuzz.Vectors;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8949 appendix A: which of its items are in the subset, and why the others are not. */
class Rfc8949Test {
  record Row(String hex, String notation, String outcome) {
    byte[] encoded() {
      return HexFormat.of().parseHex(hex);
    }
  }

  static Stream<Row> accepted() {
    return rows().filter(row -> row.outcome().equals("accepted"));
  }

  static Stream<Row> refused() {
    return rows().filter(row -> !row.outcome().equals("accepted"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsAndWritesTheSameBytes(Row row) {
    CborItem item = CborItem.read(row.encoded());

    assertThat(item.encoded()).isEqualTo(row.encoded());
    assertThat(Oracle.item(CBORObject.DecodeFromBytes(row.encoded()))).contains(item);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithTheReasonStated(Row row) {
    assertThatThrownBy(() -> CborItem.read(row.encoded()))
        .isInstanceOf(MalformedException.class)
        .hasMessageMatching(row.outcome() + " at byte \\d+");
  }

  private static Stream<Row> rows() {
    return Vectors.lines("rfc8949/appendix-a.txt").stream()
        .map(line -> Arrays.asList(line.split(" \\| ", -1)))
        .map(cells -> new Row(cells.getFirst(), cells.get(1), cells.getLast()));
  }
}
