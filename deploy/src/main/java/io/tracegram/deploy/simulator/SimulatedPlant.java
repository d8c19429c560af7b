package io.tracegram.deploy.simulator;

import io.netty.channel.EventLoopGroup;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.PortalConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.ScannerConnection;
import io.tracegram.runtime.config.SimulationFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** All devices of one plant. Single-threaded; its servers have threads of their own. */
final class SimulatedPlant {
  private static final long WATT_MILLIS_PER_MILLIWATT_HOUR = 3_600;
  private static final long FIRST_ROOT_READING_MILLIWATT_HOURS = 1_204_117_000_000L;
  private static final long FIRST_READING_MILLIWATT_HOURS = 8_192_000_000L;

  private final PlantModel model;
  private final EnergySource energy;
  private final Map<String, Meter> meters = new LinkedHashMap<>();
  private final List<DeviceServer> servers;
  private final Map<String, ScaleServer> scales = new LinkedHashMap<>();
  private final Map<String, ScannerServer> scanners = new LinkedHashMap<>();
  private final Map<String, PortalServer> portals = new LinkedHashMap<>();

  /** A meter and what it has counted since its first reading, W·ms. */
  private static final class Meter {
    private final MeterDisplay display;
    private final long firstReading;
    private long wattMillis;

    Meter(MeterDisplay display, long firstReading) {
      this.display = display;
      this.firstReading = firstReading;
      display.show(firstReading, 0);
    }

    void advance(EnergySource.Flow flow) {
      wattMillis = Math.addExact(wattMillis, flow.wattMillis());
      display.show(
          Math.addExact(firstReading, wattMillis / WATT_MILLIS_PER_MILLIWATT_HOUR),
          Math.multiplyExact(flow.watts(), 1_000));
    }
  }

  /**
   * @param eventLoop of the Modbus servers, owned by the caller
   * @param executor of their replies, owned by the caller
   */
  SimulatedPlant(
      SimulationFile.Plant described,
      EnergySource energy,
      EventLoopGroup eventLoop,
      ExecutorService executor) {
    PlantFile plant = described.plant();
    this.model = plant.model();
    this.energy = energy;
    SimulatedMeters simulated = new SimulatedMeters(eventLoop, executor, described.pins());
    String root = model.gridMeter().id();
    for (MeterConnection meter : plant.meters()) {
      meters.put(
          meter.id(),
          new Meter(
              simulated.add(meter),
              meter.id().equals(root)
                  ? FIRST_ROOT_READING_MILLIWATT_HOURS
                  : FIRST_READING_MILLIWATT_HOURS));
    }
    this.servers = simulated.servers();
    for (ScaleConnection scale : plant.scales()) {
      scales.put(scale.id(), new ScaleServer(SimulatedMeters.listen(scale.line())));
    }
    for (ScannerConnection scanner : plant.scanners()) {
      scanners.put(scanner.id(), new ScannerServer(scanner.id(), scanner.address()));
    }
    for (PortalConnection portal : plant.portals()) {
      portals.put(portal.id(), new PortalServer(portal.id(), portal.address(), System::nanoTime));
    }
  }

  PlantModel model() {
    return model;
  }

  Optional<ScaleServer> scale(String id) {
    return Optional.ofNullable(scales.get(id));
  }

  Optional<ScannerServer> scanner(String id) {
    return Optional.ofNullable(scanners.get(id));
  }

  Optional<PortalServer> portal(String id) {
    return Optional.ofNullable(portals.get(id));
  }

  /**
   * Starts every device.
   *
   * @throws IOException if an address is taken; those started before keep running until {@link
   *     #stop}
   */
  void start() throws IOException, InterruptedException {
    for (DeviceServer server : servers) {
      server.start();
    }
    for (ScaleServer scale : scales.values()) {
      scale.start();
    }
    for (ScannerServer scanner : scanners.values()) {
      scanner.start();
    }
    for (PortalServer portal : portals.values()) {
      portal.start();
    }
  }

  /** Moves all registers from one plant time to the next. */
  void advance(long fromMillis, long toMillis, Set<String> busy) {
    energy
        .between(fromMillis, toMillis, busy)
        .forEach((id, flow) -> Optional.ofNullable(meters.get(id)).ifPresent(m -> m.advance(flow)));
  }

  void stop() throws InterruptedException {
    for (DeviceServer server : servers.reversed()) {
      server.stop();
    }
    scales.values().forEach(ScaleServer::stop);
    scanners.values().forEach(ScannerServer::stop);
    portals.values().forEach(PortalServer::stop);
  }
}
