package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.plant.Cogeneration;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CogenerationReaderTest {
  private static final String METER = "profile: imported, accuracyClass: 1, maxPowerKw: 100}";
  private static final String FACTOR =
      "edition: 2025, boundary: combustion, gwp: AR5, source: test, licence: none}";
  private static final String PLANT =
      """
      facility: {id: works, name: Works, operator: works.example, timeZone: Europe/Berlin}
      agents: [history]
      grid: {}
      carriers:
        - {id: gas, name: Gas, kind: fuel, factor: {id: gas, kgCo2ePerKwhGross: "0.18296", %2$s}
        - {id: heat, name: Heat, kind: heat, factor: {id: heat, kgCo2ePerKwh: "0.17529", %2$s}
      cogeneration:
        - {id: chp, fuel: engine-gas, heat: engine-heat, power: engine}
      meters:
        - {id: main, name: Grid, role: grid-import, %1$s
        - {id: engine, name: Engine, role: generation, %1$s
        - {id: engine-gas, name: Gas, role: supply, carrier: gas, %1$s
        - {id: engine-heat, name: Heat, role: supply, carrier: heat, %1$s
        - {id: oven, name: Oven, role: consumption, carrier: gas, %1$s
      """
          .formatted(METER, FACTOR);

  private final ConfigFixture files;

  CogenerationReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsAUnitWithTheDefaultEfficienciesOrItsOwn() throws IOException {
    assertThat(unit(PLANT))
        .isEqualTo(
            new Cogeneration("chp", "engine-gas", "engine-heat", "engine", HeatAndPower.DEFAULT));
    assertThat(
            unit(PLANT.replace(
                    "power: engine}",
                    "power: engine, heatEfficiency: 0.9, powerEfficiency: 0.525}"))
                .method())
        .isEqualTo(new HeatAndPower("efficiency-525-900", 525, 900));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fuel: engine-gas|fuel: engine-gaz|plant.yaml:8: error[unknown-meter] there is no meter"
            + " 'engine-gaz'; did you mean 'engine-gas'?",
        "fuel: engine-gas|fuel: oven|plant.yaml:8: error[wrong-meter] 'oven' is not the meter of a"
            + " unit's fuel: its role is supply of a carrier of fuel",
        "heat: engine-heat|heat: engine-gas|plant.yaml:8: error[wrong-meter] 'engine-gas' is not the"
            + " meter of a unit's heat: its role is supply of a carrier of heat",
        "heat: engine-heat|heat: engine-gas|plant.yaml:8: error[shared-meter] 'engine-gas' is"
            + " already the fuel of line 8",
        "power: engine}|power: main}|plant.yaml:8: error[wrong-meter] 'main' is not the meter of a"
            + " unit's power: its role is generation",
        "power: engine}|power: engine, heatEfficiency: 80}|plant.yaml:8: error[bad-value]"
            + " 'heatEfficiency' is that of a separate plant, above 0, at most 1, in thousandths",
        "power: engine}|power: engine, heatEfficency: 0.8}|plant.yaml:8: error[unknown-key]"
            + " 'heatEfficency' is not known here; did you mean 'heatEfficiency'?",
        "name: Oven,|name: Oven, parent: engine-gas,|plant.yaml:8: error[shared-meter] 'engine-gas'"
            + " is the unit's alone, but 'oven' hangs below it: give the unit a meter of its own",
        "power: engine}|heat: engine-heat}|plant.yaml:8: error[missing-key] 'power' is missing here"
      })
  void saysWhereAndWhatIsWrong(String right, String wrong, String diagnostic) throws IOException {
    assertThat(files.check("plant.yaml", PLANT)).isEmpty();
    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong))).contains(diagnostic);
  }

  private Cogeneration unit(String plant) throws IOException {
    return PlantFile.load(files.write("plant.yaml", plant), files.profiles())
        .orThrow()
        .model()
        .cogeneration()
        .getFirst();
  }
}
