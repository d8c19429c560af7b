package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.plant.Transport.Distance;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes, packaging and sharing in a plant's YAML. */
class TransportReaderTest {
  private static final String PARTICULARS =
      "edition: 2025, boundary: tank-to-wheel, gwp: AR5, source: table, licence: OGL v3.0";
  private static final String PLANT =
      ConfigFixture.PLANT
              .replace(
                  "name: Calciner}\n",
                  "name: Calciner, parallel: true, sharing: mass-time, share: pieces}\n")
              .replace(
                  "name: Cobalt hydroxide}",
                  "name: Cobalt hydroxide, packaging: {id: drum, kgCo2ePerPiece: \"12.5\", "
                      + PARTICULARS
                      + "}}")
          + """
          transport:
            - from: mine
              materials: [09520000000011]
              legs:
                - {mode: road, distanceKm: 1480.5, factor: {id: hgv, kgCo2ePerTonneKm: "0.1", %s}}
                - mode: inland-waterway
                  factor: {id: barge, kgCo2ePerTonneKm: "0.03", %s}
                  between: [{latitude: 0, longitude: 0}, {latitude: 0, longitude: 90}]
                  detourFactor: 1.3
          """
              .formatted(PARTICULARS, PARTICULARS);

  private final ConfigFixture files;

  TransportReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsRoutesPackagingAndSharing() throws IOException {
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow().model();
    Additions more = plant.additions();

    Transport.Route route = more.transport().routes().getFirst();
    assertThat(route.legs().getFirst().distance()).isEqualTo(Distance.declared(1_480_500));
    assertThat(route.legs().getLast().mode()).isEqualTo(Transport.Mode.INLAND_WATERWAY);
    assertThat(route.legs().getLast().distance())
        .as("a quarter of 2π × 6,371,008.8 m is 10,007,557 m, × 1.3")
        .isEqualTo(new Distance(13_009_824, 1_300));
    assertThat(more.packaging().of("09520000000011", new Mass(1)))
        .isEqualTo(new Co2e(12_500_000_000L));
    assertThat(more.sharing().rules())
        .containsExactly(
            new Sharing.Rule(
                "calciner", Optional.of(Sharing.Weight.MASS_TIME), true, Sharing.Share.PIECES));
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @Test
  void theGreatCircleIsTheShortestWay() {
    GreatCircle.Place warsaw = place("52.2297", "21.0122");
    GreatCircle.Place rotterdam = place("51.9244", "4.4777");

    assertThat(GreatCircle.metres(warsaw, warsaw)).isZero();
    assertThat(GreatCircle.metres(warsaw, rotterdam))
        .isEqualTo(GreatCircle.metres(rotterdam, warsaw))
        .isBetween(1_120_000L, 1_140_000L);
    assertThat(GreatCircle.metres(place("0", "179.5"), place("0", "-179.5")))
        .as("over the date line, one degree")
        .isEqualTo(111_195);
    assertThat(GreatCircle.metres(place("90", "0"), place("-90", "0"))).isEqualTo(20_015_114);
  }

  @Test
  void warnsOfABoughtMaterialWithoutARoute() throws IOException {
    String bought =
        PLANT.replace(
            "transport:",
            "  - {gtin: 09520000000028, name: Soda, secondaryFactor: {id: soda, kgCo2ePerKg: \"1\","
                + " edition: 1, boundary: cradle-to-gate, gwp: AR5, source: s, licence: l}}\n"
                + "transport:");
    assertThat(files.check("plant.yaml", PLANT)).isEmpty();
    assertThat(files.check("plant.yaml", bought))
        .singleElement()
        .asString()
        .contains("warning[no-route] 'Soda' (09520000000028) has no route");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "distanceKm: 1480.5|distanceKm: 0|'distanceKm' must be more than 0",
        "distanceKm: 1480.5|distanceKm: 50001|'distanceKm' must be more than 0 and up to 50000",
        "distanceKm: 1480.5|distanceKm: 1480,5|unknown",
        "distanceKm: 1480.5|distanceKm: \"1480,5\"|has a decimal comma",
        "distanceKm: 1480.5,||a leg has either 'distanceKm' or 'between'",
        "mode: road|mode: rode|did you mean 'road'",
        "distanceKm: 1480.5|distanceKm: 9, detourFactor: 1.2|a declared distance has no detour",
        "kgCo2ePerTonneKm: \"0.1\"|kgCo2ePerKg: \"0.1\"|'kgCo2ePerTonneKm' is missing",
        "kgCo2ePerTonneKm: \"0.1\"|kgCo2ePerTonneKm: \"99999999999999\"|is beyond any carrier",
        "detourFactor: 1.3|detourFactor: 0.9|'detourFactor' must be from 1 to 5",
        "detourFactor: 1.3|detours: 1.3|'detourFactor' is missing",
        "latitude: 0, longitude: 90|latitude: 91, longitude: 90|'latitude' must be from -90 to 90",
        "longitude: 90|longitude: 0|these places are 0 m apart",
        ", {latitude: 0, longitude: 90}]|]|'between' has two places",
        "materials: [09520000000011]|materials: [09520000000012]|there is no material",
        "materials: [09520000000011]|material: [09520000000011]|did you mean 'materials'",
        "materials: [09520000000011]|materials: [09520000000011, 09520000000011]|route of line",
        "from: mine\\n    materials: [09520000000011]|from: Acme Mining|is no facility's id",
        "parallel: true, sharing: mass-time|parallel: true|orders that run at once need 'sharing'",
        "sharing: mass-time|sharing: masses|must be one of one, mass, pieces, mass-time",
        "share: pieces|share: money|must be one of mass, pieces",
        "kgCo2ePerPiece: \"12.5\"|kgCo2ePerPiece: \"12.5\", kgCo2ePerKg: \"1\"|per kg of product or",
        "kgCo2ePerPiece: \"12.5\"|kgCo2ePerTonneKm: \"1\"|'kgCo2ePerKg' is missing",
        "kgCo2ePerPiece: \"12.5\"|kgCo2ePerPiece: \"-1\"|must be 0 or more",
      })
  void saysWhatIsWrong(String correct, String spoilt, String message) throws IOException {
    String text =
        PLANT.replace(
            correct.replace("\\n", "\n"), spoilt == null ? "" : spoilt.replace("\\n", "\n"));
    assertThat(text).isNotEqualTo(PLANT);
    assertThat(String.join("\n", files.check("plant.yaml", text))).contains(message);
  }

  private static GreatCircle.Place place(String latitude, String longitude) {
    return new GreatCircle.Place(new BigDecimal(latitude), new BigDecimal(longitude));
  }
}
