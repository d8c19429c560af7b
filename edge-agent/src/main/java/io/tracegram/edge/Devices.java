package io.tracegram.edge;

import io.tracegram.edge.device.Bus;
import io.tracegram.edge.device.LineScale;
import io.tracegram.edge.device.MBusMeter;
import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.ModbusMeter;
import io.tracegram.edge.device.ModbusNetwork;
import io.tracegram.edge.device.ModbusRoute;
import io.tracegram.edge.device.Scale;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.device.TcpScanner;
import io.tracegram.edge.device.llrp.LlrpPortal;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PortalConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.ScannerConnection;
import io.tracegram.runtime.profile.ScannerProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The devices that one agent reads, as its files describe them; not yet connected. */
final class Devices implements AutoCloseable {
  private static final Duration POLL_DEADLINE = Duration.ofSeconds(2);

  /** A simulation waits for us, however slow its machine is. */
  private static final Duration SIMULATED_POLL_DEADLINE = Duration.ofSeconds(10);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  private static final Duration READER_ANSWER = Duration.ofSeconds(5);

  private final Clocks clocks;
  private final RandomGenerator random;
  private final ModbusNetwork network = new ModbusNetwork();
  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private final Map<String, Scale> scales = new LinkedHashMap<>();
  private final Map<String, TcpScanner> scanners = new LinkedHashMap<>();
  private final List<LlrpPortal> portals = new ArrayList<>();

  /**
   * Two clocks, neither of which goes back.
   *
   * @param nanos monotonic system time
   * @param millis plant time where it is simulated, else monotonic system time
   */
  record Clocks(LongSupplier nanos, LongSupplier millis) {}

  Devices(AgentFile file, ScanHandler handler, Clocks clocks, RandomGenerator random) {
    this.clocks = clocks;
    this.random = random;
    for (MeterConnection meter : file.plant().meters()) {
      if (file.reads().contains(meter.id())) {
        meters.add(meter(meter, file));
      }
    }
    for (ScaleConnection scale : file.plant().scales()) {
      if (file.reads().contains(scale.id())) {
        scales.put(scale.id(), scale(scale));
      }
    }
    for (ScannerConnection scanner : file.plant().scanners()) {
      if (file.reads().contains(scanner.id())) {
        scanners.put(
            scanner.id(),
            scanner(scanner, boundScale(file.plant().model(), scanner.id()), handler));
      }
    }
    for (PortalConnection portal : file.plant().portals()) {
      if (file.reads().contains(portal.id())) {
        portals.add(portal(portal, handler));
      }
    }
  }

  List<Meter> meters() {
    return List.copyOf(meters);
  }

  List<Scale> scales() {
    return List.copyOf(scales.values());
  }

  List<TcpScanner> scanners() {
    return List.copyOf(scanners.values());
  }

  List<LlrpPortal> portals() {
    return List.copyOf(portals);
  }

  /** Tells a scanner what became of a scan; never waits. */
  void tell(Feedback feedback) {
    TcpScanner scanner = scanners.get(feedback.scanner());
    if (scanner != null) {
      scanner.tell(feedback);
    }
  }

  private Meter meter(MeterConnection meter, AgentFile file) {
    Duration deadline = file.plantClock().isPresent() ? SIMULATED_POLL_DEADLINE : POLL_DEADLINE;
    return switch (meter.access()) {
      case MeterAccess.ModbusTcp(var profile, var address, int unit) ->
          new ModbusMeter(
              new ModbusMeter.Settings(meter.id(), profile, meter.serial(), deadline),
              new ModbusRoute.Tcp(address, unit, network),
              backoff(),
              clocks.nanos());
      case MeterAccess.ModbusRtu(var profile, BusConnection bus, int unit) ->
          new ModbusMeter(
              new ModbusMeter.Settings(
                  meter.id(), profile, meter.serial(), deadline.plus(turns(bus, file))),
              new ModbusRoute.OnBus(bus(bus), unit),
              backoff(bus),
              clocks.nanos());
      case MeterAccess.MBus(var profile, BusConnection bus, int unit) ->
          new MBusMeter(
              new MBusMeter.Settings(
                  meter.id(), unit, profile, meter.serial(), deadline.plus(turns(bus, file))),
              bus(bus),
              backoff(bus),
              clocks.nanos());
    };
  }

  private Bus bus(BusConnection bus) {
    return buses.computeIfAbsent(bus.id(), id -> new Bus(bus, backoff(), clocks.nanos()));
  }

  /** Returns how long all that are on a bus can keep one of them waiting. */
  private static Duration turns(BusConnection bus, AgentFile file) {
    long members =
        file.plant().meters().stream().filter(meter -> isOn(bus, meter.access())).count();
    return bus.timeout().multipliedBy(4 * members);
  }

  private static boolean isOn(BusConnection bus, MeterAccess access) {
    return switch (access) {
      case MeterAccess.ModbusTcp tcp -> false;
      case MeterAccess.ModbusRtu rtu -> rtu.bus().equals(bus);
      case MeterAccess.MBus mbus -> mbus.bus().equals(bus);
    };
  }

  /** Leaves a silent meter alone for longer than its reply may be late. */
  private Backoff backoff(BusConnection bus) {
    Duration first = bus.timeout().multipliedBy(4);
    return new Backoff(first, first.plus(LONGEST_BACKOFF), random);
  }

  private Scale scale(ScaleConnection scale) {
    return new LineScale(
        new LineScale.Settings(
            scale.id(),
            scale.line(),
            scale.profile().protocol(),
            Duration.ofMillis(scale.profile().timeoutMillis())),
        backoff(),
        clocks.nanos());
  }

  private TcpScanner scanner(
      ScannerConnection scanner, Optional<Scale> scale, ScanHandler handler) {
    boolean answers =
        switch (scanner.profile().acknowledgement()) {
          case ACK_NAK -> true;
          case NONE -> false;
        };
    return new TcpScanner(
        new TcpScanner.Settings(
            scanner.id(),
            scanner.address(),
            answers,
            scanner.profile().feedback() == ScannerProfile.Feedback.LINE,
            scanner.profile().maxLineBytes()),
        scale,
        handler,
        backoff(),
        clocks.nanos());
  }

  private LlrpPortal portal(PortalConnection portal, ScanHandler handler) {
    return switch (portal.profile().protocol()) {
      case LLRP ->
          new LlrpPortal(
              new LlrpPortal.Settings(
                  portal.id(),
                  portal.address(),
                  portal.visit(),
                  READER_ANSWER,
                  Duration.ofMillis(portal.profile().keepaliveMillis())),
              handler,
              backoff(),
              clocks.nanos(),
              clocks.millis());
    };
  }

  /** Returns the scale a scanner is bound to, if this agent reads it: another agent may. */
  private Optional<Scale> boundScale(PlantModel plant, String scanner) {
    return plant
        .scanner(scanner)
        .flatMap(PlantModel.Scanner::scale)
        .flatMap(id -> Optional.ofNullable(scales.get(id)));
  }

  private Backoff backoff() {
    return new Backoff(Duration.ofMillis(100), LONGEST_BACKOFF, random);
  }

  /** Closes every connection; scanners and portals first, so that nothing is left untold. */
  @Override
  public void close() {
    scanners.values().forEach(TcpScanner::close);
    portals.forEach(LlrpPortal::close);
    scales.values().forEach(Scale::close);
    meters.forEach(Meter::close);
    buses.values().forEach(Bus::close);
    network.close();
  }
}
