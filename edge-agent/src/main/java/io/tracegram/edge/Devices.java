package io.tracegram.edge;

import io.tracegram.edge.device.Bus;
import io.tracegram.edge.device.LineScale;
import io.tracegram.edge.device.MBusMeter;
import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.ModbusMeter;
import io.tracegram.edge.device.ModbusNetwork;
import io.tracegram.edge.device.ModbusRoute;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Scale;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.device.SmlMeter;
import io.tracegram.edge.device.TcpScanner;
import io.tracegram.edge.device.coap.CoapMeters;
import io.tracegram.edge.device.coap.CoapNetwork;
import io.tracegram.edge.device.gpio.FeedbackSignals;
import io.tracegram.edge.device.gpio.PinDriver;
import io.tracegram.edge.device.gpio.Pins;
import io.tracegram.edge.device.gpio.PulseMeter;
import io.tracegram.edge.device.llrp.LlrpPortal;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.CoapService;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PortalConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.ScannerConnection;
import io.tracegram.runtime.profile.ScannerProfile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The devices that one agent reads, as its files describe them; not yet connected. */
final class Devices implements AutoCloseable {
  private static final Duration POLL_DEADLINE = Duration.ofSeconds(2);

  private static final Duration SIMULATED_POLL_DEADLINE = Duration.ofSeconds(10);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  /** A meter that pushes does so every one to four seconds. */
  private static final Duration PUSHED_SILENCE = Duration.ofSeconds(10);

  private static final Duration LAMP = Duration.ofSeconds(2);

  private static final Duration READER_ANSWER = Duration.ofSeconds(5);

  private final List<MeterConnection> known;
  private final Duration deadline;
  private final Clocks clocks;
  private final SecureRandom random;
  private final ModbusNetwork network = new ModbusNetwork();
  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private final Map<String, Scale> scales = new LinkedHashMap<>();
  private final Map<String, TcpScanner> scanners = new LinkedHashMap<>();
  private final List<LlrpPortal> portals = new ArrayList<>();
  private Optional<CoapMeters> coap = Optional.empty();
  private final Home home;
  private Optional<PinDriver> pinDriver = Optional.empty();
  private final Map<String, FeedbackSignals> signals = new LinkedHashMap<>();

  /**
   * Three clocks, of which the first two do not go back.
   *
   * @param nanos monotonic system time
   * @param millis plant time where it is simulated, else monotonic system time
   * @param wall ms since 1970 UTC, in plant time where it is simulated
   */
  record Clocks(LongSupplier nanos, LongSupplier millis, LongSupplier wall) {}

  /**
   * What devices share.
   *
   * @param agent id of the agent
   * @param data directory of what is kept of them
   * @param coap where those listen that push
   * @param pins owned by these devices
   * @param handler told of what comes unasked
   */
  private record Home(String agent, Path data, CoapService coap, Pins pins, ScanHandler handler) {
    static Home of(AgentFile file, ScanHandler handler, Clocks clocks) {
      return new Home(
          file.agent(),
          file.data(),
          file.coap(),
          file.simulatedPins().isPresent() ? Pins.simulated() : Pins.ofMachine(clocks.nanos()),
          handler);
    }

    /** Of devices that are asked and keep nothing. */
    static Home none() {
      return new Home("", Path.of(""), CoapService.LOOPBACK, Pins.simulated(), new NobodyListens());
    }
  }

  /** Of devices that are asked, nothing comes unasked. */
  private record NobodyListens() implements ScanHandler {
    @Override
    public boolean keep(List<Observation> observations) {
      return false;
    }

    @Override
    public void note(Observation observation) {
      // who asks is told
    }
  }

  /**
   * @param known all meters that may share a bus with those that are read
   * @param deadline longest time of one poll of a meter that shares its line with none
   */
  private Devices(
      List<MeterConnection> known,
      Duration deadline,
      Clocks clocks,
      SecureRandom random,
      Home home) {
    this.known = List.copyOf(known);
    this.deadline = deadline;
    this.clocks = clocks;
    this.random = random;
    this.home = home;
  }

