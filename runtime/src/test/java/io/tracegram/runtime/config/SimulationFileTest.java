package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationFileTest {
  private static final String SIMULATION =
      """
      clock: {listen: 127.0.0.1:8103, start: "2026-11-23T08:00:00Z", tick: 60s, speed: 60}
      status: {}
      plants:
        - plant: plant.yaml
          agent: refinery-agent
          load: {main: {baseKw: 120, perWorkstationKw: {calciner: 850}}, noise: none}
          replay: {file: load.csv, meter: main, sharePercent: {sub: 60}}
          scenario: refinery
      """;

  private final Path directory;
  private final ConfigFixture files;

  SimulationFileTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    files = new ConfigFixture(directory);
  }

  @BeforeEach
  void write() throws IOException {
    files.write("plant.yaml", simulated("127.0.0.1"));
    files.write("load.csv", "date,Usage_kWh\n");
  }

  private static String simulated(String host) {
    return ConfigFixture.PLANT
        .replace("Europe/Warsaw}", "Europe/Warsaw, simulated: true}")
        .replace("127.0.0.1", host);
  }

  @Test
  void readsPlantsWithTheirLoads() throws IOException {
    SimulationFile simulation =
        SimulationFile.load(files.write("simulate.yaml", SIMULATION), files.profiles()).orThrow();

    assertThat(simulation.clock().speed()).hasValue(60);
    assertThat(simulation.plants())
        .singleElement()
        .satisfies(
            plant -> {
              assertThat(plant.load())
                  .containsExactly(
                      Map.entry(
                          "main", new SimulationFile.Load(120_000, Map.of("calciner", 850_000L))));
              assertThat(plant.replay())
                  .contains(
                      new SimulationFile.Replay(
                          directory.resolve("load.csv"), "main", Map.of("sub", 60)));
              assertThat(plant.scenario()).contains(SimulationFile.Scenario.REFINERY);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed: 60|speed: fast|1: error[bad-value] 'speed' must be a whole number, not 'fast'",
        "127.0.0.1:8103|0.0.0.0:8103|1: error[not-loopback] simulated devices stay on 127.0.0.1,"
            + " not 0.0.0.0:8103",
        "load: {main|load: {mian|6: error[unknown-key] 'mian' is not known here; did you mean"
            + " 'main'?",
        "calciner: 850|calcinr: 850|6: error[unknown-key] 'calcinr' is not known here; did you mean"
            + " 'calciner'?",
        "meter: main|meter: sub|7: error[bad-value] a replay drives the root meter, 'main'",
        "sub: 60|sub: 101|7: error[bad-value] 'sub' must be from 0 to 100, not 101",
        "scenario: refinery|scenario: refinry|8: error[bad-value] 'scenario' must be one of"
            + " refinery, cell-plant, not 'refinry'; did you mean 'refinery'?"
      })
  void saysWhereItIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(files.check("simulate.yaml", SIMULATION.replace(right, wrong)))
        .contains("simulate.yaml:" + problem);
  }

  @Test
  void movesThePinsOfAPulseOutputAtTheAgentsAddress() throws IOException {
    files.write(
        "plant.yaml",
        simulated("127.0.0.1")
            .replace(
                "scales:",
                "  - {id: press, name: P, parent: main, role: consumption, profile: s0,"
                    + " accuracyClass: 1, maxPowerKw: 30, pulses: {pin: 17, perKwh: 100,"
                    + " debounceMicros: 20000, maxPerSecond: 10, start: 0}}\nscales:"));
    String pins = SIMULATION + "    pins: \"tcp://127.0.0.1:8094\"\n";

    assertThat(
            SimulationFile.load(files.write("simulate.yaml", pins), files.profiles())
                .orThrow()
                .plants()
                .getFirst()
                .pins())
        .contains(new HostPort("127.0.0.1", 8094));
    assertThat(files.check("simulate.yaml", SIMULATION))
        .singleElement()
        .asString()
        .contains("error[missing-key] a meter has a pulse output: give 'pins'");
    assertThat(files.check("simulate.yaml", pins.replace("127.0.0.1:8094", "10.0.0.1:8094")))
        .singleElement()
        .asString()
        .contains("error[not-loopback]");
  }

  @Test
  void refusesToTakeThePlaceOfRealDevices() throws IOException {
    files.write("plant.yaml", ConfigFixture.PLANT);
    assertThat(files.check("simulate.yaml", SIMULATION))
        .singleElement()
        .asString()
        .startsWith("simulate.yaml:4: error[not-simulated]");

    files.write("plant.yaml", simulated("10.0.0.7"));
    assertThat(files.check("simulate.yaml", SIMULATION))
        .isNotEmpty()
        .allMatch(line -> line.contains("error[not-loopback]"));
  }

  @Test
  void refusesAMeterWhoseRegistersItWouldHaveToMakeUp() throws IOException {
    files.write(
        "profiles/acme/m1.yaml",
        "{kind: modbus-meter, vendor: A, model: M, source: S, discovery: sunspec, minGapMillis: 0}");

    assertThat(files.check("simulate.yaml", SIMULATION))
        .hasSize(2)
        .allMatch(line -> line.startsWith("simulate.yaml:4: error[not-simulated] a SunSpec meter"));
  }

  @Test
  void refusesAScaleThatItCannotSimulate() throws IOException {
    files.write(
        "profiles/acme/scale.yaml",
        "{kind: scale, vendor: Acme, model: S, source: manual, protocol: ohaus}");

    assertThat(files.check("simulate.yaml", SIMULATION))
        .containsExactly(
            "simulate.yaml:4: error[not-simulated] the scale 'floor-scale' is not simulated: only"
                + " MT-SICS over tcp:// is");
  }
}
