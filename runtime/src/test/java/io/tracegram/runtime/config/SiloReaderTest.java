package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiloReaderTest {
  private static final String PLANT =
      ConfigFixture.PLANT
              .replace(
                  "scanners:\n",
                  """
                  scanners:
                    - {id: bin-fill, workstation: calciner, step: fill, silo: bin, profile: acme/scanner, address: "tcp://127.0.0.1:8088"}
                    - {id: bin-draw, workstation: calciner, step: draw, silo: bin, scale: floor-scale, profile: acme/scanner, address: "tcp://127.0.0.1:8089"}
                  """)
              .replace(
                  "name: Cobalt hydroxide}",
                  "name: Cobalt hydroxide}\n  - {gtin: 09520000000028, name: Powder}")
          + """
            silos:
              - {id: bin, name: The bin, gtin: 09520000000028, workstation: calciner, capacityKg: 2500.5, accepts: [09520000000011]}
            primaryData: {policy: strict}
            """;

  private final ConfigFixture files;

  SiloReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsSilosWithTheirScanners() throws IOException {
    assertThat(files.check("plant.yaml", PLANT)).isEmpty();
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow().model();
    assertThat(plant.additions().silos())
        .containsExactly(
            new Silo(
                "bin",
                "The bin",
                "09520000000028",
                "calciner",
                List.of("09520000000011"),
                Optional.of(new Mass(2_500_500_000L)),
                List.of("bin-fill", "bin-draw")));
    assertThat(plant.additions().primaryData()).isEqualTo(PrimaryData.STRICT);
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @Test
  void aPlantThatNamesTheDefaultPolicyIsTheSamePlant() throws IOException {
    PlantModel named =
        PlantFile.load(
                files.write("a.yaml", ConfigFixture.PLANT + "primaryData: {policy: activity}\n"),
                files.profiles())
            .orThrow()
            .model();
    PlantModel plain =
        PlantFile.load(files.write("b.yaml", ConfigFixture.PLANT), files.profiles())
            .orThrow()
            .model();
    assertThat(PlantModelCodec.encode(named)).isEqualTo(PlantModelCodec.encode(plain));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "step: fill, silo: bin|step: fill, silo: bun|there is no silo 'bun'; did you mean 'bin'",
        "step: fill, silo: bin|step: fill|a scanner that fills or draws needs a 'silo'",
        "step: input|step: input, silo: bin|only a scanner that fills or draws has a 'silo'",
        "silo: bin, scale: floor-scale|silo: bin|a scanner that draws needs a 'scale'",
        "gtin: 09520000000028, work|gtin: 09520000000035, work|there is no material",
        "accepts: [09520000000011]|accepts: [09520000000042]|there is no material",
        "accepts: [09520000000011]|accepts: [12]|'accepts'",
        "capacityKg: 2500.5|capacityKg: 0|'capacityKg' must be above 0",
        "capacityKg: 2500.5|capacityKg: 1e3|'capacityKg'",
        "capacityKg: 2500.5|capacity: 1|did you mean 'capacityKg'",
        "id: bin, name|id: the-big-bin, name|at most 8 characters",
        "gtin: 09520000000028, workstation: calciner|gtin: 09520000000028, workstation: mill|there is no workstation 'mill'",
        "policy: strict|policy: lax|'policy'",
        "policy: strict|polici: strict|did you mean 'policy'",
      })
  void saysWhatIsWrong(String correct, String spoilt, String message) throws IOException {
    String text = PLANT.replace(correct, spoilt);
    assertThat(text).isNotEqualTo(PLANT);
    assertThat(String.join("\n", files.check("plant.yaml", text))).contains(message);
  }
}
