package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.plant.CustodyModels;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustodyModelReaderTest {
  private static final String PLANT =
      "custodyModel: segregated\n"
          + ConfigFixture.PLANT.replace(
              "name: Cobalt hydroxide}", "name: Cobalt hydroxide, custodyModel: mass-balance}");

  private final ConfigFixture files;

  CustodyModelReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsTheModelsOfSiteAndMaterial() throws IOException {
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow().model();
    assertThat(plant.additions().custody())
        .isEqualTo(
            new CustodyModels(
                Optional.of(CustodyModel.SEGREGATED),
                List.of(
                    new CustodyModels.OfMaterial("09520000000011", CustodyModel.MASS_BALANCE))));
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(
            String.join(
                "\n", files.check("plant.yaml", PLANT.replace(": segregated", ": segregatd"))))
        .contains("did you mean 'segregated'");
    assertThat(
            String.join(
                "\n",
                files.check("plant.yaml", PLANT.replace(", custodyModel:", ", custodyModal:"))))
        .contains("did you mean 'custodyModel'");
  }
}
