package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.runtime.config.ConfigurationException;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.SimulationFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SimulatorTest {
  private static final String START = "2026-11-23T08:00:00Z";

  /** Ports of the refinery's buses. */
  private static final List<Integer> BUSES = List.of(8104, 8105);

  private final Path directory;
  private final ByteArrayOutputStream talk = new ByteArrayOutputStream();
  private final int clockPort = Ports.free();

  SimulatorTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    plant("refinery", "demo-refinery", 8082, 8);
    plant("cell-plant", "demo-cell-plant", 8092, 8);
  }

  /** Copies a demo plant with its ports replaced by free ones. */
  private void plant(String name, String demo, int firstPort, int count) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SimulatorTest.class.getResourceAsStream("/plants/" + demo + "/plant.yaml"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (int i = 0; i < count; i++) {
        text = text.replaceAll(":" + (firstPort + i) + "(?=[\"/])", ":" + Ports.free());
      }
      for (int bus : BUSES) {
        text = text.replace(":" + bus + "\"", ":" + Ports.free() + "\"");
      }
      Files.writeString(directory.resolve(name + ".yaml"), text);
    }
  }

  private SimulationFile simulation(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("simulate.yaml"), text);
    return SimulationFile.load(file, ProfileCatalog.bundled()).orThrow();
  }

  private Simulator simulator(SimulationFile file) throws IOException {
    return new Simulator(
        file, System::nanoTime, new PrintStream(talk, true, StandardCharsets.UTF_8));
  }

  private String clock() {
    return "clock: {listen: '127.0.0.1:" + clockPort + "', start: '" + START + "', speed: max}\n";
  }

  private FakeAgent agent(SimulationFile file, int plant) throws IOException {
    SimulationFile.Plant simulated = file.plants().get(plant);
    FakeAgent agent = new FakeAgent(simulated.agent(), simulated.plant(), clockPort);
    agent.start();
    return agent;
  }

  @Test
  void theSulphateThatTheRefineryShipsBecomesPartOfThePack() throws Exception {
    SimulationFile file =
        simulation(
            clock()
                + """
                until: "2026-11-23T09:05:00Z"
                plants:
                  - plant: refinery.yaml
                    agent: refinery-agent
                    load: {main: {baseKw: 40, perWorkstationKw: {calciner: 850}}, calciner-meter: {baseKw: 12}, utilities: {baseKw: 68}}
                    scenario: refinery
                  - plant: cell-plant.yaml
                    agent: cell-plant-agent
                    load: {main: {baseKw: 20, perWorkstationKw: {pack-line: 240}}}
                    scenario: cell-plant
                    pins: "tcp://127.0.0.1:1"
                """);
    Simulator simulator = simulator(file);
    simulator.start();
    try (FakeAgent refinery = agent(file, 0);
        FakeAgent cellPlant = agent(file, 1)) {
      simulator.awaitEnd();
      assertThat(refinery.awaitTicks()).hasSize(66);
      cellPlant.awaitTicks();

      assertThat(refinery.scans())
          .containsExactly(
              "1 dock-in ]C1010952000000001110HY-2611230800 500.00 kg",
              "2 calciner-in ]C1010952000000001110HY-2611230800 500.00 kg",
              "12 calciner-out ]Q3010952000000002810CS-2611230800 462.50 kg",
              "31 dock-out ]Q3010952000000002810CS-2611230800 462.50 kg",
              "61 dock-in ]C1010952000000001110HY-2611230900 501.25 kg",
              "62 calciner-in ]C1010952000000001110HY-2611230900 501.25 kg");
      assertThat(cellPlant.scans())
          .containsExactly(
              "3 dock-in ]Q3010952000000003510KIT-2611230800 61.75 kg",
              "33 dock-in ]Q3010952000000002810CS-2611230800 462.50 kg",
              "34 pack-line-in ]Q3010952000000002810CS-2611230800 462.50 kg",
              "35 pack-line-in ]Q3010952000000003510KIT-2611230800 61.75 kg",
              "43 pack-line-out ]d2010952000000004221BP-2611230800 524.25 kg",
              "63 dock-in ]Q3010952000000003510KIT-2611230900 61.75 kg");
      // 120 kW for 65 min, 850 kW more from minute 2 to 12 and from 62 to 65, in whole Wh
      assertThat(advance(refinery.energy("main"))).isEqualTo(314_166_000L);
      assertThat(advance(refinery.energy("calciner-meter"))).isBetween(197_000_000L, 197_400_000L);
      assertNoMeterAdvancesMoreThanTheMain(refinery);
    } finally {
      simulator.stop();
    }
  }

  @Test
  void aDishonestHandsScansAreNotedWithTheExceptionThatMustNameThem() throws Exception {
    SimulationFile file =
        simulation(
            clock()
                + """
                until: "2026-11-23T08:32:00Z"
                frauds: frauds.csv
                plants:
                  - plant: refinery.yaml
                    agent: refinery-agent
                    scenario: refinery
                """);
    Simulator simulator = simulator(file);
    simulator.start();
    try (FakeAgent refinery = agent(file, 0)) {
      simulator.awaitEnd();
      refinery.awaitTicks();

      assertThat(Files.readAllLines(directory.resolve("frauds.csv")))
          .containsExactly(
              PlantedFrauds.HEADER,
              "2026-11-23T08:13:00Z,refinery,calciner-in,01/09520000000011/10/HY-2611230800,custody.lot-used-up",
              "2026-11-23T08:13:00Z,refinery,dock-in,01/09520000000011/10/HY-2611230800,custody.two-places",
              "2026-11-23T08:15:00Z,refinery,dock-in,01/09520000000011/10/HY-2611230800,custody.lot-twice",
              "2026-11-23T08:16:00Z,refinery,calciner-in,01/09520000000011/10/HY-2611230800-X,custody.unknown-lot",
              "2026-11-23T08:26:00Z,refinery,calciner-out,01/09520000000028/10/CS-2611230800-C,custody.mass-gate",
              "2026-11-23T08:28:00Z,refinery,calciner-out,01/09520000000028/10/CS-2611230800-B,custody.yield");
      assertThat(refinery.scans())
          .contains(
              "26 calciner-out ]Q3010952000000002810CS-2611230800-C 693.75 kg",
              "28 calciner-out ]Q3010952000000002810CS-2611230800-B 308.33 kg",
              "31 dock-out ]Q3010952000000002810CS-2611230800 462.50 kg");
    } finally {
      simulator.stop();
    }
  }

  private static long advance(List<Long> readings) {
    return readings.getLast() - readings.getFirst();
  }

  private static void assertNoMeterAdvancesMoreThanTheMain(FakeAgent agent) {
    List<Long> main = agent.energy("main");
    List<Long> calciner = agent.energy("calciner-meter");
    List<Long> utilities = agent.energy("utilities");
    long steps = 2_000 + 1_000; // a float32 at 8,400 kWh steps by 0.98 Wh, the others by 1 Wh
    for (int i = 1; i < main.size(); i++) {
      assertThat(calciner.get(i) - calciner.get(i - 1) + utilities.get(i) - utilities.get(i - 1))
          .as("tick %d", i)
          .isLessThanOrEqualTo(main.get(i) - main.get(i - 1) + steps);
    }
  }

  @Test
  void aReplayAddsUpToTheLastWattHour() throws Exception {
    StringBuilder csv = new StringBuilder("date,Usage_kWh\n");
    long sum = 0;
    for (int i = 1; i <= 48; i++) {
      int wattHours = 2_451 + i * 997 % 15_000;
      sum += wattHours;
      csv.append(
          "05/03/2018 %02d:%02d,%d.%03d%n"
              .formatted(i / 4, i % 4 * 15, wattHours / 1_000, wattHours % 1_000));
    }
    Files.writeString(directory.resolve("load.csv"), csv);
    SimulationFile file =
        simulation(
            clock()
                + """
                plants:
                  - plant: refinery.yaml
                    agent: refinery-agent
                    replay: {file: load.csv, meter: main}
                    scenario: refinery
                """);
    Simulator simulator = simulator(file);
    simulator.start();
    try (FakeAgent refinery = agent(file, 0)) {
      simulator.awaitEnd();
      List<Long> ticks = refinery.awaitTicks();

      assertThat(ticks).hasSize(49);
      // the first slot begins at local midnight, +01:00
      assertThat(ticks.getFirst()).isEqualTo(1_520_204_400_000L);
      assertThat(advance(refinery.energy("main"))).isEqualTo(sum * 1_000);
      assertThat(advance(refinery.energy("calciner-meter")))
          .isBetween(sum * 600 - 2_000, sum * 600 + 2_000);
      // minutes are slots here: the work takes ten of them
      assertThat(refinery.scans())
          .extracting(scan -> scan.substring(0, scan.indexOf(' ', scan.indexOf(' ') + 1)))
          .containsExactly("15 dock-in", "30 calciner-in", "180 calciner-out", "465 dock-out");
      assertThat(talk.toString(StandardCharsets.UTF_8)).contains("48 of 48 slots, 100.0 %");
    } finally {
      simulator.stop();
    }
  }

  @Test
  void timeDoesNotBeginBeforeEveryAgentIsThere() throws Exception {
    SimulationFile file =
        simulation(
            clock()
                + """
                until: "2026-11-23T08:02:00Z"
                plants:
                  - {plant: refinery.yaml, agent: refinery-agent}
                  - {plant: cell-plant.yaml, agent: cell-plant-agent, pins: "tcp://127.0.0.1:1"}
                """);
    Simulator simulator = simulator(file);
    simulator.start();
    try (FakeAgent refinery = agent(file, 0);
        FakeAgent cellPlant = agent(file, 1)) {
      assertThat(refinery.awaitTicks()).hasSize(3);
      assertThat(cellPlant.awaitTicks()).hasSize(3);
      assertThat(talk.toString(StandardCharsets.UTF_8))
          .contains("waiting for the agents cell-plant-agent, refinery-agent");
    } finally {
      simulator.stop();
    }
  }

  @Test
  void refusesAReplayWhoseFileIsBrokenNamingTheRow() throws IOException {
    Files.writeString(directory.resolve("load.csv"), "date,Usage_kWh\n05/03/2018 00:15,1.00005\n");
    SimulationFile file =
        simulation(
            clock()
                + """
                plants:
                  - plant: refinery.yaml
                    agent: refinery-agent
                    replay: {file: load.csv, meter: main}
                """);

    assertThatThrownBy(() -> simulator(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("load.csv:2: row 2 has the energy 1.00005 kWh");
  }

  @Test
  void stopsWhileItWaits() throws Exception {
    SimulationFile file =
        simulation(clock() + "plants: [{plant: refinery.yaml, agent: refinery-agent}]\n");
    Simulator simulator = simulator(file);
    simulator.start();

    simulator.stop();
    simulator.awaitEnd();
  }
}
