package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tiles, and entry bundles. */
class TilesTest {
  @Test
  void spellsTheExamplesOfTheSpecification() {
    assertThat(new TilePath(0, 1_234_067, 256)).hasToString("tile/0/x001/x234/067");
    assertThat(new TilePath(TilePath.ENTRIES, 273, 112)).hasToString("tile/entries/273.p/112");
    assertThat(new TilePath(63, 0, 1)).hasToString("tile/63/000.p/1");
    assertThat(new TilePath(1, 1_000, 256)).hasToString("tile/1/x001/000");
  }

  @Test
  void readsBackEverySpelling() {
    for (long index : new long[] {0, 1, 999, 1_000, 999_999, 1_234_067, 999_999_999_999L}) {
      for (int width : new int[] {1, 17, 255, 256}) {
        for (int level : new int[] {TilePath.ENTRIES, 0, 9, 10, 63}) {
          TilePath path = new TilePath(level, index, width);
          assertThat(TilePath.parse(path.toString())).contains(path);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/1/",
        "tile/0/../000",
        "tile/entries/000/",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/\u0660\u0660\u0660",
      })
  void refusesEveryOtherSpelling(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }

  @Test
  void bundleKeepsEntriesOfEveryLength() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[300], new byte[65_535]);
    byte[] bundle = EntryBundle.encode(entries);
    assertThat(bundle).hasSize(4 * 2 + 1 + 300 + 65_535);
    assertThat(EntryBundle.decode(bundle, 4)).containsExactlyElementsOf(entries);
  }

  @Test
  void bundleRefusesAnEntryThatItsLengthCannotName() {
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTruncatedBundlesAndOtherWidths() {
    byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2, 3}, new byte[] {4}));
    for (int length = 0; length < bundle.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bundle, length);
      assertThatThrownBy(() -> EntryBundle.decode(cut, 2)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> EntryBundle.decode(bundle, 1)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> EntryBundle.decode(bundle, 3)).isInstanceOf(MalformedException.class);
  }
}
