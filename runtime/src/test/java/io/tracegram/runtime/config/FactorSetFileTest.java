package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorSetFileTest {
  private static final String SET =
      """
      id: desnz-2026
      publisher: DESNZ
      url: "https://www.gov.uk/"
      factors:
        - {id: grid-gb, kgCo2ePerKwh: "0.13096", edition: "2026", boundary: generation, gwp: AR5, source: UK electricity, licence: OGL v3.0, uncertaintyPercent: "7", confirmation: transcribed}
        - {id: gas-gross, kgCo2ePerKwhGross: "0.18231", edition: "2026", boundary: combustion, gwp: AR5, source: Fuels, licence: OGL v3.0, biogenicKgCo2PerUnit: "0.001", confirmation: confirmed}
        - {id: gas-net, kgCo2ePerKwhNet: "0.20199", edition: "2026", boundary: combustion, gwp: AR5, source: Fuels, licence: OGL v3.0, confirmation: confirmed}
      """;

  private final ConfigFixture files;

  FactorSetFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsFactorsExactlyWithAllTheirParticulars() throws IOException {
    FactorSet set = FactorSetFile.load(files.write("desnz-2026.yaml", SET)).orThrow().set();

    assertThat(set.id()).isEqualTo("desnz-2026");
    assertThat(set.sha256()).isEmpty();
    assertThat(set.entry("grid-gb").orElseThrow())
        .isEqualTo(
            new FactorSet.Entry(
                new EmissionFactor(
                    "grid-gb",
                    new BigDecimal("0.13096"),
                    EmissionFactor.Unit.KWH,
                    "2026",
                    "generation",
                    "AR5",
                    "UK electricity",
                    "OGL v3.0"),
                Optional.empty(),
                Optional.of(new BigDecimal("7")),
                FactorSet.Confirmation.TRANSCRIBED));
    assertThat(set.entry("gas-gross").orElseThrow().biogenicKgPerUnit())
        .contains(new BigDecimal("0.001"));
    assertThat(set.entry("gas-net").orElseThrow().factor().unit())
        .isEqualTo(EmissionFactor.Unit.KWH_NET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"0.13096\" | \"0,329\" | 5: error[bad-value] 'kgCo2ePerKwh' has a decimal comma, '0,329': write a point",
        "\"0.13096\" | \"-0.1\" | 5: error[bad-value] 'kgCo2ePerKwh' must be 0 or more, with at most 18 digits, not '-0.1'",
        "\"0.13096\" | \"1e3\" | 5: error[bad-value] 'kgCo2ePerKwh' must be a decimal such as 0.5, without exponent, not '1e3'",
        "kgCo2ePerKwh: \"0.13096\", | '' | 5: error[missing-key] the value is missing: exactly one of kgCo2ePerKwh, kgCo2ePerKwhGross, kgCo2ePerKwhNet, kgCo2ePerKg, kgCo2ePerM3, kgCo2ePerLitre, kgCo2ePerTonneKm, kgCo2ePerPiece",
        "kgCo2ePerKwh: | kgCo2ePerKg: \"1\", kgCo2ePerKwh: | 5: error[two-values] there are 2 values: exactly one of kgCo2ePerKwh, kgCo2ePerKwhGross, kgCo2ePerKwhNet, kgCo2ePerKg, kgCo2ePerM3, kgCo2ePerLitre, kgCo2ePerTonneKm, kgCo2ePerPiece",
        "boundary: generation | boundary: generatoin | 5: error[bad-value] 'boundary' must be one of generation, residual-mix, supplier-rate, transmission-losses, heat-supply, combustion, well-to-tank, tank-to-wheel, well-to-wheel, cradle-to-gate, direct-release, life-cycle, not 'generatoin'; did you mean 'generation'?",
        "kgCo2ePerKwhNet | kgCo2ePerKwh | 7: error[wrong-unit] 'kgCo2ePerKwh' does not go with boundary 'combustion': a kWh of fuel is gross or net, write kgCo2ePerKwhGross or kgCo2ePerKwhNet",
        "kgCo2ePerKwh: | kgCo2ePerKwhNet: | 5: error[wrong-unit] 'kgCo2ePerKwhNet' does not go with boundary 'generation'; it takes kgCo2ePerKwh",
        "kgCo2ePerKwhNet | kgCo2ePerKwhGross | 7: error[gross-net] 'gas-net' names another calorific basis than its value's key",
        "\"0.20199\" | \"0.1\" | 7: error[gross-net] 'gas-gross' (0.18231 per kWh gross) is larger than 'gas-net' (0.1 per kWh net): were they swapped?",
        "id: gas-net | id: grid-gb | 7: error[duplicate-id] 'grid-gb' is already the factor of line 5",
        "confirmation: transcribed | confirmation: transcripted | 5: error[bad-value] 'confirmation' must be one of confirmed, transcribed, illustrative, not 'transcripted'; did you mean 'transcribed'?",
        "url: | sha256: ABC\\nurl: | 3: error[bad-value] 'sha256' must be 64 hexadecimal digits in lower case, not 'ABC'",
        "publisher: | publischer: | 2: error[unknown-key] 'publischer' is not known here; did you mean 'publisher'?",
      })
  void refusesOneMistakeAtItsLine(String good, String bad, String problem) throws IOException {
    assertThat(files.check("set.yaml", SET.replaceFirst(quoted(good), bad.replace("\\n", "\n"))))
        .contains("set.yaml:" + problem);
  }

  @Test
  void aKwhOfFuelIsGrossOrNetWithinAnyBoundary() throws IOException {
    String wholeLife =
        SET.replace(
                "kgCo2ePerKwhNet: \"0.20199\", edition: \"2026\", boundary: combustion",
                "kgCo2ePerKwh: \"0.24\", edition: \"2026\", boundary: life-cycle")
            .replace("id: gas-net", "id: natural-gas");

    assertThat(files.check("set.yaml", wholeLife))
        .singleElement()
        .asString()
        .startsWith(
            "set.yaml:7: error[wrong-unit] 'kgCo2ePerKwh' does not go with boundary 'life-cycle':"
                + " a kWh of fuel is gross or net, write kgCo2ePerKwhGross");
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  @Test
  void refusesMarginalSignalsHoweverTheyAreNamed() throws IOException {
    String reason = "is a marginal signal: it says what one kWh more would cause";

    assertThat(files.check("a.yaml", SET.replace("boundary: generation", "boundary: marginal")))
        .singleElement()
        .asString()
        .startsWith("a.yaml:5: error[bad-value] 'boundary' " + reason);
    assertThat(files.check("b.yaml", SET.replace("id: grid-gb", "id: caiso-moer")))
        .singleElement()
        .asString()
        .startsWith("b.yaml:5: error[marginal-signal] 'caiso-moer' " + reason);
    assertThat(files.check("c.yaml", SET.replace("UK electricity", "WattTime v3")))
        .singleElement()
        .asString()
        .contains("error[marginal-signal]");
    assertThat(
            files.check(
                "plant.yaml",
                ConfigFixture.PLANT.replace("boundary: life-cycle", "boundary: marginal")))
        .singleElement()
        .asString()
        .startsWith("plant.yaml:4: error[bad-value] 'boundary' " + reason);
  }

  @Test
  void namesAllMistakesOfAllEntriesAtOnce() throws IOException {
    String spoiled =
        SET.replace("edition: \"2026\", boundary: generation", "boundary: generation")
            .replace("gwp: AR5, source: Fuels", "gwp: AR7, source: Fuels")
            .replace("licence: OGL v3.0, confirmation", "license: OGL v3.0, confirmation");

    assertThat(files.check("set.yaml", spoiled))
        .containsExactlyInAnyOrder(
            "set.yaml:5: error[missing-key] 'edition' is missing here",
            "set.yaml:6: error[bad-value] 'gwp' must be one of SAR, TAR, AR4, AR5, AR6, not 'AR7';"
                + " did you mean 'AR4'?",
            "set.yaml:7: error[bad-value] 'gwp' must be one of SAR, TAR, AR4, AR5, AR6, not 'AR7';"
                + " did you mean 'AR4'?",
            "set.yaml:7: error[missing-key] 'licence' is missing here",
            "set.yaml:7: error[unknown-key] 'license' is not known here; did you mean 'licence'?");
  }
}
