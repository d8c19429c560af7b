package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quality.DataQualityRating;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plant names a factor of a set in place of spelling it out. */
class NamedFactorTest {
  private static final String SET =
      """
      id: acme-2026
      publisher: Acme
      url: "https://acme.example/factors"
      factors:
        - {id: grid-gb, kgCo2ePerKwh: "0.13096", edition: 2026, boundary: generation, gwp: AR5, source: row 1, licence: none, uncertaintyPercent: "7", confirmation: confirmed}
        - {id: grid-pl, kgCo2ePerKwh: "0.61498", edition: 2026, boundary: generation, gwp: AR5, source: row 2, licence: none, confirmation: transcribed}
        - {id: steam, kgCo2ePerKwh: "0.17529", edition: 2026, boundary: heat-supply, gwp: AR5, source: row 3, licence: none, confirmation: confirmed}
        - {id: diesel, kgCo2ePerLitre: "2.58354", edition: 2026, boundary: combustion, gwp: AR5, source: row 4, licence: none, biogenicKgCo2PerUnit: "0.12", confirmation: confirmed}
      """;
  private static final String PLANT =
      """
      facility: {id: works, name: Works, operator: works.example, timeZone: Europe/London}
      factors: sets
      agents: [history]
      grid:
        factor: {set: acme-2026, id: grid-gb}
      carriers:
        - {id: oil, name: Oil, kind: fuel, factor: {set: acme-2026, id: diesel}}
      meters:
        - {id: main, name: Grid, role: grid-import, profile: imported, accuracyClass: 1, maxPowerKw: 100}
      """;

  private final ConfigFixture files;

  NamedFactorTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
    files.write("sets/acme-2026.yaml", SET);
  }

  @Test
  void takesEveryParticularFromTheSet() throws IOException {
    PlantFile plant = load(PLANT);

    assertThat(plant.model().grid().factor())
        .contains(
            new EmissionFactor(
                    "grid-gb",
                    new BigDecimal("0.13096"),
                    EmissionFactor.Unit.KWH,
                    "2026",
                    "generation",
                    "AR5",
                    "row 1",
                    "none")
                .with(new FactorQuality(Optional.of(new BigDecimal("7")), Optional.empty())));
    PlantModel.Carrier oil = plant.model().carrier("oil").orElseThrow();
    assertThat(oil.factor().unit()).isEqualTo(EmissionFactor.Unit.LITRE);
    assertThat(oil.biogenic().map(EmissionFactor::kgPerUnit)).contains(new BigDecimal("0.12"));
    assertThat(plant.factorSets()).extracting(FactorSet::id).containsExactly("acme-2026");
    assertThat(files.check("plant.yaml", PLANT)).isEmpty();
  }

  @Test
  void takesTheRatingOfTheSetOrThePlantsOwnWordForIt() throws IOException {
    String rated =
        SET.replace(
            "gwp: AR5", "gwp: AR5, rating: {technological: 2, temporal: 1, geographical: 3}");
    files.write("sets/acme-2026.yaml", rated);

    assertThat(oil(PLANT)).contains(new DataQualityRating(2, 1, 3));
    assertThat(
            oil(
                PLANT.replace(
                    "id: diesel}",
                    "id: diesel, rating: {technological: 1, temporal: 1, geographical: 2}}")))
        .contains(new DataQualityRating(1, 1, 2));
  }

  private Optional<DataQualityRating> oil(String plant) throws IOException {
    return load(plant).model().carrier("oil").orElseThrow().factor().quality().rating();
  }

  @Test
  void takesThePlantsOwnWordForAnUncertainty() throws IOException {
    PlantFile plant = load(PLANT.replace("id: diesel}", "id: diesel, u95Percent: \"3.5\"}"));

    assertThat(plant.model().carrier("oil").orElseThrow().factor().u95Percent())
        .contains(new BigDecimal("3.5"));
  }

  @Test
  void asksForNoSetWhereNoneIsNamed() throws IOException {
    files.write("sets/broken.yaml", "id: [");

    assertThat(load(ConfigFixture.PLANT).factorSets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "set: acme-2026, id: grid-gb|set: acme-2025, id: grid-gb|plant.yaml:5: error[unknown-set]"
            + " there is no factor set 'acme-2025'; did you mean 'acme-2026'?",
        "id: grid-gb|id: grid-bg|plant.yaml:5: error[unknown-factor] set 'acme-2026' has no factor"
            + " 'grid-bg'; did you mean 'grid-gb'?",
        "id: grid-gb|id: diesel|plant.yaml:5: error[wrong-unit] 'diesel' is per LITRE, and what it"
            + " is to price per KWH",
        "id: grid-gb|id: steam|plant.yaml:5: error[wrong-boundary] 'heat-supply' is no boundary of"
            + " electricity",
        "id: diesel|id: grid-gb|plant.yaml:7: error[wrong-unit] a fuel's kWh are gross or net"
            + " (kgCo2ePerKwhGross, kgCo2ePerKwhNet); or give kgCo2ePerM3, kgCo2ePerLitre or"
            + " kgCo2ePerKg",
        "id: grid-gb|id: grid-pl|plant.yaml:5: warning[unconfirmed-factor] 'grid-pl' of 'acme-2026'"
            + " was transcribed: confirm it at its source before you publish with it",
        "id: grid-gb}|id: grid-gb, edition: 2025}|plant.yaml:5: error[unknown-key] 'edition' is not"
            + " known here; known: rating, u95Percent",
        "factors: sets|factors: setz|plant.yaml:2: error[unreadable] there is no directory setz"
      })
  void saysWhereAndWhatIsWrong(String right, String wrong, String diagnostic) throws IOException {
    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong))).contains(diagnostic);
  }

  @Test
  void tellsWhatIsWrongWithASetThatIsNeeded() throws IOException {
    files.write("sets/acme-2026.yaml", SET.replace("0.13096", "0,13096"));

    assertThat(files.check("plant.yaml", PLANT))
        .anyMatch(line -> line.startsWith("sets/acme-2026.yaml:5: error[bad-value]"))
        .contains(
            "plant.yaml:5: error[unknown-set] there is no factor set 'acme-2026'; none is declared");
  }

  private PlantFile load(String plant) throws IOException {
    return PlantFile.load(files.write("plant.yaml", plant), files.profiles()).orThrow();
  }
}
