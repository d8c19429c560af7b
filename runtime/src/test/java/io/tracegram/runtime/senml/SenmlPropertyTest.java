package io.tracegram.runtime.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SenmlPropertyTest {
  @Provide
  Arbitrary<SenmlPack> packs() {
    Arbitrary<BigDecimal> decimals =
        Combinators.combine(
                Arbitraries.bigIntegers()
                    .between(BigInteger.TEN.pow(25).negate(), BigInteger.TEN.pow(25)),
                Arbitraries.integers().between(0, 12))
            .as(BigDecimal::new);
    Arbitrary<SenmlValue> values =
        Arbitraries.oneOf(
            decimals.map(exact -> new SenmlValue.Numeric(exact, BigDecimal.ZERO)),
            Arbitraries.strings()
                .ofMaxLength(20)
                .filter(SenmlPropertyTest::isText)
                .map(SenmlValue.Text::new),
            Arbitraries.of(true, false).map(SenmlValue.Flag::new));
    Arbitrary<SenmlRecord> records =
        Combinators.combine(
                Arbitraries.of("energy", "urn:dev:ow:1:power", "a-b_c/d.e"),
                Arbitraries.of("kWh", "W", "")
                    .map(unit -> Optional.of(unit).filter(u -> !u.isEmpty())),
                Arbitraries.integers().between(-1_000, 2_000_000_000).map(BigDecimal::valueOf),
                values)
            .as(
                (name, unit, time, value) ->
                    new SenmlRecord(
                        name, unit, time, Optional.of(value), Optional.empty(), Optional.empty()));
    return records
        .list()
        .ofMaxSize(12)
        .uniqueElements(record -> record.name() + record.time())
        .map(SenmlPack::new);
  }

  /** Lone surrogates are no characters, so that UTF-8 has none for them. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property(tries = 300)
  void readsWhatIsWrittenInEitherFormat(
      @ForAll("packs") SenmlPack pack, @ForAll SenmlFormat format) {
    assertThat(SenmlPack.parse(format, SenmlWriter.write(format, pack)))
        .isEqualTo(new SenmlPack.Sound(pack));
  }

  @Property(tries = 300)
  void takesEveryFloatOfCborAtItsExactValue(@ForAll double value, @ForAll float narrow) {
    assertThat(exact(ByteBuffer.allocate(9).put((byte) 0xFB).putDouble(value).array()))
        .isEqualByComparingTo(new BigDecimal(value));
    assertThat(exact(ByteBuffer.allocate(5).put((byte) 0xFA).putFloat(narrow).array()))
        .isEqualByComparingTo(new BigDecimal(narrow));
  }

  private static BigDecimal exact(byte[] number) {
    byte[] pack =
        Arrays.copyOf(new byte[] {(byte) 0x81, (byte) 0xA2, 0, 0x61, 'a', 2}, 6 + number.length);
    System.arraycopy(number, 0, pack, 6, number.length);
    SenmlPack.Sound sound = (SenmlPack.Sound) SenmlPack.parse(SenmlFormat.CBOR, pack);
    return ((SenmlValue.Numeric) sound.pack().records().getFirst().value().orElseThrow()).exact();
  }

  /** What a base says once says the same as if each record said it. */
  @Property(tries = 200)
  void basesMakeNoDifference(
      @ForAll @IntRange(min = -9_999, max = 9_999) int base,
      @ForAll List<@IntRange(min = -9_999, max = 9_999) Integer> values) {
    List<String> based = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < Math.min(values.size(), 50); i++) {
      String bases =
          i == 0 ? "\"bn\":\"m/\",\"bu\":\"W\",\"bv\":%d.5,\"bt\":%d,".formatted(base, base) : "";
      based.add("{%s\"n\":\"%d\",\"v\":%d,\"t\":1}".formatted(bases, i, values.get(i)));
      BigDecimal sum = new BigDecimal(base + ".5").add(BigDecimal.valueOf(values.get(i)));
      plain.add("{\"n\":\"m/%d\",\"u\":\"W\",\"v\":%s,\"t\":%d}".formatted(i, sum, base + 1));
    }

    assertThat(parse(based)).isEqualTo(parse(plain));
  }

  private static SenmlPack.Parsed parse(List<String> records) {
    return SenmlPack.parse(
        SenmlFormat.JSON, ("[" + String.join(",", records) + "]").getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void isRefusedOrSoundWhateverComes(@ForAll byte[] bytes, @ForAll SenmlFormat format) {
    assertThat(SenmlPack.parse(format, bytes)).isNotNull();
  }
}
