package io.tracegram.ledger.evidence.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.statement.Content;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Our codec and another library agree on every item of the subset, and on every other byte. */
class OracleTest {
  @Property
  void theOracleReadsWhatWeWrite(@ForAll("items") CborItem item) {
    assertThat(Oracle.decode(item.encoded()).flatMap(Oracle::item)).contains(item);
  }

  @Property
  void weReadWhatTheOracleWritesDeterministically(@ForAll("untaggedItems") CborItem item) {
    byte[] encoded = Oracle.encodeDeterministically(item);

    assertThat(CborItem.read(encoded)).isEqualTo(item);
    assertThat(item.encoded()).isEqualTo(encoded);
  }

  @Property
  void whatWeReadOfRandomBytesTheOracleReadsToo(@ForAll byte[] bytes) {
    agreeOn(bytes);
  }

  @Property(tries = 2_000)
  void whatWeReadOfABrokenItemTheOracleReadsToo(
      @ForAll("items") CborItem item, @ForAll int place, @ForAll byte change) {
    byte[] encoded = item.encoded();
    int at = Math.floorMod(place, encoded.length);
    encoded[at] = change;
    agreeOn(encoded);
    agreeOn(Arrays.copyOf(encoded, at));
  }

  private static void agreeOn(byte[] bytes) {
    CborItem ours;
    try {
      ours = CborItem.read(bytes);
    } catch (MalformedException e) {
      return;
    }
    assertThat(Oracle.decode(bytes).flatMap(Oracle::item)).isEqualTo(Optional.of(ours));
    assertThat(ours.encoded()).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<CborItem> items() {
    return nested(3, true);
  }

  /** CTAP2's canonical form, the oracle's deterministic one, has no tags and four levels. */
  @Provide
  Arbitrary<CborItem> untaggedItems() {
    return nested(2, false);
  }

  private static Arbitrary<CborItem> nested(int depth, boolean tagged) {
    Arbitrary<CborItem> whole = Arbitraries.longs().map(CborItem.Whole::new);
    Arbitrary<CborItem> bytes =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .map(value -> new CborItem.Bytes(Content.of(value)));
    Arbitrary<CborItem> text =
        Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(60).map(CborItem.Text::new);
    if (depth == 0) {
      return Arbitraries.oneOf(whole, bytes, text);
    }
    Arbitrary<CborItem> inner = nested(depth - 1, tagged);
    Arbitrary<CborItem> array = inner.list().ofMaxSize(8).map(CborItem.Array::new);
    Arbitrary<CborItem> map =
        Arbitraries.maps(Arbitraries.integers(), inner)
            .ofMaxSize(6)
            .map(entries -> new CborItem.Map(sorted(entries)));
    return tagged
        ? Arbitraries.oneOf(whole, bytes, text, array, map, inner.map(CborItem.Sign1::new))
        : Arbitraries.oneOf(whole, bytes, text, array, map);
  }

  private static SortedMap<Integer, CborItem> sorted(Map<Integer, CborItem> entries) {
    SortedMap<Integer, CborItem> sorted = CborItem.noEntries();
    sorted.putAll(entries);
    return sorted;
  }

  private static char[] surrogates() {
    char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return all;
  }
}
