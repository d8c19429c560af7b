package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.CoapProfile.Mode;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.senml.SenmlFormat;
import io.tracegram.runtime.senml.SenmlPack;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoapDecoderTest {
  private static final long NOW = 1_796_083_200_000L;

  private static CoapProfile profile(SenmlFormat format, Unit unit, String states, String scale) {
    return new CoapProfile(
        "acme/c",
        "Acme",
        "C",
        "manual",
        format,
        Mode.POLL,
        1_000,
        60_000,
        List.of(
            new CoapRecord(
                Quantity.ENERGY_IMPORT,
                "energy",
                unit,
                states,
                new BigDecimal(scale),
                new BigDecimal("0.01"),
                Optional.of(new BigDecimal("1000000"))),
            new CoapRecord(
                Quantity.SERIAL,
                "serial",
                Unit.NONE,
                "",
                BigDecimal.ONE,
                BigDecimal.ONE,
                Optional.empty())));
  }

  private static final CoapProfile KILOWATT_HOURS =
      profile(SenmlFormat.JSON, Unit.KILOWATT_HOUR, "kWh", "1");

  private static Map<Quantity, Decoded> decode(CoapProfile profile, String json) {
    SenmlPack.Sound sound =
        (SenmlPack.Sound) SenmlPack.parse(SenmlFormat.JSON, json.getBytes(StandardCharsets.UTF_8));
    return CoapDecoder.decode(profile, sound.pack(), NOW);
  }

  @Test
  void countsInTheUnitAndScaleOfTheProfile() {
    assertThat(decode(KILOWATT_HOURS, "[{\"n\":\"energy\",\"u\":\"kWh\",\"v\":1234.5}]"))
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(1_234_500_000L, 10_000));
    assertThat(
            decode(
                profile(SenmlFormat.JSON, Unit.CUBIC_METRE, "", "0.1"),
                "[{\"n\":\"energy\",\"v\":25}]"))
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(2_500_000L, 10_000));
  }

  @Test
  void takesTheNewestOfSeveralTimes() {
    assertThat(
            decode(
                KILOWATT_HOURS,
                "[{\"bn\":\"energy\",\"bu\":\"kWh\",\"v\":1,\"t\":-30},{\"v\":3,\"t\":-1},"
                    + "{\"v\":2,\"t\":1796083180}]"))
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(3_000_000L, 10_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ambiguous|{\"n\":\"a/energy\",\"u\":\"kWh\",\"v\":1},{\"n\":\"b/energy\",\"u\":\"kWh\",\"v\":1}",
        "wrong-unit|{\"n\":\"energy\",\"u\":\"J\",\"v\":1}",
        "wrong-unit|{\"n\":\"energy\",\"v\":1}",
        "not-a-number|{\"n\":\"energy\",\"u\":\"kWh\",\"vs\":\"1\"}",
        "out-of-range|{\"n\":\"energy\",\"u\":\"kWh\",\"v\":-0.001}",
        "out-of-range|{\"n\":\"energy\",\"u\":\"kWh\",\"v\":1000000.001}",
        "old-value|{\"n\":\"energy\",\"u\":\"kWh\",\"v\":1,\"t\":-60.001}",
        "old-value|{\"n\":\"energy\",\"u\":\"kWh\",\"v\":1,\"t\":61}",
        "old-value|{\"n\":\"energy\",\"u\":\"kWh\",\"v\":1,\"t\":1e300}"
      })
  void refusesWhatCannotBeAccounted(String code, String records) {
    assertThat(decode(KILOWATT_HOURS, "[" + records + "]").get(Quantity.ENERGY_IMPORT))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.reason()).isNotBlank().hasSizeLessThan(500);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "energy, true",
    "urn:dev:ow:1:energy, true",
    "urn:dev:ow:1_energy, true",
    "hall/energy, true",
    "renewable-energy, false",
    "xenergy, false",
    "energy/total, false"
  })
  void findsARecordByItsWholeNameOrItsEnd(String name, boolean found) {
    assertThat(
            decode(KILOWATT_HOURS, "[{\"n\":\"%s\",\"u\":\"kWh\",\"v\":1}]".formatted(name))
                .containsKey(Quantity.ENERGY_IMPORT))
        .isEqualTo(found);
  }

  @Test
  void takesAnIdentityAsTextOrWholeNumber() {
    assertThat(decode(KILOWATT_HOURS, "[{\"n\":\"serial\",\"vs\":\"A-7\"}]"))
        .containsEntry(Quantity.SERIAL, new Decoded.Identity("A-7"));
    assertThat(decode(KILOWATT_HOURS, "[{\"n\":\"serial\",\"v\":2.2304717e7}]"))
        .containsEntry(Quantity.SERIAL, new Decoded.Identity("22304717"));
    for (String bad : List.of("\"vs\":\"\"", "\"vs\":\"\\u0007\"", "\"v\":1.5", "\"v\":1e99")) {
      assertThat(decode(KILOWATT_HOURS, "[{\"n\":\"serial\"," + bad + "}]").get(Quantity.SERIAL))
          .isInstanceOf(Decoded.Refused.class);
    }
  }

  @Property(tries = 300)
  void readsWhatASimulatedMeterSendsToItsResolution(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long energy,
      @ForAll SenmlFormat format) {
    CoapProfile profile = profile(format, Unit.KILOWATT_HOUR, "kWh", "1");
    byte[] sent = CoapEncoder.encode(profile, "A-7", Map.of(Quantity.ENERGY_IMPORT, energy));
    SenmlPack.Sound sound = (SenmlPack.Sound) SenmlPack.parse(format, sent);

    assertThat(CoapDecoder.decode(profile, sound.pack(), NOW))
        .containsEntry(Quantity.ENERGY_IMPORT, new Decoded.Value(energy / 10_000 * 10_000, 10_000))
        .containsEntry(Quantity.SERIAL, new Decoded.Identity("A-7"));
  }
}
