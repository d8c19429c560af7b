package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.quality.DataQualityRating;
import io.tracegram.runtime.factor.IntensityAddress;
import io.tracegram.runtime.factor.IntensityHeader;
import io.tracegram.runtime.factor.IntensityShape;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntensitySourceTest {
  private static final String GATEWAY =
      """
      plant: ./plant.yaml
      data: ./gateway
      http: 127.0.0.1:8080
      mqtt: 127.0.0.1:8081
      agents: [{id: refinery-agent, key: agent.pub}]
      """;
  private static final String ABOUT =
      "zone: DE, boundary: life-cycle, gwp: AR5, source: ENTSO-E, licence: CC BY 4.0";
  private static final String ROWS =
      "datetime_utc,gco2e_per_kwh\n2020-01-01T00:00:00Z,353.320\n2020-01-01T00:15:00Z,353.548\n";

  private final Path directory;
  private final ConfigFixture files;

  IntensitySourceTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    files = new ConfigFixture(directory);
  }

  @BeforeEach
  void write() throws IOException {
    files.write("plant.yaml", ConfigFixture.PLANT);
    files.write("de.csv", ROWS);
  }

  @Test
  void readsFilesAndAddressesWithTheirParticulars() throws IOException {
    Path file =
        files.write(
            "gateway.yaml",
            GATEWAY
                + """
                intensities:
                  - {id: grid-de, shape: csv, file: de.csv, ABOUT}
                  - {id: grid-now, shape: electricity-maps, url: "https://maps.example/v3/history?zone=DE", every: 15m, tokenFile: maps.token, ABOUT}
                """
                    .replace("ABOUT", ABOUT));

    List<IntensitySource> sources =
        GatewayFile.load(file, files.profiles()).orThrow().intensities();

    assertThat(sources)
        .containsExactly(
            new IntensitySource(
                header("grid-de"),
                IntensityShape.CSV,
                new IntensitySource.Origin.Local(directory.resolve("de.csv"))),
            new IntensitySource(
                header("grid-now"),
                IntensityShape.ELECTRICITY_MAPS,
                new IntensitySource.Origin.Fetched(
                    new IntensityAddress(
                        URI.create("https://maps.example/v3/history?zone=DE"),
                        Duration.ofMinutes(15),
                        Optional.of(
                            new IntensityAddress.Token(
                                "auth-token", directory.resolve("maps.token")))))));
  }

  @Test
  void aGatewayWithoutIntensitiesHasNone() throws IOException {
    Path file = files.write("gateway.yaml", GATEWAY);

    assertThat(GatewayFile.load(file, files.profiles()).orThrow().intensities()).isEmpty();
  }

  @Test
  void takesWhatIsStatedOfTheQualityOfItsValues() throws IOException {
    String good = "u95Percent: 7.5, rating: {technological: 1, temporal: 2, geographical: 3}";
    String source =
        GATEWAY + "intensities:\n  - {id: a, shape: csv, file: de.csv, ABOUT, QUALITY}\n";
    String text = source.replace("ABOUT", ABOUT).replace("QUALITY", good);
    Path file = files.write("gateway.yaml", text);

    assertThat(GatewayFile.load(file, files.profiles()).orThrow().intensities())
        .singleElement()
        .extracting(known -> known.header().quality())
        .isEqualTo(
            new FactorQuality(
                Optional.of(new BigDecimal("7.5")), Optional.of(new DataQualityRating(1, 2, 3))));
    assertThat(files.check("gateway.yaml", text.replace("geographical: 3", "geographical: 4")))
        .singleElement()
        .asString()
        .startsWith("gateway.yaml:7: error[bad-value] 'geographical' must be");
    assertThat(files.check("gateway.yaml", text.replace(", geographical: 3", "")))
        .singleElement()
        .asString()
        .startsWith("gateway.yaml:7: error[missing-key]");
    assertThat(files.check("gateway.yaml", text.replace("7.5", "-7.5")))
        .singleElement()
        .asString()
        .startsWith("gateway.yaml:7: error[bad-value] 'u95Percent' must be");
  }

  @Test
  void findsEveryMistakeAboutIntensitiesAndInTheirFiles() throws IOException {
    files.write("bad.csv", ROWS + "2020-01-01T00:30:00,353,32\n");
    files.write(
        "nl.json",
        "{\"zone\":\"NL\",\"carbonIntensity\":124,\"datetime\":\"2026-01-01T00:00:00Z\","
            + "\"emissionFactorType\":\"lifecycle\",\"isEstimated\":true}");

    assertThat(
            files.check(
                "gateway.yaml",
                GATEWAY
                    + """
                    intensities:
                      - {id: a, shape: csv, file: bad.csv, ABOUT}
                      - {id: a, shape: csw, file: de.csv, url: "https://x.example", ABOUT}
                      - {id: c, shape: electricity-maps, file: nl.json, ABOUT}
                      - {id: d, shape: gb, url: "http://x.example/a", every: 10s, tokenFile: t, ABOUT}
                      - {id: e, shape: csv, file: missing.csv, every: 30m, ABOUT}
                      - {id: f, shape: csv, ABOUT}
                    """
                        .replace("ABOUT", ABOUT)))
        .containsExactlyInAnyOrder(
            "bad.csv:4: error[bad-intensity] there are 3 values under 2 columns; a decimal comma?"
                + " write a point",
            "gateway.yaml:8: error[duplicate-id] 'a' is already the intensity of line 7",
            "gateway.yaml:8: error[bad-value] 'shape' must be one of csv, gb, electricity-maps, not"
                + " 'csw'; did you mean 'csv'?",
            "gateway.yaml:8: error[two-origins] exactly one of 'file' and 'url' says where the"
                + " intensities are",
            "nl.json:1: error[bad-intensity] it is of zone 'NL', 'DE' is configured",
            "gateway.yaml:10: error[bad-value] 'every' must be from 1m to 1d",
            "gateway.yaml:10: error[token-in-clear] over http anyone on the way reads the token:"
                + " give an https URL",
            "gateway.yaml:11: error[not-fetched] 'every' belongs to a 'url', not to a 'file'",
            "gateway.yaml:11: error[unreadable] there is no file "
                + directory.resolve("missing.csv").toString().replace(directory + "/", ""),
            "gateway.yaml:12: error[missing-key] exactly one of 'file' and 'url' says where the"
                + " intensities are");
  }

  @Test
  void aFuelsBoundaryAndAMarginalSignalAreNoGridIntensity() throws IOException {
    String source = "intensities: [{id: a, shape: csv, file: de.csv, " + ABOUT + "}]\n";

    assertThat(files.check("gateway.yaml", GATEWAY + source.replace("life-cycle", "combustion")))
        .containsExactly(
            "gateway.yaml:6: error[wrong-boundary] a grid's intensity has no boundary"
                + " 'combustion': generation, life-cycle?");
    assertThat(files.check("gateway.yaml", GATEWAY + source.replace("life-cycle", "marginal")))
        .singleElement()
        .asString()
        .contains("'boundary' is a marginal signal");
  }

  @Test
  void checksIntensitiesOfEveryShapeInADirectoryAndLeavesOtherFilesAlone() throws IOException {
    files.write("factors/absent.csv", ROWS + "2020-01-01T01:00:00Z,1\n");
    files.write("factors/local.csv", ROWS.replace("Z,", "+01:00,"));
    files.write("factors/marginal.json", "{\"data\":[],\"meta\":{\"signal_type\":\"co2_moer\"}}");
    files.write("factors/history.csv", "utc_timestamp,grid_import\n");
    files.write("factors/load.csv", "date,Usage_kWh,CO2(tCO2)\r\n");
    files.write("factors/other.json", "{\"name\":1}");

    assertThat(
            ConfigCheck.check(List.of(directory.resolve("factors")), files.profiles()).stream()
                .map(problem -> problem.toString().replace(directory + "/factors/", "")))
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "absent.csv: warning[absent-slots] 2 of 5 slots of 15 min are absent:"
                            + " energy in them is of unknown intensity"),
            problem -> assertThat(problem).startsWith("local.csv:2: error[bad-intensity] wrong"),
            problem -> assertThat(problem).startsWith("local.csv:3: error[bad-intensity] wrong"),
            problem -> assertThat(problem).contains("marginal.json:1").contains("marginal signal"));
  }

  @Test
  void aFileThatIsNamedMustBeOneOfOurs() throws IOException {
    assertThat(files.check("other.json", "{\"name\":1}"))
        .singleElement()
        .asString()
        .startsWith("other.json:1: error[unknown-kind] is no file of intensities");
    assertThat(files.check("de.csv", ROWS)).isEmpty();
  }

  private static IntensityHeader header(String id) {
    return new IntensityHeader(id, "DE", "life-cycle", "AR5", "ENTSO-E", "CC BY 4.0");
  }
}
