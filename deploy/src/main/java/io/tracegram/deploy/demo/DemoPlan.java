package io.tracegram.deploy.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a demonstration is asked for.
 *
 * @param duration from ready to stop; empty to run until it is interrupted, or to the replay's end
 * @param speed plant time over system time, or {@code max}
 * @param replay a load profile for the refinery's main meter
 * @param portBase HTTP of the refinery; +10 the cell plant, +20 the cloud
 */
public record DemoPlan(
    Optional<Duration> duration,
    String speed,
    Optional<Path> replay,
    Path directory,
    int portBase) {
  /**
   * One of the two plants.
   *
   * @param demoModel name of its plant model in {@code device-configs/plants}
   * @param offset of its ports from the port base
   * @param load power of its meters, as {@code simulate.yaml} takes it
   */
  public record Plant(String facility, String agent, String demoModel, int offset, String load) {}

  static final Plant REFINERY =
      new Plant(
          "refinery",
          "refinery-agent",
          "demo-refinery",
          0,
          "main: {baseKw: 40}, utilities: {baseKw: 12}, compressor: {baseKw: 18},"
              + " calciner-meter: {baseKw: 6, perWorkstationKw: {calciner: 850}},"
              // of gas, m3 an hour
              + " kiln-fans: {baseKw: 9}, boiler-gas: {baseKw: 18}");
  static final Plant CELL_PLANT =
      new Plant(
          "cell-plant",
          "cell-plant-agent",
          "demo-cell-plant",
          10,
          "main: {baseKw: 25}, utilities: {baseKw: 60},"
              + " pack-line-meter: {baseKw: 8, perWorkstationKw: {pack-line: 180}}");
  static final List<Plant> PLANTS = List.of(REFINERY, CELL_PLANT);

  int httpPort(Plant plant) {
    return portBase + plant.offset();
  }

  int mqttPort(Plant plant) {
    return httpPort(plant) + 1;
  }

  /** Returns where the simulator moves the pins of a plant's agent. */
  int pinsPort(Plant plant) {
    return httpPort(plant) + 4;
  }

  int cloudPort() {
    return portBase + 20;
  }

  int witnessPort() {
    return portBase + 21;
  }

  int authorityPort() {
    return portBase + 22;
  }

  int clockPort() {
    return portBase + 23;
  }

  Path home(Plant plant) {
    return directory.resolve(plant.facility());
  }

  Path gatewayData(Plant plant) {
    return home(plant).resolve("gateway");
  }

  Path cloudData() {
    return directory.resolve("cloud/data");
  }

  /** Returns where the simulator writes which frauds it planted. */
  Path frauds() {
    return directory.resolve("frauds.csv");
  }

  /** Returns where each log is exported at the end, self-contained. */
  Path evidence() {
    return directory.resolve("evidence");
  }

  String url(Plant plant) {
    return "http://127.0.0.1:" + httpPort(plant);
  }

  String cloudUrl() {
    return "http://127.0.0.1:" + cloudPort();
  }
}
