package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.profile.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantFileTest {
  private final ConfigFixture files;

  PlantFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsWhereTheFacilityStandsExactly() throws IOException {
    PlantModel plant =
        PlantFile.load(files.write("plant.yaml", standing("-33.5", "180")), files.profiles())
            .orThrow()
            .model();
    assertThat(plant.additions().location())
        .contains(new FacilityLocation(-335_000_000, 1_800_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90.0000001|0|'latitude' must be -90 to 90 degrees with at most seven decimals",
        "0|-181|'longitude' must be -180 to 180 degrees with at most seven decimals",
        "1.00000001|0|at most seven decimals",
        "'1,5'|0|has a decimal comma",
        "here|0|'latitude'",
      })
  void refusesAPlaceThatIsNone(String latitude, String longitude, String message)
      throws IOException {
    assertThat(String.join("\n", files.check("plant.yaml", standing(latitude, longitude))))
        .contains(message);
  }

  private static String standing(String latitude, String longitude) {
    return ConfigFixture.PLANT.replace(
        "id: refinery,",
        "id: refinery, location: {latitude: \"%s\", longitude: %s},"
            .formatted(latitude, longitude));
  }

  @Test
  void readsAPlantWithItsConnections() throws IOException {
    PlantFile plant =
        PlantFile.load(files.write("plant.yaml", ConfigFixture.PLANT), files.profiles()).orThrow();

    assertThat(plant.model().origin()).isEqualTo("refinery.example/refinery");
    assertThat(plant.model().grid().factor().orElseThrow().kgPerUnit())
        .isEqualByComparingTo("0.61498");
    assertThat(plant.model().meter("sub"))
        .contains(
            new PlantModel.Meter(
                "sub",
                "Calciner",
                Optional.of("main"),
                PlantModel.Meter.Role.CONSUMPTION,
                Optional.of("calciner"),
                "acme/m1",
                "A-1",
                "1",
                1_500_500));
    MeterAccess.ModbusTcp access = (MeterAccess.ModbusTcp) plant.meters().get(1).access();
    assertThat(access.unit()).isEqualTo(3);
    assertThat(access.profile().register(Quantity.ENERGY_IMPORT).orElseThrow().address())
        .as("3204 counted from 1")
        .isEqualTo(3203);
    assertThat(plant.deviceIds()).containsExactly("main", "sub", "floor-scale", "calciner-in");
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant.model())))
        .isEqualTo(plant.model());
  }

  @Test
  void readsTheUncertaintyOfAFactor() throws IOException {
    String text = ConfigFixture.PLANT.replace("gwp: AR5,", "gwp: AR5, u95Percent: 7,");

    assertThat(
            PlantFile.load(files.write("plant.yaml", text), files.profiles())
                .orThrow()
                .model()
                .grid()
                .factor()
                .flatMap(EmissionFactor::u95Percent))
        .contains(BigDecimal.valueOf(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "meters:|meterz:|plant.yaml:7: error[unknown-key] 'meterz' is not known here; did you mean"
            + " 'meters'?",
        "workstation: calciner, profile|workstation: calcinr, profile|plant.yaml:9:"
            + " error[unknown-workstation] there is no workstation 'calcinr'; did you mean"
            + " 'calciner'?",
        "grid-import, profile: acme/m1|grid-import, profile: acme/m2|plant.yaml:8:"
            + " error[unknown-profile] there is no profile 'acme/m2'; did you mean 'acme/m1'?",
        "grid-import, profile: acme/m1|grid-import, profile: acme/scale|plant.yaml:8:"
            + " error[wrong-profile] 'acme/scale' is not the profile of a Modbus meter",
        "parent: main|parent: mian|plant.yaml:9: error[unknown-meter] there is no meter 'mian'; did"
            + " you mean 'main'?",
        "parent: main|parent: sub|plant.yaml:9: error[meter-cycle] 'sub' is below itself, by way of"
            + " 'sub'",
        "role: consumption|role: generation|plant.yaml:9: error[meter-roots] a source is at the top"
            + " and has no 'parent'",
        "parent: main,|parent: main, carrier: gas,|plant.yaml:9: error[unknown-carrier] there is no"
            + " carrier 'gas'; none is declared",
        "id: sub|id: main|plant.yaml:9: error[duplicate-id] 'main' is already the device of line 8",
        "scale: floor-scale|scale: flor-scale|plant.yaml:13: error[unknown-scale] there is no scale"
            + " 'flor-scale'; did you mean 'floor-scale'?",
        "step: input|step: ship|plant.yaml:13: error[missing-key] a scanner that ships needs a"
            + " 'destination'",
        "step: input|step: inptu|plant.yaml:13: error[bad-value] 'step' must be one of receive,"
            + " input, output, ship, pack, unpack, scrap, fill, draw, not 'inptu'; did you mean 'input'?",
        "09520000000011|09520000000014|plant.yaml:15: error[bad-value] 'gtin' has a wrong check"
            + " digit: 0952000000001 is completed by 1",
        "Europe/Warsaw|Europe/Warsow|plant.yaml:1: error[bad-value] 'timeZone' must be an IANA time"
            + " zone, not 'Europe/Warsow'; did you mean 'Europe/Warsaw'?",
        "0.61498|6e-1|plant.yaml:4: error[bad-value] 'kgCo2ePerKwh' must be a decimal such as 0.5,"
            + " without exponent, not '6e-1'",
        "gwp: AR5,|gwp: AR5, u95Percent: -7,|plant.yaml:4: error[bad-value] 'u95Percent' must be 0"
            + " or more, with at most 18 digits, not '-7'",
        "gwp: AR5,|gwp: AR5, u95Procent: 7,|plant.yaml:4: error[unknown-key] 'u95Procent' is not"
            + " known here; did you mean 'u95Percent'?",
        "tcp://127.0.0.1:8083|127.0.0.1:8083|plant.yaml:9: error[bad-value] 'address' must be"
            + " tcp://host:port, not '127.0.0.1:8083'",
        "127.0.0.1:8087|127.0.0.1:8085|plant.yaml:13: error[duplicate-address] 127.0.0.1:8085 is"
            + " already the device 'floor-scale'",
        "1500.5|0.0001|plant.yaml:9: error[bad-value] 'maxPowerKw' must be above 0, in whole watts",
        "name: Refinery|name: |plant.yaml:1: error[missing-value] 'name' has no value",
        "unit: 3|unit: 256|plant.yaml:9: error[bad-value] 'unit' must be from 0 to 255, not 256"
      })
  void saysWhereAndWhatIsWrong(String right, String wrong, String diagnostic) throws IOException {
    String text = ConfigFixture.PLANT.replace(right, wrong == null ? "" : wrong);

    assertThat(files.check("plant.yaml", text)).contains(diagnostic);
  }

  @Test
  void reportsAllProblemsAtOnce() throws IOException {
    String text =
        ConfigFixture.PLANT
            .replace("timeZone: Europe/Warsaw", "timeZone: Mars/Base")
            .replace("gwp: AR5, ", "")
            .replace("scale: floor-scale", "skale: floor-scale")
            .replace("09520000000011", "9520000000011");

    assertThat(files.check("plant.yaml", text))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("plant.yaml:1: error[bad-value] 'timeZone'"))
        .anyMatch(line -> line.equals("plant.yaml:4: error[missing-key] 'gwp' is missing here"))
        .anyMatch(line -> line.endsWith("'skale' is not known here; did you mean 'scale'?"))
        .anyMatch(line -> line.startsWith("plant.yaml:15: error[bad-value] 'gtin' must be"));
  }

  @Test
  void aCycleOfMetersEndsTheCheckNotTheProgram() throws IOException {
    String text =
        ConfigFixture.PLANT.replace(
            "scales:",
            "  - {id: a, name: A, parent: b, role: consumption, profile: acme/m1, address:"
                + " \"tcp://127.0.0.1:8101\", accuracyClass: 1, maxPowerKw: 1}\n"
                + "  - {id: b, name: B, parent: a, role: consumption, profile: acme/m1, address:"
                + " \"tcp://127.0.0.1:8102\", accuracyClass: 1, maxPowerKw: 1}\n"
                + "scales:");

    assertThat(files.check("plant.yaml", text))
        .hasSize(2)
        .allMatch(line -> line.contains("error[meter-cycle]"));
  }
}
