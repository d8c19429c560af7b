package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.Supplier;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupplierReaderTest {
  private static final PrivateKey KEY = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final String PLANT =
      ConfigFixture.PLANT
          + """
          suppliers:
            - {id: mine, name: Mine Oy, key: "%s", people: [{id: p-7, role: quality manager}]}
            - {id: smelter, name: Smelter AB, key: "file:smelter.pub"}
          """
              .formatted(KeyFiles.format(KEY.publicKey()));

  private final ConfigFixture files;

  SupplierReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
    files.write("smelter.pub", KeyFiles.format(KEY.publicKey()) + "\n");
  }

  @Test
  void readsSuppliersWithTheirKeysAndPeople() throws IOException {
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow().model();
    assertThat(plant.additions().suppliers())
        .containsExactly(
            new Supplier(
                "mine",
                "Mine Oy",
                KEY.publicKey(),
                List.of(new Supplier.Person("p-7", "quality manager"))),
            new Supplier("smelter", "Smelter AB", KEY.publicKey(), List.of()));
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    wrong("file:smelter.pub", "file:nowhere.pub", "must be es256:HEX, ed25519:HEX or file:PATH");
    wrong("ed25519:", "ed25519:zz", "not hexadecimal");
    wrong("Smelter AB", "Mine Oy", "is already the supplier of line");
    wrong("id: smelter", "id: mine", "is already the supplier of line");
    wrong("people:", "peple:", "did you mean 'people'");
    wrong(", role: quality manager", "", "'role' is missing here");
    wrong("p-7", "Jane Doe", "1 to 40 letters");
    wrong("Smelter AB", "x".repeat(101), "longer than 100 bytes");
    String quantumSafe =
        KeyFiles.format(PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]).publicKey());
    files.write("smelter.pub", quantumSafe);
    wrong("nothing", "nothing", "must be one of ES256 or Ed25519");
  }

  private void wrong(String right, String wrong, String said) throws IOException {
    assertThat(String.join("\n", files.check("plant.yaml", PLANT.replace(right, wrong))))
        .contains(said);
  }
}
