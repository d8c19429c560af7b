package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {
  private static final String NAME = "profiles/acme/m2.yaml";
  private static final String DISCOVERED =
      """
      kind: modbus-meter
      vendor: Acme
      model: M2
      source: Acme M2 manual
      discovery: sunspec
      minGapMillis: 50
      """;

  private final ConfigFixture files;

  ProfileFileTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "0, holding, 3203, 3203",
    "1, holding, 3204, 3203",
    "modicon, holding, 43204, 3203",
    "modicon, holding, 403204, 3203",
    "modicon, input, 30073, 72",
    "0, input, 0x0048, 72"
  })
  void countsRegistersAsTheVendorDoes(String base, String table, String address, int sent)
      throws IOException {
    String text =
        ConfigFixture.METER_PROFILE
            .replace("addressBase: 1", "addressBase: " + base)
            .replace("table: holding", "table: " + table)
            .replace("address: 3204", "address: " + address)
            .replaceAll("(?m)^.*id: serial.*\n", "");

    MeterProfile profile =
        (MeterProfile) ProfileFile.load(files.write(NAME, text)).orThrow().profile();

    assertThat(profile.id()).isEqualTo("acme/m2");
    assertThat(profile.register(Quantity.ENERGY_IMPORT))
        .get()
        .extracting(RegisterDefinition::address)
        .isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "addressBase: 1|addressBase: modicon|11: error[bad-value] 'address' in Modicon form of a"
            + " holding register is 40001 to 465536, not 3204",
        "address: 3204|address: 65536|11: error[bad-value] 'address' 65536 is outside the 65536"
            + " registers",
        "address: 3204|address: 0|11: error[bad-value] 'address' 0 is outside the 65536 registers",
        "unit: kWh|unit: kW|11: error[bad-value] 'unit' kW does not measure energy-import",
        "id: energy-import|id: energie-import|11: error[bad-value] 'id' must be one of"
            + " energy-import, energy-export, power, serial, not 'energie-import'; did you mean"
            + " 'energy-import'?",
        "id: energy-import|id: power|10: error[no-energy] a meter needs a register with id"
            + " energy-import",
        "kind: cumulative|kind: instantaneous|11: error[bad-value] 'energy-import' is cumulative",
        "scale: 0.1|scale: 0|11: error[bad-value] 'scale' must be greater than 0",
        "scale: 0.1|notAvailable: [FFFF]|11: error[bad-value] 'notAvailable' is the raw value as"
            + " sent, 8 hexadecimal digits",
        "type: string, words: 8|type: f32|12: error[bad-value] an identity is an integer or a"
            + " string, not a float",
        "words: 8|words: 126|12: error[bad-value] 'words' must be from 1 to 125, not 126"
      })
  void saysWhereAProfileIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(files.check(NAME, ConfigFixture.METER_PROFILE.replace(right, wrong)))
        .contains(NAME + ":" + problem);
  }

  @Test
  void leavesItToTheMeterWhereItsRegistersAre() throws IOException {
    MeterProfile profile =
        (MeterProfile) ProfileFile.load(files.write(NAME, DISCOVERED)).orThrow().profile();

    assertThat(profile.discovery()).isEqualTo(MeterProfile.Discovery.SUNSPEC);
    assertThat(profile.registers()).isEmpty();
    assertThat(profile.minGapMillis()).isEqualTo(50);
    assertThat(profile.counts()).isEqualTo(RegisterDefinition.Unit.WATT_HOUR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sunspec|sunspek|5: error[bad-value] 'discovery' must be one of none, sunspec, not"
            + " 'sunspek'; did you mean 'sunspec'?",
        "minGapMillis: 50|minGapMillis: -1|6: error[bad-value] 'minGapMillis' must be from 0 to"
            + " 10000, not -1",
        "minGapMillis: 50|minGapMilis: 50|6: error[unknown-key] 'minGapMilis' is not known here;"
            + " did you mean 'minGapMillis'?",
        "discovery: sunspec|registers: []|1: error[missing-key] 'table' is missing here"
      })
  void saysWhereADiscoveredProfileIsWrong(String right, String wrong, String problem)
      throws IOException {
    assertThat(files.check(NAME, DISCOVERED.replace(right, wrong))).contains(NAME + ":" + problem);
  }

  @Test
  void refusesRegistersBesideDiscovery() throws IOException {
    assertThat(files.check(NAME, DISCOVERED + "maxBlock: 50\nregisters: []\n"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith(NAME + ":7: error[unknown-key] 'maxBlock'"),
            line -> assertThat(line).startsWith(NAME + ":8: error[unknown-key] 'registers'"));
  }

  @Test
  void refusesARegisterDescribedTwice() throws IOException {
    assertThat(
            files.check(
                NAME,
                ConfigFixture.METER_PROFILE
                    + "  - {id: serial, address: 140, type: u32, kind: identity}\n"))
        .containsExactly(NAME + ":13: error[duplicate-id] 'serial' is described twice");
  }
}
