package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner.Step;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Portals, and scanners that pack, unpack and scrap, in a plant's file. */
class PortalFileTest {
  private static final String PLANT =
      ConfigFixture.PLANT.replace(
          "materials:",
          """
            - {id: pack-1, workstation: calciner, step: pack, address: "tcp://127.0.0.1:8088", profile: acme/scanner}
            - {id: bin-1, workstation: calciner, step: scrap, scale: floor-scale, address: "tcp://127.0.0.1:8089", profile: acme/scanner}
          portals:
            - {id: gate, workstation: calciner, step: ship, destination: cell-plant, profile: acme/reader, address: "tcp://127.0.0.1:5084"}
          materials:""");

  private final ConfigFixture files;

  PortalFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void aPortalIsBoundToAWorkstationAndAStepAsAScannerIs() throws IOException {
    PlantFile plant = PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow();

    PlantModel.Scanner gate = plant.model().portal("gate").orElseThrow();
    assertThat(gate.step()).isEqualTo(Step.SHIP);
    assertThat(gate.destination()).contains("cell-plant");
    assertThat(plant.portals()).extracting(portal -> portal.address().port()).containsExactly(5084);
    assertThat(plant.portals().getFirst().visit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(plant.portals().getFirst().profile().keepaliveMillis()).isEqualTo(5_000);
    assertThat(plant.deviceIds()).contains("gate");
    assertThat(plant.model().scanners())
        .extracting(PlantModel.Scanner::step)
        .containsExactly(Step.INPUT, Step.PACK, Step.SCRAP);
    assertThat(plant.model().additions().places().detailed()).isTrue();
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant.model())))
        .isEqualTo(plant.model());
  }

  @Test
  void aPlantWithoutScannersDeclaresNothingOfThem() throws IOException {
    String text =
        ConfigFixture.PLANT
            .lines()
            .filter(line -> !line.contains("scanner"))
            .reduce("", (all, line) -> all + line + "\n");
    PlantModel model =
        PlantFile.load(files.write("plant.yaml", text), files.profiles()).orThrow().model();
    assertThat(model.additions()).isEqualTo(io.tracegram.ledger.plant.Additions.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "step: ship, destination: cell-plant|step: ship|plant.yaml:17: error[missing-key] a portal that"
            + " ships needs a 'destination'",
        "step: ship, destination: cell-plant|step: input, destination: x|plant.yaml:17:"
            + " error[bad-value] only a portal that ships has a 'destination'",
        "step: ship, destination: cell-plant|step: output|plant.yaml:17: error[bad-value] a portal does"
            + " not weigh: give this step a scanner with a scale",
        "id: gate, workstation: calciner|id: gate, workstation: calcinr|plant.yaml:17:"
            + " error[unknown-workstation] there is no workstation 'calcinr'; did you mean"
            + " 'calciner'?",
        "id: gate,|id: pack-1,|plant.yaml:17: error[duplicate-id] 'pack-1' is already the device of"
            + " line 14",
        "id: gate,|id: gate, antena: 2,|plant.yaml:17: error[unknown-key] 'antena' is not known here",
        "profile: acme/reader|profile: acme/readr|plant.yaml:17: error[unknown-profile] there is no"
            + " profile 'acme/readr'; did you mean 'acme/reader'?",
        "profile: acme/reader|profile: acme/scale|plant.yaml:17: error[wrong-profile] 'acme/scale' is"
            + " not the profile of a portal",
        "profile: acme/reader|visit: 0s|plant.yaml:17: error[bad-value] 'visit' must be from 1s to 24h",
        "profile: acme/reader|visit: 25h|plant.yaml:17: error[bad-value] 'visit' must be from 1s to"
            + " 24h",
        "127.0.0.1:5084|127.0.0.1:8088|plant.yaml:17: error[duplicate-address] 127.0.0.1:8088 is"
            + " already the device 'pack-1'",
        "step: pack,|step: pack, scale: floor-scale,|plant.yaml:14: error[bad-value] packing and"
            + " unpacking weigh nothing: leave 'scale' out"
      })
  void saysWhereAndWhatIsWrong(String right, String wrong, String diagnostic) throws IOException {
    assertThat(PLANT).contains(right);
    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong)))
        .anyMatch(problem -> problem.startsWith(diagnostic));
  }
}
