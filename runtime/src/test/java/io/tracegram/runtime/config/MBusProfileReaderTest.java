package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.MBusMedium;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MBusRecord;
import io.tracegram.runtime.profile.MBusRecord.Function;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MBusProfileReaderTest {
  private static final String NAME = "profiles/acme/gas.yaml";
  private static final String PROFILE =
      """
      kind: m-bus-meter
      vendor: Acme
      model: G
      source: manual
      manufacturer: ACM
      medium: gas
      records:
        - {id: energy-import, unit: m3, storage: 1, tariff: 2, subunit: 3, vife: "7f", max: 99999}
      """;

  private static final String PLANT =
      ConfigFixture.PLANT
          .replace(
              "workstations:",
              """
              carriers:
                - {id: gas, name: Gas, kind: fuel, factor: {id: gas, kgCo2ePerM3: "2", edition: "1", boundary: combustion, gwp: AR5, source: s, licence: l}}
              buses:
                - {id: mbus, protocol: m-bus, address: "tcp://127.0.0.1:4002"}
              workstations:""")
          .replace(
              "scales:",
              "  - {id: burner, name: Burner, role: supply, carrier: gas, profile: acme/gas, bus:"
                  + " mbus, unit: 5, serial: \"10020387\", accuracyClass: 1, maxPowerKw: 100}\n"
                  + "scales:");

  private final ConfigFixture files;

  MBusProfileReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsWhichRecordIsMeant() throws IOException {
    MBusProfile profile =
        (MBusProfile) ProfileFile.load(files.write(NAME, PROFILE)).orThrow().profile();

    assertThat(profile.medium()).isEqualTo(MBusMedium.GAS);
    assertThat(profile.records())
        .containsExactly(
            new MBusRecord(
                Quantity.ENERGY_IMPORT,
                Unit.CUBIC_METRE,
                Function.INSTANTANEOUS,
                1,
                2,
                3,
                "7F",
                Optional.of(new BigDecimal("99999"))));
  }

  @Test
  void readsAGasMeterOnItsBus() throws IOException {
    files.write(NAME, PROFILE);
    PlantFile plant = PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow();

    assertThat(plant.meters())
        .last()
        .extracting(MeterConnection::access)
        .isInstanceOfSatisfying(
            MeterAccess.MBus.class,
            access -> {
              assertThat(access.unit()).isEqualTo(5);
              assertThat(access.bus().id()).isEqualTo("mbus");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "medium: gas|medium: gass|6: error[bad-value] 'medium' must be one of electricity, gas,"
            + " heat, steam, cooling, not 'gass'; did you mean 'gas'?",
        "ACM|acm|5: error[bad-value] 'manufacturer' must be three capital letters such as KAM, not"
            + " 'acm'",
        "unit: m3|unit: W|8: error[bad-value] 'unit' W does not measure energy-import",
        "energy-import|power|8: error[bad-value] 'unit' m3 does not measure power",
        "energy-import|serial|8: error[bad-value] 'id' must be one of energy-import, energy-export,"
            + " power, not 'serial'",
        "tariff: 2|tarif: 2|8: error[unknown-key] 'tarif' is not known here; did you mean 'tariff'?",
        "7f|7|8: error[bad-value] 'vife' must be the bytes after the VIF, hexadecimal, not '7'",
        "kind: m-bus-meter|kind: m-bus-metr|1: error[bad-value] 'kind' must be one of modbus-meter,"
            + " m-bus-meter, coap-meter, sml-meter, scale, scanner, portal, not 'm-bus-metr'; did you mean 'm-bus-meter'?"
      })
  void saysWhereAProfileIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(files.check(NAME, PROFILE.replace(right, wrong)))
        .anySatisfy(each -> assertThat(each).startsWith(NAME + ":" + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kgCo2ePerM3|kgCo2ePerKwhGross|error[wrong-unit] the meter counts m3, but 'gas' is priced"
            + " per KWH_GROSS: nothing converts one into the other",
        "carrier: gas, profile: acme/gas, bus: mbus|carrier: gas, profile: acme/m1, bus: mbus|"
            + "error[wrong-profile] 'acme/m1' is not the profile of an M-Bus meter",
        "bus: mbus, unit: 5|bus: mbus, unit: 251|error[bad-value] 'unit' must be from 0 to 250, not"
            + " 251",
        "bus: mbus, unit: 5|bus: mbus, unit: 5, minGapMillis: 5|error[unknown-key] 'minGapMillis' is"
            + " not known here"
      })
  void saysWhereAPlantIsWrong(String right, String wrong, String problem) throws IOException {
    files.write(NAME, PROFILE);
    assertThat(PLANT).contains(right);

    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong)))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }
}
