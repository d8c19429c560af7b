package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.Instrument.Answer;
import io.tracegram.ledger.emission.Instrument.Verdict;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.QualityCriterion;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.quantity.Energy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentFileTest {
  private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");
  private static final String HOURS =
      "hour_utc,kwh\n2026-03-29T00:00:00Z,16\n2026-03-29T01:00:00Z,4.000001\n";
  private static final String HELD =
      """
      id: held
      edition: "2026-1"
      source: cancellation statement 4711
      policy: current
      instruments:
        - id: go-solar
          type: certificate
          volumeKwh: "40000.5"
          from: 2026-01-01
          to: 2027-01-01
          factor: {id: go-solar, kgCo2ePerKwh: "0", edition: "2026", boundary: generation, gwp: AR5, source: AIB, licence: none}
          criteria:
            emission-rate: {met: true, evidence: stated on the certificate}
            sole-claim: {met: true, evidence: one registry}
            retired: {met: true, evidence: cancelled for us}
            vintage: {met: true, evidence: of 2026}
            same-market: {met: true, evidence: European grid}
            supplier-delivered: {met: true, evidence: not applicable}
            claims-transferred: {met: true, evidence: not applicable}
            residual-mix: {met: true, evidence: AIB 2025}
          deliverable: {met: true, evidence: same bidding zone}
          generation: hours.csv
      """;
  private static final String GATEWAY =
      """
      plant: ./plant.yaml
      data: ./gateway
      http: 127.0.0.1:8080
      mqtt: 127.0.0.1:8081
      agents: [{id: refinery-agent, key: agent.pub}]
      """;

  private final ConfigFixture files;

  InstrumentFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @BeforeEach
  void write() throws IOException {
    files.write("plant.yaml", ConfigFixture.PLANT);
    files.write("hours.csv", HOURS);
  }

  @Test
  void readsInstrumentsExactlyWithDaysOfThePlantsZone() throws IOException {
    InstrumentPortfolio portfolio = load(HELD).orThrow().portfolio();

    assertThat(portfolio.id()).isEqualTo("held");
    assertThat(portfolio.edition()).isEqualTo("2026-1");
    assertThat(portfolio.policy()).isEqualTo(Scope2Policy.CURRENT);
    Instrument go = portfolio.instruments().getFirst();
    assertThat(go.type()).isEqualTo(Instrument.Type.CERTIFICATE);
    assertThat(go.volume()).isEqualTo(new Energy(40_000_500_000L));
    assertThat(go.fromMillis()).isEqualTo(millis("2025-12-31T23:00:00Z"));
    assertThat(go.toMillis()).isEqualTo(millis("2026-12-31T23:00:00Z"));
    assertThat(go.factor().kgPerUnit()).isEqualTo(BigDecimal.ZERO);
    assertThat(go.criteria())
        .hasSize(QualityCriterion.values().length)
        .containsEntry(QualityCriterion.RETIRED, new Answer(Verdict.MET, "cancelled for us"));
    assertThat(go.deliverable()).isEqualTo(new Answer(Verdict.MET, "same bidding zone"));
    assertThat(go.generation())
        .contains(
            new TreeMap<>(
                Map.of(
                    millis("2026-03-29T00:00:00Z"), new Energy(16_000_000),
                    millis("2026-03-29T01:00:00Z"), new Energy(4_000_001))));
    assertThat(FactorDocumentCodec.decode(FactorDocumentCodec.encode(portfolio)))
        .as("what the log gives back is equal, so that it is declared once")
        .isEqualTo(portfolio);
    assertThat(load(HELD).diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"40000.5\" | \"40000,5\" | 8: error[bad-value] 'volumeKwh' has a decimal comma, '40000,5': write a point",
        "\"40000.5\" | \"0\" | 8: error[bad-value] 'volumeKwh' must be more than 0, not '0': leave out an instrument that covers nothing",
        "\"40000.5\" | \"-1\" | 8: error[bad-value] 'volumeKwh' must be more than 0, not '-1': leave out an instrument that covers nothing",
        "\"40000.5\" | \"100000000001\" | 8: error[bad-value] 'volumeKwh' of 100000000001 kWh is absurd, at most 100 TWh: is it in kWh?",
        "\"40000.5\" | \"0.0000001\" | 8: error[bad-value] 'volumeKwh' has more than 6 decimals, finer than a milliwatt-hour: '0.0000001'",
        "volumeKwh: | volumeMwh: | 8: error[unknown-key] 'volumeMwh' is not known here; did you mean 'volumeKwh'?",
        "type: certificate | type: certficate | 7: error[bad-value] 'type' must be one of certificate, contract, supplier-rate, not 'certficate'; did you mean 'certificate'?",
        "from: 2026-01-01 | from: 2026-01-01T00:00:00Z | 9: error[bad-value] 'from' must be a day of the plant's time zone such as 2026-01-01, without a time, not '2026-01-01T00:00:00Z'",
        "to: 2027-01-01 | to: 2027-02-29 | 10: error[bad-value] 'to' must be a day of the plant's time zone such as 2026-01-01, without a time, not '2027-02-29'",
        "to: 2027-01-01 | to: 0227-01-01 | 10: error[bad-value] 'to' must be from the year 2000 to 2100, not '0227-01-01'",
        "to: 2027-01-01 | to: 2026-01-01 | 10: error[bad-validity] 'to' is the first day that is not covered, and must be after 'from': 2026-01-01 is not after 2026-01-01",
        "to: 2027-01-01 | to: 2062-01-01 | 10: error[bad-validity] from 2026-01-01 to 2062-01-01 is longer than 30 years: correct the year",
        "kgCo2ePerKwh: \"0\" | kgCo2ePerKwh: \"12.5\" | 11: error[absurd-factor] 12.5 kg CO2e per kWh is absurd, at most 5: is it in grams, or per MWh?",
        "kgCo2ePerKwh: \"0\" | kgCo2ePerKwh: \"-1\" | 11: error[bad-value] 'kgCo2ePerKwh' must be 0 or more, with at most 18 digits",
        "boundary: generation | boundary: combustion | 11: error[wrong-boundary] electricity has no boundary 'combustion': generation, supplier-rate?",
        "sole-claim | sole-clam | 14: error[unknown-key] 'sole-clam' is not known here; did you mean 'sole-claim'?",
        "met: true, evidence: one registry | met: yes, evidence: one registry | 14: error[bad-value] 'met' must be true or false, not 'yes'",
        "{met: true, evidence: one registry} | {met: true} | 14: error[missing-key] 'evidence' is missing here",
        "policy: current | policy: 2015 | 4: error[bad-value] 'policy' must be one of current, proposed-revision, not '2015'",
        "id: held | id: Held | 1: error[bad-value] 'id' must be a-z, 0-9 and -, at most 40 characters, not 'Held'",
        "edition: \"2026-1\"\\n | '' | 1: error[missing-key] 'edition' is missing here",
        "hours.csv | ours.csv | ours.csv: error[unreadable] there is no such file",
      })
  void refusesOneMistakeAtItsLine(String good, String bad, String problem) throws IOException {
    String spoiled = HELD.replaceFirst(Pattern.quote(unescaped(good)), unescaped(bad));

    assertThat(files.check("held.yaml", spoiled))
        .contains(problem.startsWith("ours") ? problem : "held.yaml:" + problem);
    assertThat(load(spoiled).value()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hour_utc | hour | 1: the first line must be hour_utc,kwh, not 'hour,kwh'",
        "2026-03-29T01:00:00Z | 2026-03-29T00:00:00Z | 3: '2026-03-29T00:00:00Z' is there already, in line 2",
        "2026-03-29T01:00:00Z | 2026-03-29T01:30:00Z | 3: '2026-03-29T01:30:00Z' is not the start of a whole hour",
        "2026-03-29T01:00:00Z | 2026-03-29T02:00:00+01:00 | 3: wrong time zone: '2026-03-29T02:00:00+01:00' has an offset; UTC is expected, such as 2020-01-01T00:15:00Z",
        "2026-03-29T01:00:00Z | 2026-13-29T01:00:00Z | 3: '2026-13-29T01:00:00Z' is no date or time that exists",
        "4.000001 | 4,000001 | 3: there are 3 values under 2 columns; a decimal comma? write a point",
        "4.000001 | -4 | 3: '-4' is negative: generation is 0 or more",
        "4.000001 | 4.0000001 | 3: '4.0000001' has more than 6 decimals: a milliwatt-hour is the smallest unit",
        "4.000001 | 4e3 | 3: '4e3' is no number of kWh such as 1250.5",
        "4.000001 | 100000001 | 3: '100000001' kWh in an hour is absurd: at most 100000000; is the unit right?",
        "4.000001 | '' | 3: the energy is empty: leave out an hour that generated nothing",
      })
  void refusesAFileOfHoursWithItsRow(String good, String bad, String problem) throws IOException {
    files.write("hours.csv", HOURS.replaceFirst(Pattern.quote(good), bad));

    assertThat(files.check("held.yaml", HELD))
        .containsExactly("hours.csv:" + problem.replaceFirst(": ", ": error[bad-generation] "));
  }

  @Test
  void aFileOfHoursIsCheckedByItselfAndAnEmptyOneRefused() throws IOException {
    assertThat(files.check("hours.csv", HOURS)).isEmpty();
    assertThat(files.check("hours.csv", "hour_utc,kwh\n"))
        .containsExactly(
            "hours.csv:1: error[bad-generation] there is no hour: leave the file out if the hours"
                + " are not known");
    assertThat(files.check("hours.csv", HOURS.replace("\n", "\r\n")))
        .singleElement()
        .asString()
        .contains("the line ends with CR LF");
  }

  @Test
  void namesAllMistakesAtOnce() throws IOException {
    files.write("hours.csv", HOURS.replace(",16", ",-16"));

    assertThat(
            files.check(
                "held.yaml",
                HELD.replace("policy: current", "policy: none")
                    .replace("40000.5", "1e5")
                    .replace("2027-01-01", "never")
                    .replace("retired:", "retire:")))
        .hasSize(5);
  }

  @Test
  void refusesAnIdThatStandsTwiceAndAListThatIsMissing() throws IOException {
    String instrument = HELD.substring(HELD.indexOf("  - id:"));

    assertThat(files.check("held.yaml", HELD + instrument))
        .containsExactly(
            "held.yaml:23: error[duplicate-id] 'go-solar' is already the instrument of line 6");
    assertThat(files.check("held.yaml", HELD.substring(0, HELD.indexOf("instruments:"))))
        .singleElement()
        .asString()
        .contains("error[missing-key] 'instruments' is missing here; who holds none any more");
    assertThat(
            load(HELD.substring(0, HELD.indexOf("instruments:")) + "instruments: []\n")
                .orThrow()
                .portfolio()
                .instruments())
        .isEmpty();
  }

  /** A person can only repair what is named; the file is right, the instrument worthless. */
  @Test
  void warnsWhyAnInstrumentWillNotCountAndTakesIt() throws IOException {
    String doubtful =
        HELD.replace("retired: {met: true, evidence: cancelled for us}", "")
            .replace("{met: true, evidence: of 2026}", "{met: false, evidence: of 2019}");

    assertThat(files.check("held.yaml", doubtful))
        .containsExactly(
            "held.yaml:6: warning[does-not-count] 'go-solar' will not count: unanswered: it is"
                + " tracked, and redeemed, retired or cancelled for this company; not met: it is"
                + " issued and redeemed as close as possible to the period of use (of 2019)");
    assertThat(load(doubtful).orThrow().portfolio().instruments()).hasSize(1);
  }

  @Test
  void theProposedRevisionAsksForDeliverabilityAndHours() throws IOException {
    String revised =
        HELD.replace("policy: current", "policy: proposed-revision")
            .replaceAll("    deliverable.*\n", "")
            .replaceAll("    generation.*\n", "");

    assertThat(files.check("held.yaml", revised))
        .satisfiesExactlyInAnyOrder(
            warning ->
                assertThat(warning)
                    .contains("[does-not-count]")
                    .endsWith("unanswered: its power can be delivered to the load"),
            warning -> assertThat(warning).contains("[no-hours] 'go-solar' tells no hours"));
  }

  @Test
  void warnsOfPartsOfMonthsAndOfHoursThatDoNotFit() throws IOException {
    assertThat(warnings(HELD.replace("from: 2026-01-01", "from: 2026-01-15")))
        .containsExactly(
            "9 partial-month of 2026-01 only a part is valid: by volume, nothing of that month is"
                + " covered");
    assertThat(warnings(HELD.replace("to: 2027-01-01", "to: 2026-03-29").replace("40000.5", "20")))
        .contains(
            "22 outside-validity 2 of 2 hours are not within the validity: they cover nothing");
    assertThat(warnings(HELD.replace("to: 2027-01-01", "to: 2026-03-30")))
        .as("its hours end with its validity, and give 20 of 40,000 kWh")
        .anyMatch(
            warning ->
                warning.startsWith(
                    "22 volume-not-generated 20.000001 kWh were generated in all hours to the end"
                        + " of the validity, less than the volume of 40000.5 kWh"));
    assertThat(warnings(HELD.replace("to: 2027-01-01", "to: 2026-03-30").replace("40000.5", "20")))
        .as("less volume than generation is what was bought")
        .noneMatch(warning -> warning.contains("volume-not-generated"));
  }

  @Test
  void aGatewayNamesItsInstrumentsAndHowItClosesMonths() throws IOException {
    files.write("held.yaml", HELD);
    GatewayFile gateway =
        gateway("instruments: held.yaml\nperiods: {settleDays: 3, materialityPercent: \"2.5\"}\n");

    assertThat(gateway.instruments().orElseThrow().portfolio().instruments())
        .extracting(Instrument::fromMillis)
        .as("in the plant's zone")
        .containsExactly(millis("2025-12-31T23:00:00Z"));
    assertThat(gateway.periods())
        .isEqualTo(new PeriodPolicy(Duration.ofDays(3), new BigDecimal("2.5")));
    assertThat(gateway("").instruments()).isEmpty();
    assertThat(gateway("").periods()).isEqualTo(PeriodPolicy.DEFAULT);
    assertThat(gateway("periods: {settleDays: 0}\n").periods().settle()).isZero();
  }

  @Test
  void aGatewayTellsWhatIsWrongWithBoth() throws IOException {
    files.write("held.yaml", HELD.replace("40000.5", "none"));

    assertThat(
            files.check(
                "gateway.yaml",
                GATEWAY
                    + "instruments: held.yaml\n"
                    + "periods: {settleDays: 61, materialityPercent: \"101\", material: 1}\n"))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("held.yaml:8: error[bad-value]"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "gateway.yaml:7: error[bad-value] 'settleDays' must be from 0 to 60, not"
                            + " 61"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "gateway.yaml:7: error[bad-value] 'materialityPercent' must be from 0 to"
                            + " 100, not '101'"),
            problem -> assertThat(problem).contains("error[unknown-key] 'material'"));
    assertThat(files.check("gateway.yaml", GATEWAY + "instruments: nowhere.yaml\n"))
        .containsExactly("nowhere.yaml: error[unreadable] there is no such file");
  }

  private GatewayFile gateway(String more) throws IOException {
    return GatewayFile.load(files.write("gateway.yaml", GATEWAY + more), files.profiles())
        .orThrow();
  }

  private Loaded<InstrumentFile> load(String text) throws IOException {
    return InstrumentFile.load(files.write("held.yaml", text), WARSAW);
  }

  private List<String> warnings(String text) throws IOException {
    return load(text).diagnostics().stream()
        .map(it -> it.line() + " " + it.code() + " " + it.message())
        .toList();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
