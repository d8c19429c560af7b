package io.tracegram.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.runtime.config.FactorSetFile;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Reads every factor set that comes with the program; a new one needs no change here. */
class FactorSetsTest {
  private static final Path DIRECTORY = Path.of("").toAbsolutePath().resolve("factors");
  private static final Set<String> LICENCES_THAT_MAY_BE_BUNDLED =
      Set.of("OGL v3.0", "CC BY 4.0", "CC0 1.0", "public domain");

  @TestFactory
  Stream<DynamicTest> everySetIsReadAndMayBeBundled() throws IOException {
    List<Path> files = files();
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      FactorSet set = FactorSetFile.load(file).orThrow().set();
                      assertThat(file.getFileName()).hasToString(set.id() + ".yaml");
                      assertThat(set.entries())
                          .extracting(entry -> entry.factor().licence())
                          .isSubsetOf(LICENCES_THAT_MAY_BE_BUNDLED);
                    }));
  }

  @Test
  void theFactorsOfTheModelAreThereToTheLastDigit() {
    assertThat(factor("desnz-2025", "grid-gb").kgPerUnit()).isEqualByComparingTo("0.177");
    assertThat(factor("desnz-2026", "natural-gas-net"))
        .extracting(EmissionFactor::unit)
        .isEqualTo(EmissionFactor.Unit.KWH_NET);
    assertThat(factor("epa-egrid2023", "grid-us").kgPerUnit()).isEqualByComparingTo("0.34967");
    assertThat(factor("ember-2024", "grid-pl").kgPerUnit()).isEqualByComparingTo("0.61498");
    assertThat(factor("gwp100-ar6", "ch4").kgPerUnit()).isEqualByComparingTo("27.9");
    assertThat(factor("gwp100-ar5", "hfc-32").kgPerUnit()).isEqualByComparingTo("677");
  }

  @Test
  void aPlantNamesAFactorOfABundledSet(@TempDir Path directory) throws IOException {
    Path plant =
        Files.writeString(
            directory.resolve("plant.yaml"),
            """
            facility: {id: works, name: Works, operator: works.example, timeZone: Europe/London}
            agents: [history]
            grid: {factor: {set: desnz-2025, id: grid-gb}}
            meters:
              - {id: main, name: Grid, role: grid-import, profile: imported, accuracyClass: 1, maxPowerKw: 100}
            """);

    assertThat(PlantFile.load(plant, ProfileCatalog.bundled()).orThrow().model().grid().factor())
        .contains(factor("desnz-2025", "grid-gb"));
  }

  private static EmissionFactor factor(String set, String id) {
    return FactorSetFile.load(DIRECTORY.resolve(set + ".yaml"))
        .orThrow()
        .set()
        .entry(id)
        .orElseThrow()
        .factor();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
