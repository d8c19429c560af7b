package io.tracegram.ledger.evidence.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any path names one tile in its one spelling, or none: it never leaves the tile directory. */
class TilePathFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "tile/0/x001/x234/067", "tile/entries/273.p/112", "tile/63/000.p/1", "tile/0/../000")
        .map(path -> path.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameText(byte[] input) {
    Strictness.holdsForText(
        input,
        path ->
            TilePath.parse(path).orElseThrow(() -> new MalformedException("no tile has this name")),
        TilePath::toString);
  }
}
