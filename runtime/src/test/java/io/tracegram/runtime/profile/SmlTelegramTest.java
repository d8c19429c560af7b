package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmlTelegramTest {
  private static final ObisCode IMPORT = ObisCode.parse("1-0:1.8.0");
  private static final ObisCode KEY = ObisCode.parse("129-129:199.130.5");
  private static final int WATT_HOUR = 30;
  private static final byte[] SERVER = HexFormat.of().parseHex("0A01484C5902000D6BE6");
  private static final SmlValue ENERGY = energy(IMPORT, Optional.empty(), Optional.empty());
  private static final SmlValue POWER =
      new SmlValue(
          Quantity.POWER,
          ObisCode.parse("1-0:16.7.0"),
          Unit.WATT,
          Optional.empty(),
          Optional.empty());

  private static SmlValue energy(
      ObisCode obis, Optional<BigDecimal> maximum, Optional<BigDecimal> resolution) {
    return new SmlValue(Quantity.ENERGY_IMPORT, obis, Unit.KILOWATT_HOUR, maximum, resolution);
  }

  private static byte[] published(String name) {
    try (InputStream in =
        SmlTelegramTest.class.getResourceAsStream("/vectors/libsml-testing/" + name + ".bin")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SmlFrames.Cut> cuts(byte[] stream) {
    return new SmlFrames().take(stream, stream.length);
  }

  private static SmlTelegram sound(SmlFrames.Cut cut) {
    return ((SmlTelegram.Sound) SmlTelegram.parse(((SmlFrames.Whole) cut).content())).telegram();
  }

  private static Optional<Decoded> read(JsmlTelegram telegram, SmlValue wanted) {
    return sound(cuts(telegram.bytes()).getFirst()).read(wanted);
  }

  private static JsmlTelegram telegram() {
    return new JsmlTelegram(SERVER);
  }

  @Test
  void readsWhatAMeterTellsWithAndWithoutItsPin() {
    // 1.8.0 = 23559290 x 0.1 Wh, 16.7.0 = 376 W; without the PIN 2324 x 1000 Wh and no power
    SmlTelegram told = sound(cuts(published("HOLLEY_DTZ541-BDBA_with_PIN")).getFirst());
    SmlTelegram locked = sound(cuts(published("HOLLEY_DTZ541-BDBA_without_PIN")).getFirst());

    assertThat(told.read(ENERGY)).contains(new Decoded.Value(2_355_929_000L, 100));
    assertThat(told.read(POWER)).contains(new Decoded.Value(376_000, 1_000));
    assertThat(locked.read(ENERGY)).contains(new Decoded.Value(2_324_000_000L, 1_000_000));
    assertThat(locked.read(POWER)).isEmpty();
    assertThat(told.manufacturer()).isEqualTo("HLY");
    assertThat(told.serial(profile("1-0:96.1.0"))).isEqualTo("1HLY0200879590");
  }

  @Test
  void readsPowerThatGoesOut() {
    SmlTelegram told = sound(cuts(published("DZG_DVS-7420.2V.G2_mtr2_neg")).getFirst());

    assertThat(told.read(POWER)).contains(new Decoded.Value(-105_500, 10));
  }

  @Test
  void leavesOutWhatWasSpoiledOnTheLineAndGoesOnWithTheNext() {
    List<SmlFrames.Cut> cuts = cuts(published("EasyMeter_Q3A_A1064V1009"));

    assertThat(cuts.getFirst()).isEqualTo(new SmlFrames.Broken("with a wrong checksum"));
    assertThat(cuts.stream().filter(SmlFrames.Whole.class::isInstance)).hasSize(4);
    cuts.stream()
        .filter(SmlFrames.Whole.class::isInstance)
        .forEach(cut -> assertThat(sound(cut).manufacturer()).isEqualTo("ESY"));
  }

  @ParameterizedTest
  @CsvSource({
    // DIN 43863-5 as printed; an older server id; characters
    "0A01484C5902000D6BE6, 1HLY0200879590",
    "06454D4801027156CD45, 06454D4801027156CD45",
    "3032323830383136, 02280816",
    "0A01484C5902FFFFFFFF, 0A01484C5902FFFFFFFF"
  })
  void tellsTheSerialNumberAsItIsPrinted(String server, String serial) {
    JsmlTelegram telegram =
        new JsmlTelegram(HexFormat.of().parseHex(server)).number(IMPORT, WATT_HOUR, 0, 1);

    assertThat(sound(cuts(telegram.bytes()).getFirst()).serial(profile(""))).isEqualTo(serial);
  }

  private static SmlProfile profile(String serial) {
    return new SmlProfile(
        "a/b",
        "A",
        "B",
        "s",
        "HLY",
        serial.isEmpty() ? Optional.empty() : Optional.of(ObisCode.parse(serial)),
        List.of(ENERGY));
  }

  @Property(tries = 500)
  void readsExactlyWhatAnotherLibraryWrites(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long counts,
      @ForAll @IntRange(min = -3, max = 3) int scaler,
      @ForAll @Size(max = 60) byte[] key) {
    Decoded expected =
        new Decoded.Value(
            BigDecimal.valueOf(counts, -scaler).movePointRight(3).longValueExact(),
            BigDecimal.ONE.scaleByPowerOfTen(scaler + 3).longValueExact());
    // runs of escape bytes of every length, before a value that must stand where it stood
    JsmlTelegram telegram =
        telegram().octets(KEY, escapes(key)).number(IMPORT, WATT_HOUR, scaler, counts);

    assertThat(read(telegram, ENERGY)).contains(expected);
  }

  private static byte[] escapes(byte[] key) {
    byte[] bytes = key.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (key[i] % 3 == 0 ? 0x55 : 0x1B);
    }
    return bytes;
  }

  @Property(tries = 200)
  void findsTheSameHoweverTheStreamIsCut(@ForAll @IntRange(min = 1, max = 700) int piece) {
    byte[] stream = published("EasyMeter_Q3A_A1064V1009");
    SmlFrames frames = new SmlFrames();
    List<String> found = new ArrayList<>();
    for (int from = 0; from < stream.length; from += piece) {
      byte[] next = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + piece));
      frames.take(next, next.length).forEach(cut -> found.add(text(cut)));
    }

    assertThat(found).isEqualTo(cuts(stream).stream().map(SmlTelegramTest::text).toList());
  }

  private static String text(SmlFrames.Cut cut) {
    return switch (cut) {
      case SmlFrames.Whole(byte[] content) -> HexFormat.of().formatHex(content);
      case SmlFrames.Broken(String reason) -> reason;
    };
  }

  @Test
  void noBitOfATelegramCanChangeUnseen() {
    byte[] stream = published("HOLLEY_DTZ541-BDBA_without_PIN");
    for (int bit = 0; bit < 8 * stream.length; bit++) {
      byte[] spoiled = stream.clone();
      spoiled[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(cuts(spoiled)).as("bit %d", bit).noneMatch(SmlFrames.Whole.class::isInstance);
    }
  }

  @Test
  void findsATelegramBehindOneThatWasCutAnywhere() {
    byte[] stream = published("HOLLEY_DTZ541-BDBA_without_PIN");
    for (int length = 0; length < stream.length; length++) {
      byte[] both = Arrays.copyOf(stream, length + stream.length);
      System.arraycopy(stream, 0, both, length, stream.length);

      assertThat(cuts(both).getLast()).as("cut at %d", length).isInstanceOf(SmlFrames.Whole.class);
    }
  }

  @Test
  void keepsNothingOfAFileWithoutEnd() {
    byte[] start = HexFormat.of().parseHex("1B1B1B1B01010101");
    SmlFrames frames = new SmlFrames();
    assertThat(frames.take(start, start.length)).isEmpty();

    assertThat(frames.take(new byte[100_000], 100_000))
        .containsExactly(new SmlFrames.Broken("longer than 8192 bytes"));
  }

  @ParameterizedTest
  @CsvSource({
    // another unit, two of them, no number, below zero, more than a long holds
    "wrong-unit, 27, 0, 5",
    "out-of-range, 30, 0, -5",
    "out-of-range, 30, 12, 1000000000",
    "out-of-range, 30, 127, 1",
    "out-of-range, 30, 0, 2000000000"
  })
  void refusesWhatIsNoEnergy(String code, int unit, int scaler, long value) {
    SmlValue wanted = energy(IMPORT, Optional.of(new BigDecimal(1_000_000)), Optional.empty());

    assertThat(read(telegram().number(IMPORT, unit, scaler, value), wanted))
        .get()
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void refusesWhatIsToldTwiceOrNotAsANumber() {
    JsmlTelegram twice = telegram().number(IMPORT, 30, 0, 1).number(IMPORT, 30, 0, 2);

    assertThat(read(twice, ENERGY).toString()).contains("ambiguous");
    assertThat(read(telegram().octets(IMPORT, new byte[] {1}), ENERGY).toString())
        .contains("not-a-number");
    assertThat(read(telegram().octets(IMPORT, new byte[0]), ENERGY))
        .contains(new Decoded.NotAvailable());
    assertThat(read(telegram().octets(KEY, new byte[] {1}), ENERGY)).isEmpty();
  }

  @Test
  void countsInTheCoarserOfItsStepAndTheProfiles() {
    JsmlTelegram telegram = telegram().number(IMPORT, WATT_HOUR, -1, 12_345);

    assertThat(
            read(telegram, energy(IMPORT, Optional.empty(), Optional.of(new BigDecimal("0.01")))))
        .contains(new Decoded.Value(1_234_500, 10_000));
    assertThat(
            read(
                telegram, energy(IMPORT, Optional.empty(), Optional.of(new BigDecimal("0.00001")))))
        .contains(new Decoded.Value(1_234_500, 100));
  }

  @ParameterizedTest
  @CsvSource({
    // lists of 2^16 elements, octets of 2^16 bytes, lengths without end or that turn into octets
    "76F1808000000000, longer than what is there",
    "7681808000000000, longer than what is there",
    "768F8F8F8F8F8F0F, a length without end",
    "76F1110000000000, a length that changes its type",
    "76510000000000, a number of 0 bytes",
    "765A010203040506070809, a number of 9 bytes",
    "76210000000000, an element of unknown type 2",
    "720101, no list of 6",
    "7601010101010101, no list where one must be",
    "FF, ends too early",
    "'', no list of values"
  })
  void refusesWhatIsNoMessage(String content, String reason) {
    assertThat(SmlTelegram.parse(HexFormat.of().parseHex(content)))
        .isInstanceOfSatisfying(
            SmlTelegram.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void refusesListsInListsWithoutEnd() {
    byte[] deep = new byte[8_000];
    Arrays.fill(deep, (byte) 0x71);
    deep[0] = 0x76;

    assertThat(SmlTelegram.parse(deep))
        .isEqualTo(new SmlTelegram.Refused("lists in lists without end"));
  }

  @Property(tries = 1_000)
  void neverThrows(@ForAll @Size(max = 300) byte[] content, @ForAll @IntRange(max = 210) int at) {
    byte[] spoiled =
        ((SmlFrames.Whole) cuts(published("HOLLEY_DTZ541-BDBA_with_PIN")).getFirst())
            .content()
            .clone();
    System.arraycopy(
        content,
        0,
        spoiled,
        Math.min(at, spoiled.length),
        Math.min(content.length, Math.max(0, spoiled.length - at)));

    assertThat(SmlTelegram.parse(content)).isNotNull();
    assertThat(SmlTelegram.parse(spoiled)).isNotNull();
  }
}
