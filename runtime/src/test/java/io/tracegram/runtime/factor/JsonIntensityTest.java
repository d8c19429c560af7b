package io.tracegram.runtime.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.runtime.factor.IntensityReading.Read;
import io.tracegram.runtime.factor.IntensityReading.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonIntensityTest {
  private static final String GB =
      """
      {"data":[
      {"from":"2018-01-20T12:00Z","to":"2018-01-20T12:30Z","intensity":{"forecast":266,"actual":263,"index":"moderate"}},
      {"from":"2018-01-20T12:30Z","to":"2018-01-20T13:00Z","intensity":{"forecast":270,"actual":null,"index":"moderate"}},
      {"from":"2018-01-20T13:00Z","to":"2018-01-20T13:30Z","intensity":{"forecast":null,"actual":null,"index":null}},
      {"from":"2018-01-20T13:30Z","to":"2018-01-20T14:00Z","intensity":{"forecast":260,"actual":0,"index":"low"}}
      ]}
      """;
  private static final String MAPS =
      """
      {"zone":"NL","history":[
      {"zone":"NL","carbonIntensity":124,"datetime":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T02:00:00.000Z","emissionFactorType":"lifecycle","isEstimated":true,"estimationMethod":"TIME_SLICER_AVERAGE"},
      {"zone":"NL","carbonIntensity":124.5,"datetime":"2026-01-01T01:00:00.000Z","updatedAt":"2026-01-01T03:00:00.000Z","emissionFactorType":"lifecycle","isEstimated":false,"estimationMethod":null}
      ]}
      """;

  private static IntensityReading read(IntensityShape shape, String text) {
    return shape.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(IntensityShape shape, String text) {
    return ((Refused) read(shape, text)).reason();
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void takesTheActualHalfHourElseTheForecastAsAnEstimateElseNothing() {
    Read read = (Read) read(IntensityShape.GB, GB);

    assertThat(read.stepMillis()).isEqualTo(1_800_000);
    assertThat(read.absent()).isEqualTo(1);
    assertThat(read.slots())
        .containsExactly(
            new Slot(at("2018-01-20T12:00:00Z"), 263_000_000_000L, false),
            new Slot(at("2018-01-20T12:30:00Z"), 270_000_000_000L, true),
            new Slot(at("2018-01-20T13:30:00Z"), 0, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12:30Z\",\"to\":\"2018-01-20T13:00Z | 12:30Z\",\"to\":\"2018-01-20T13:30Z | is not half an hour",
        "2018-01-20T12:30Z\",\"to\" | 2018-01-20T12:00Z\",\"to\" | entry 2: from",
        "\"forecast\":270 | \"forecast\":\"270\" | 'forecast' must be a number",
        "\"forecast\":270 | \"forecast\":-1 | is negative",
        "\"forecast\":270 | \"forecast\":NaN | is no JSON",
        "\"forecast\":270 | \"forecast\":1e999999999 | is absurd",
        "\"forecast\":270 | \"forecast\":1,\"forecast\":270 | is no JSON: Duplicate field",
        "\"intensity\":{\"forecast\":270 | \"intensity\":{\"marginal\":1,\"forecast\":270 | marginal signal",
        "\"from\":\"2018-01-20T12:30Z | \"from\":\"2018-01-20T12:30+01:00 | wrong time zone",
      })
  void refusesABadHalfHourWithItsEntryAndReason(String good, String bad, String reason) {
    assertThat(refusal(IntensityShape.GB, GB.replace(good, bad)))
        .startsWith("line 3")
        .contains(reason);
  }

  @Test
  void refusesWhatIsNotOfTheGbShape() {
    assertThat(refusal(IntensityShape.GB, "[]")).contains("one JSON object is expected");
    assertThat(refusal(IntensityShape.GB, "{\"data\":{}}")).contains("must be a list");
    assertThat(refusal(IntensityShape.GB, "{\"data\":[]}")).contains("no slot");
    assertThat(refusal(IntensityShape.GB, "{\"data\":[")).contains("is no JSON");
    assertThat(refusal(IntensityShape.GB, GB + "{}")).contains("something follows");
    assertThat(refusal(IntensityShape.GB, "")).contains("one JSON object is expected");
  }

  @Test
  void refusesAMarginalSignalOfWattTime() {
    String marginal =
        """
        {"data":[{"point_time":"2022-07-15T00:00:00+00:00","value":870}],
        "meta":{"region":"CAISO_NORTH","signal_type":"co2_moer","units":"lbs_co2_per_mwh"}}
        """;

    assertThat(refusal(IntensityShape.GB, marginal)).contains("is a marginal signal");
    assertThat(refusal(IntensityShape.ELECTRICITY_MAPS, marginal)).contains("is a marginal signal");
  }

  @Test
  void readsAHistoryOfElectricityMapsWithItsBoundaryAndEstimates() {
    Read read = (Read) read(IntensityShape.ELECTRICITY_MAPS, MAPS);

    assertThat(read.stepMillis()).isEqualTo(3_600_000);
    assertThat(read.boundary()).contains("life-cycle");
    assertThat(read.zone()).contains("NL");
    assertThat(read.slots())
        .containsExactly(
            new Slot(at("2026-01-01T00:00:00Z"), 124_000_000_000L, true),
            new Slot(at("2026-01-01T01:00:00Z"), 124_500_000_000L, false));
  }

  @Test
  void readsTheLatestAloneAsAnHour() {
    Read read =
        (Read)
            read(
                IntensityShape.ELECTRICITY_MAPS,
                """
                {"zone":"SE","carbonIntensity":20,"datetime":"2026-01-01T05:00:00.000Z",
                "emissionFactorType":"direct","isEstimated":false}
                """);

    assertThat(read.slots())
        .containsExactly(new Slot(at("2026-01-01T05:00:00Z"), 20_000_000_000L, false));
    assertThat(read.boundary()).contains("generation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"emissionFactorType\":\"lifecycle\" | \"emissionFactorType\":\"marginal\" | marginal signal",
        "\"emissionFactorType\":\"lifecycle\" | \"emissionFactorType\":\"other\" | must be lifecycle or direct",
        "\"emissionFactorType\":\"lifecycle\" | \"x\":1 | 'emissionFactorType' must be a text",
        "\"isEstimated\":true | \"isEstimated\":\"true\" | 'isEstimated' must be true or false",
        "00:00:00.000Z | 00:20:00.000Z | quarter of an hour",
        "T00:00:00.000Z | T01:00:00.000Z | is there twice",
      })
  void refusesABadEntryOfElectricityMaps(String good, String bad, String reason) {
    assertThat(refusal(IntensityShape.ELECTRICITY_MAPS, MAPS.replaceFirst(good, bad)))
        .contains("entry")
        .contains(reason);
  }

  @Test
  void refusesTwoZonesOrBoundariesInOneAnswer() {
    assertThat(refusal(IntensityShape.ELECTRICITY_MAPS, MAPS.replaceFirst("lifecycle", "direct")))
        .contains("'emissionFactorType' differs");
    assertThat(refusal(IntensityShape.ELECTRICITY_MAPS, MAPS.replaceFirst("NL", "BE")))
        .contains("'zone' differs");
  }

  @Test
  void anAnswerOfAnotherZoneOrBoundaryThanConfiguredIsRefused() {
    IntensityReading read = read(IntensityShape.ELECTRICITY_MAPS, MAPS);

    assertThat(header("NL", "life-cycle").judge(read)).isEqualTo(read);
    assertThat(((Refused) header("DE", "life-cycle").judge(read)).reason()).contains("zone 'NL'");
    assertThat(((Refused) header("NL", "generation").judge(read)).reason())
        .contains("its boundary is 'life-cycle', 'generation' is configured");
  }

  private static IntensityHeader header(String zone, String boundary) {
    return new IntensityHeader("grid", zone, boundary, "AR5", "Electricity Maps", "as agreed");
  }
}
