package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.config.BusConnection.Protocol;
import io.tracegram.runtime.config.LineAddress.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusReaderTest {
  /** Lines 7 to 9 are the buses, 11 and 12 the meters. */
  private static final String PLANT =
      ConfigFixture.PLANT
          .replace(
              "meters:\n",
              """
              buses:
                - {id: hall, protocol: modbus-rtu, address: "tcp://127.0.0.1:4001"}
                - {id: cellar, protocol: modbus-rtu, address: "serial:/dev/serial/by-id/usb-x", baud: 9600}
              meters:
              """)
          .replace("address: \"tcp://127.0.0.1:8082\"", "bus: hall, unit: 1")
          .replace("address: \"tcp://127.0.0.1:8083\", unit: 3", "bus: cellar, unit: 3");

  private final ConfigFixture files;

  BusReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  @Test
  void namesABusOnceAndItsMetersByUnit() throws IOException {
    PlantFile plant = PlantFile.load(files.write("plant.yaml", PLANT), files.profiles()).orThrow();

    assertThat(plant.meters())
        .extracting(MeterConnection::access)
        .extracting(access -> ((MeterAccess.ModbusRtu) access).bus())
        .containsExactly(
            new BusConnection(
                "hall",
                Protocol.MODBUS_RTU,
                new LineAddress.Tcp(new HostPort("127.0.0.1", 4001)),
                Duration.ofMillis(500),
                Duration.ofMillis(5)),
            new BusConnection(
                "cellar",
                Protocol.MODBUS_RTU,
                new LineAddress.Serial("/dev/serial/by-id/usb-x", 9600, Parity.NONE, 1),
                Duration.ofMillis(500),
                Duration.ofMillis(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bus: hall|bus: hal|11: error[unknown-bus] there is no bus 'hal'; did you mean 'hall'?",
        "bus: hall, unit: 1|bus: hall|11: error[missing-key] 'unit' is missing here",
        "bus: hall, unit: 1|bus: hall, unit: 248|11: error[bad-value] 'unit' must be from 1 to 247,"
            + " not 248",
        "bus: hall, unit: 1|bus: cellar, unit: 3|12: error[duplicate-address] unit 3 of bus cellar"
            + " is already the device 'main'",
        "bus: hall, unit: 1|bus: cellar, unit: 1|7: warning[unused-bus] no meter is on the bus"
            + " 'hall'",
        "bus: hall, unit: 1|bus: hall, unit: 1, adress: x|11: error[unknown-key] 'adress' is not"
            + " known here",
        "id: cellar|id: hall|9: error[duplicate-id] 'hall' is already the bus of line 8",
        "hall, protocol: modbus-rtu|hall, protocol: modbus-rtv|8: error[bad-value] 'protocol' must"
            + " be one of modbus-rtu, m-bus, not 'modbus-rtv'; did you mean 'modbus-rtu'?",
        "hall, protocol: modbus-rtu|hall, protocol: m-bus|11: error[wrong-profile] 'acme/m1' is"
            + " not the profile of an M-Bus meter",
        "tcp://127.0.0.1:4001|udp://127.0.0.1:4001|8: error[bad-value] 'address' must be"
            + " tcp://host:port or serial:/dev/…, not 'udp://127.0.0.1:4001'",
        "tcp://127.0.0.1:4001|tcp://127.0.0.1:8085|14: error[duplicate-address] 127.0.0.1:8085 is"
            + " already the device 'hall'",
        "tcp://127.0.0.1:4001\"|tcp://127.0.0.1:4001\", baud: 9600|8: error[unknown-key] 'baud' is"
            + " not known here",
        "serial:/dev/serial/by-id/usb-x|serial:ttyUSB0|9: error[bad-value] 'address' must be"
            + " serial:/dev/…, a device's whole path",
        "serial:/dev/serial/by-id/usb-x|serial:/dev/ttyUSB0|9: warning[moving-path] /dev/ttyUSB0 may"
            + " be another port after a restart: name the one in /dev/serial/by-id",
        ", baud: 9600|, parity: even|9: error[missing-key] 'baud' is missing here",
        "baud: 9600|baud: 9600, parity: evn|9: error[bad-value] 'parity' must be one of none, even,"
            + " odd, not 'evn'; did you mean 'even'?",
        "baud: 9600|baud: 9600, timeoutMillis: 5|9: error[bad-value] 'timeoutMillis' must be from 50"
            + " to 10000, not 5"
      })
  void saysWhereABusIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(PLANT).contains(right);
    assertThat(files.check("plant.yaml", PLANT.replace(right, wrong)))
        .anySatisfy(each -> assertThat(each).startsWith("plant.yaml:" + problem));
  }
}
