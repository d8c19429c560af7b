package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.ObisCode;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.profile.SmlProfile;
import io.tracegram.runtime.profile.SmlValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmlProfileReaderTest {
  private static final String NAME = "profiles/acme/head.yaml";
  private static final String PROFILE =
      """
      kind: sml-meter
      vendor: Acme
      model: H
      source: manual
      manufacturer: ACM
      serial: "1-0:96.1.0"
      values:
        - {id: energy-import, obis: "1-0:1.8.0", unit: kWh, resolution: 0.001, max: 99999}
      """;

  private static final String PLANT =
      ConfigFixture.PLANT.replace(
          "scales:",
          "  - {id: grid, name: Grid, role: grid-import, profile: acme/head, address:"
              + " \"serial:/dev/serial/by-id/usb-head\", baud: 9600, accuracyClass: 1, maxPowerKw:"
              + " 100}\n"
              + "scales:");

  private final ConfigFixture files;

  SmlProfileReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void readsWhichEntryIsMeant() throws IOException {
    SmlProfile profile =
        (SmlProfile) ProfileFile.load(files.write(NAME, PROFILE)).orThrow().profile();

    assertThat(profile.manufacturer()).isEqualTo("ACM");
    assertThat(profile.serial()).contains(new ObisCode(1, 0, 96, 1, 0, 255));
    assertThat(profile.values())
        .containsExactly(
            new SmlValue(
                Quantity.ENERGY_IMPORT,
                new ObisCode(1, 0, 1, 8, 0, 255),
                Unit.KILOWATT_HOUR,
                Optional.of(new BigDecimal("99999")),
                Optional.of(new BigDecimal("0.001"))));
  }

  @Test
  void readsAHeadOnASerialPortAndOneBehindTcp() throws IOException {
    files.write(NAME, PROFILE);
    String tcp =
        PLANT.replace(
            "\"serial:/dev/serial/by-id/usb-head\", baud: 9600", "\"tcp://127.0.0.1:4003\"");

    assertThat(line(PLANT))
        .isEqualTo(
            new LineAddress.Serial("/dev/serial/by-id/usb-head", 9600, LineAddress.Parity.NONE, 1));
    assertThat(line(tcp)).isEqualTo(new LineAddress.Tcp(new HostPort("127.0.0.1", 4003)));
  }

  private LineAddress line(String plant) throws IOException {
    return ((MeterAccess.Sml)
            PlantFile.load(files.write("plant.yaml", plant), files.profiles())
                .orThrow()
                .meters()
                .getLast()
                .access())
        .line();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1-0:1.8.0|1.8.0|8: error[bad-value] 'obis' must be an OBIS code such as 1-0:1.8.0, not"
            + " '1.8.0'",
        "1-0:1.8.0|1-0:1.8.256|8: error[bad-value] 'obis' a part of an OBIS code is from 0 to 255,"
            + " not 256",
        "1-0:96.1.0|96.1.0|6: error[bad-value] 'serial' must be an OBIS code",
        "ACM|acm|5: error[bad-value] 'manufacturer' must be capital letters such as EMH, not 'acm'",
        "unit: kWh|unit: W|8: error[bad-value] 'unit' W does not measure energy-import",
        "unit: kWh|unit: kwh|8: error[bad-value] 'unit' must be one of kWh, m3, W, not 'kwh'; did"
            + " you mean 'kWh'?",
        "id: energy-import|id: serial|8: error[bad-value] 'id' must be one of energy-import,"
            + " energy-export, power, not 'serial'",
        "id: energy-import|id: energy-export|7: error[no-energy] a meter needs a value with id"
            + " energy-import",
        "resolution: 0.001|resolution: 0|8: error[bad-value] 'resolution' must be greater than 0",
        "resolution: 0.001|resolutoin: 1|8: error[unknown-key] 'resolutoin' is not known here; did"
            + " you mean 'resolution'?"
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
        ", baud: 9600||error[missing-key] 'baud' is missing here",
        "serial:/dev/serial/by-id/usb-head|serial:COM1|error[bad-value] 'address' must be"
            + " serial:/dev/…, a device's whole path",
        "serial:/dev/serial/by-id/usb-head|/dev/ttyUSB0|error[bad-value] 'address' must be"
            + " tcp://host:port or serial:/dev/…, not '/dev/ttyUSB0'",
        "baud: 9600|baud: 9600, unit: 1|error[unknown-key] 'unit' is not known here",
        "role: grid-import, profile: acme/head|role: grid-import, carrier: gas, profile: acme/head|error[unknown-carrier]"
      })
  void saysWhereAPlantIsWrong(String right, String wrong, String problem) throws IOException {
    files.write(NAME, PROFILE);
    assertThat(PLANT).contains(right);

    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong == null ? "" : wrong)))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }
}
