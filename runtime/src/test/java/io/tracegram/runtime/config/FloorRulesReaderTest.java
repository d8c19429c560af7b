package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.FloorRules.Percent;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorRulesReaderTest {
  private static final String PLANT =
      ConfigFixture.PLANT
          .replace("name: Calciner}\n", "name: Calciner, lossPercent: 2.5, walkSeconds: 90}\n")
          .replace(
              "name: Cobalt hydroxide}",
              "name: Cobalt hydroxide, yield: {minPercent: 80, maxPercent: 95.125}}\n"
                  + "  - {gtin: 09520000000028, name: Dust, waste: true}");

  private final ConfigFixture files;

  FloorRulesReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsYieldsWasteAndLosses() throws IOException {
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow().model();
    FloorRules rules = plant.additions().floor();
    assertThat(rules.band("09520000000011"))
        .contains(new FloorRules.Band(new Percent(80_000), new Percent(95_125)));
    assertThat(rules.isWaste("09520000000028")).isTrue();
    assertThat(rules.loss("calciner")).contains(new Percent(2_500));
    assertThat(plant.additions().walkSeconds("dock", "calciner")).isEqualTo(90);
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "maxPercent: 95.125|maxPercent: 79|'minPercent' is more than 'maxPercent'",
        "minPercent: 80|minPercent: -1|'minPercent' must be 0 to 1000 with at most three decimals",
        "minPercent: 80, ||'minPercent'",
        "lossPercent: 2.5|lossPercent: 101|'lossPercent' must be 0 to 100 with at most three",
        "lossPercent: 2.5|lossPercent: 2.0005|'lossPercent' must be 0 to 100 with at most three",
        "waste: true|waste: true, yield: {minPercent: 1, maxPercent: 2}|waste has no yield band",
        "waste: true|waste: perhaps|'waste'",
        "walkSeconds: 90|walkSeconds: 0|'walkSeconds' must be from 1 to 86400",
        "walkSeconds: 90|walkSecond: 90|did you mean 'walkSeconds'",
        "lossPercent: 2.5|lossPercents: 2.5|did you mean 'lossPercent'",
      })
  void saysWhatIsWrong(String correct, String spoilt, String message) throws IOException {
    String text = PLANT.replace(correct, spoilt == null ? "" : spoilt);
    assertThat(text).isNotEqualTo(PLANT);
    assertThat(String.join("\n", files.check("plant.yaml", text))).contains(message);
  }
}
