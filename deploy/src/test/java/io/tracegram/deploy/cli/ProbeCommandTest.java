package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.simulator.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As a person types it, at a slave that is libmodbus; deploy/test installs it. */
class ProbeCommandTest {
  /** 12345.677734375 kWh as a float32. */
  private static final String ENERGY = "4640E6B6";

  private final int port = Ports.free();

  private CommandRun probe(String profile, String... more) {
    String[] words = new String[more.length + 5];
    words[0] = "probe";
    words[1] = "--profile";
    words[2] = profile;
    words[3] = "--address";
    words[4] = "127.0.0.1:" + port;
    System.arraycopy(more, 0, words, 5, more.length);
    return CommandRun.of(words);
  }

  @Test
  void showsEveryRegisterAsItWasSentAndWhatItMeans() throws Throwable {
    new LibmodbusTcpSlave(port, 0xFFFF)
        .input(0x0048, ENERGY)
        .input(0x0034, "45834000")
        .holding(0xFC00, "015457CB")
        .start();

    CommandRun run = probe("eastron/sdm630");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().replaceAll(" +", " "))
        .contains(
            "meter, eastron/sdm630 at 127.0.0.1:" + port + " unit 1",
            "energy-import 04 0x0048 30073 46 40 E6 B6 12345.677734 kWh 0.000977 kWh ✓ plausible",
            "energy-export 04 0x004A 30075 00 00 00 00 0 kWh",
            "power 04 0x0034 30053 45 83 40 00 4200 W",
            "serial 03 0xFC00 464513 01 54 57 CB 22304715 ✓ as it reports");
  }

  @ParameterizedTest
  @CsvSource({
    // where and what the meter has, the line that the profile needs, and how many are as good:
    // the low half of a u64 is a u32 as well until it overflows
    "0x48, 4640E6B6,         'address: 0x0048, type: f32, byteOrder: ABCD, unit: kWh', 1",
    "0x48, E6B64640,         'address: 0x0048, type: f32, byteOrder: CDAB, unit: kWh', 1",
    "0x48, B6E64046,         'address: 0x0048, type: f32, byteOrder: DCBA, unit: kWh', 1",
    "0x48, 4046B6E6,         'address: 0x0048, type: f32, byteOrder: BADC, unit: kWh', 1",
    "0x47, 4640E6B6,         'address: 0x0047, type: f32, byteOrder: ABCD, unit: kWh', 1",
    "0x49, 4640E6B6,         'address: 0x0049, type: f32, byteOrder: ABCD, unit: kWh', 1",
    "0x48, 0001E240,         'address: 0x0048, type: u32, byteOrder: ABCD, scale: 0.1, unit: kWh', 1",
    "0x4C, E2400001,         'address: 0x004C, type: u32, byteOrder: CDAB, scale: 0.1, unit: kWh', 1",
    "0x48, 0000000000BC614E, 'address: 0x0048, type: u64, byteOrder: ABCD, unit: Wh', 2",
    "0x50, 40C81CD6C8B43958, 'address: 0x0050, type: f64, byteOrder: ABCD, unit: kWh', 1"
  })
  void findsByTheDisplayHowTheRegisterMustBeRead(
      String address, String bytes, String line, int equal) throws Throwable {
    new LibmodbusTcpSlave(port, 0xFFFF).input(Integer.decode(address), bytes).start();

    CommandRun run = probe("eastron/sdm630", "--display", "12345.6", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode search = new ObjectMapper().readTree(run.out()).path("search");
    assertThat(search.path("fits").path(0).path("yaml").asText()).contains(line);
    assertThat(search.path("equallyGood").asInt()).isEqualTo(equal);
  }

  @Test
  void saysThatTwoFitEquallyAndHowToTellThemApart() throws Throwable {
    new LibmodbusTcpSlave(port, 0xFFFF).input(0x44, ENERGY).input(0x4C, ENERGY).start();

    CommandRun run = probe("eastron/sdm630", "--display", "12345.6");

    assertThat(run.out())
        .contains(
            "address: 0x0044",
            "address: 0x004C",
            "2 fit equally well",
            "when the meter has counted on");
  }

  @Test
  void looksInTheOtherTableAndFurtherAwayWhenTold() throws Throwable {
    new LibmodbusTcpSlave(port, 0xFFFF).holding(0x200, ENERGY).start();

    assertThat(probe("eastron/sdm630", "--display", "12345.6").code()).isEqualTo(1);
    CommandRun run = probe("eastron/sdm630", "--display", "12345.6", "--scan", "0x180..0x220");
    assertThat(run.out())
        .contains("table: holding, address: 0x0200, type: f32", "another table; address +440");
  }

  @Test
  void readsAroundTheRegistersThatTheMeterDoesNotHave() throws Throwable {
    // addresses 0 to 0x49, so that a whole block beyond is refused
    new LibmodbusTcpSlave(port, 0x4A).input(0x0048, "E6B64640").start();

    CommandRun run = probe("eastron/sdm630", "--display", "12345.6");

    assertThat(run.out())
        .contains("✗ exception 0x02 for function 4 at 0x004A, illegal data address")
        .contains("address: 0x0048, type: f32, byteOrder: CDAB");
  }

  @Test
  void saysWhatToDoWhenNothingListensOrNothingIsSaid() throws IOException {
    CommandRun nothing = probe("eastron/sdm630");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.out())
        .contains("✗ cannot connect to 127.0.0.1:" + port, "check the address, the network");

    try (ServerSocket silent = new ServerSocket(port, 8, InetAddress.getLoopbackAddress())) {
      assertThat(silent.isBound()).isTrue();
      assertThat(probe("eastron/sdm630", "--unit", "9").out())
          .contains("no whole reply from unit 9", "check unit id, wiring and supply");
    }
  }

  @Test
  void readsTheMeterOfAPlantFileAndItsSerialNumber(@TempDir Path directory) throws Throwable {
    new LibmodbusTcpSlave(port, 0xFFFF).input(0x0048, ENERGY).holding(0xFC00, "015457CB").start();
    Path plant = directory.resolve("plant.yaml");
    Files.writeString(
        plant,
        """
        facility: {id: a, name: A, operator: a.example, timeZone: UTC}
        agents: [agent]
        grid: {factor: {set: ember-2024, id: grid-de}}
        workstations: [{id: press, name: Press}]
        meters:
          - {id: main, name: Main, role: grid-import, profile: eastron/sdm630, address: "tcp://127.0.0.1:%d", serial: "4711", accuracyClass: "1", maxPowerKw: 100}
        """
            .formatted(port));

    CommandRun run = CommandRun.of("probe", plant.toString());

    assertThat(run.out()).contains("22304715", "✗ the plant file says 4711");
    assertThat(run.code()).isEqualTo(1);
    assertThat(CommandRun.of("probe", plant.toString(), "--meter", "mian").err())
        .contains("the plant has no meter 'mian'", "did you mean 'main'?");
  }

  @Test
  void saysWhichOptionIsWrong() {
    assertThat(probe("eastron/sdm63").err()).contains("did you mean 'eastron/sdm630'?");
    assertThat(probe("eastron/sdm630", "--display", "0").err())
        .contains("every register that holds 0");
    assertThat(probe("eastron/sdm630", "--display", "12,5").err()).contains("such as 12345.6");
    assertThat(probe("eastron/sdm630", "--display", "12.5", "--unit-of", "kwh").err())
        .contains("no unit 'kwh'");
    assertThat(probe("eastron/sdm630", "--display", "1.5", "--scan", "9..1").err())
        .contains("from one address to a later one");
    assertThat(CommandRun.of("probe").err()).contains("--profile and --address");
    assertThat(CommandRun.of("probe").code()).isEqualTo(2);
  }
}
