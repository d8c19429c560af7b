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
    Optional<Duration> duration, String speed, Optional<Path> replay, Path directory, int portBase) {
  /** One of the two plants. */
  public record Plant(String facility, String agent, String demoModel, int offset) {}

  static final Plant REFINERY = new Plant("refinery", "refinery-agent", "demo-refinery", 0);
  static final Plant CELL_PLANT = new Plant("cell-plant", "cell-plant-agent", "demo-cell-plant", 10);
  static final List<Plant> PLANTS = List.of(REFINERY, CELL_PLANT);

  int httpPort(Plant plant) {
    return portBase + plant.offset();
  }

  int mqttPort(Plant plant) {
    return httpPort(plant) + 1;
  }

  int cloudPort() {
    return portBase + 20;
  }

  int witnessPort() {
    return portBase + 21;
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

  String url(Plant plant) {
    return "http://127.0.0.1:" + httpPort(plant);
  }

  String cloudUrl() {
    return "http://127.0.0.1:" + cloudPort();
  }
}