  /** Those that are asked, and not those that report by themselves. */
  Devices(
      List<MeterConnection> asked,
      List<ScaleConnection> weighing,
      Clocks clocks,
      SecureRandom random) {
    this(asked, POLL_DEADLINE, clocks, random, Home.none());
    for (MeterConnection meter : asked) {
      meters.add(meter(meter));
    }
    for (ScaleConnection scale : weighing) {
      scales.put(scale.id(), scale(scale));
    }
  }

  /** Those that an agent reads. */
  Devices(AgentFile file, ScanHandler handler, Clocks clocks, SecureRandom random) {
    // a simulation waits for us, however slow its machine is
    this(
        file.plant().meters(),
        file.plantClock().isPresent() ? SIMULATED_POLL_DEADLINE : POLL_DEADLINE,
        clocks,
        random,
        Home.of(file, handler, clocks));
    pinDriver = file.simulatedPins().map(address -> new PinDriver(address, home.pins));
    for (MeterConnection meter : file.plant().meters()) {
      if (file.reads().contains(meter.id())) {
        meters.add(meter(meter));
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
        if (!scanner.pins().all().isEmpty()) {
          signals.put(
              scanner.id(), new FeedbackSignals(scanner.id(), scanner.pins(), home.pins, LAMP));
        }
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

  /** Returns one of the scales. */
  Scale scale(String id) {
    return Objects.requireNonNull(scales.get(id), id);
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
    FeedbackSignals shown = signals.get(feedback.scanner());
    if (shown != null) {
      shown.show(feedback);
    }
  }

  private Meter meter(MeterConnection meter) {
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
                  meter.id(), profile, meter.serial(), deadline.plus(turns(bus))),
              new ModbusRoute.OnBus(bus(bus), unit),
              backoff(bus),
              clocks.nanos());
      case MeterAccess.MBus(var profile, BusConnection bus, int unit) ->
          new MBusMeter(
              new MBusMeter.Settings(
                  meter.id(), unit, profile, meter.serial(), deadline.plus(turns(bus))),
              bus(bus),
              backoff(bus),
              clocks.nanos());
      case MeterAccess.Coap access -> coap().add(meter.id(), meter.serial(), access, backoff());
      case MeterAccess.Pulses(var input) ->
          new PulseMeter(
              new PulseMeter.Settings(
                  meter.id(), input, meter.serial(), home.data.resolve("pulses")),
              home.pins);
      case MeterAccess.Sml(var profile, var line) ->
          new SmlMeter(
              new SmlMeter.Settings(meter.id(), profile, meter.serial(), line, PUSHED_SILENCE),
              backoff(),
              clocks.nanos(),
              clocks.millis());
    };
  }

  /** An agent without such meters does not load what they need. */
  private CoapMeters coap() {
    if (coap.isEmpty()) {
      coap =
          Optional.of(
              new CoapMeters(
                  new CoapNetwork(home.coap, home.data.resolve("keys"), random),
                  new CoapMeters.Surroundings(
                      home.agent, home.handler, clocks.nanos(), clocks.wall())));
    }
    return coap.get();
  }

  private Bus bus(BusConnection bus) {
    return buses.computeIfAbsent(bus.id(), id -> new Bus(bus, backoff(), clocks.nanos()));
  }

  /** Returns how long all that are on a bus can keep one of them waiting. */
  private Duration turns(BusConnection bus) {
    long members = known.stream().filter(meter -> isOn(bus, meter.access())).count();
    return bus.timeout().multipliedBy(4 * members);
  }

  private static boolean isOn(BusConnection bus, MeterAccess access) {
    return switch (access) {
      case MeterAccess.ModbusTcp tcp -> false;
      case MeterAccess.ModbusRtu rtu -> rtu.bus().equals(bus);
      case MeterAccess.MBus mbus -> mbus.bus().equals(bus);
      case MeterAccess.Coap coap -> false;
      case MeterAccess.Pulses pulses -> false;
      case MeterAccess.Sml sml -> false;
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
    coap.ifPresent(CoapMeters::close);
    buses.values().forEach(Bus::close);
    network.close();
    pinDriver.ifPresent(PinDriver::close);
    home.pins.close();
  }
}
