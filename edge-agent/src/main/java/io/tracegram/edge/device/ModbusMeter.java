package io.tracegram.edge.device;

import io.tracegram.edge.device.ModbusReply.Then;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.SunSpecMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one Modbus meter. Single-threaded; a poll blocks for at most its deadline, and after a
 * failure answers at once until the back-off is over.
 */
public final class ModbusMeter implements Meter {
  private static final Logger LOG = LoggerFactory.getLogger(ModbusMeter.class);

  /**
   * Which meter.
   *
   * @param serial what it must report, empty if anything will do
   * @param deadline longest time of one poll
   */
  public record Settings(String id, MeterProfile profile, String serial, Duration deadline) {}

  private final Settings settings;
  private final ModbusRoute route;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private final List<RegisterBlock> blocks;

  private @Nullable ModbusLine connection;
  private Then then = Then.GO_ON;
  private String serial = "";
  private long retryAt;
  private long lastReplyAt;
  private boolean found;
  private Optional<SunSpecMap> discovered = Optional.empty();
  private Observation.Bad lastFailure;

  /**
   * @param nanos monotonic time
   */
  public ModbusMeter(Settings settings, ModbusRoute route, Backoff backoff, LongSupplier nanos) {
    this.settings = settings;
    this.route = route;
    this.backoff = backoff;
    this.nanos = nanos;
    this.blocks = RegisterBlock.plan(settings.profile());
    this.retryAt = nanos.getAsLong();
    this.lastReplyAt = retryAt;
    this.lastFailure = bad("modbus.unreachable", "not connected yet");
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() throws InterruptedException {
    long now = nanos.getAsLong();
    if (connection == null && now - retryAt < 0) {
      return List.of(lastFailure);
    }
    long deadline = now + settings.deadline().toNanos();
    boolean stood = connection != null;
    then = Then.GO_ON;
    List<Observation> result = attempt(deadline);
    // gateways close idle connections: what failed over an old one is tried over a new one
    return stood && then == Then.RECONNECT && nanos.getAsLong() - deadline < 0
        ? attempt(deadline)
        : result;
  }

  private List<Observation> attempt(long deadline) throws InterruptedException {
    Optional<Observation.Bad> failure = connect(deadline);
    return failure.isPresent() ? List.of(failure.get()) : read(deadline);
  }

  private Optional<Observation.Bad> connect(long deadline) throws InterruptedException {
    if (connection != null) {
      return Optional.empty();
    }
    try {
      connection = ModbusLine.open(route, left(deadline));
    } catch (IOException e) {
      return Optional.of(
          failed(
              "modbus.unreachable",
              "cannot connect to "
                  + route
                  + " ("
                  + e.getMessage()
                  + "): check the address, the network and the meter's supply",
              Then.REST));
    }
    Optional<Observation.Bad> lost = discover(connection, deadline);
    return lost.isPresent() ? lost : identify(connection, deadline);
  }

  private Optional<Observation.Bad> discover(ModbusLine opened, long deadline)
      throws InterruptedException {
    discovered = Optional.empty();
    return switch (settings.profile().discovery()) {
      case NONE -> Optional.empty();
      case SUNSPEC ->
          switch (SunSpecDiscovery.run(block -> request(opened, block, deadline), route)) {
            case SunSpecDiscovery.Found(SunSpecMap map) -> {
              discovered = Optional.of(map);
              yield Optional.empty();
            }
            case SunSpecDiscovery.Lost(String code, String reason) ->
                Optional.of(failed(code, reason, Then.REST));
          };
    };
  }

  private Optional<Observation.Bad> identify(ModbusLine opened, long deadline)
      throws InterruptedException {
    Optional<RegisterDefinition> register =
        discovered.map(SunSpecMap::serial).or(() -> settings.profile().register(Quantity.SERIAL));
    if (register.isEmpty()) {
      serial = "";
      return Optional.empty();
    }
    RegisterBlock block = new RegisterBlock(List.of(register.get()));
    return switch (request(opened, block, deadline)) {
      case ModbusReply.Failed failed ->
          Optional.of(failed(failed.code(), failed.reason(), Then.REST));
      case ModbusReply.Words words -> {
        Decoded decoded =
            RegisterDecoder.decode(register.get(), words.bytes(0, 2 * register.get().words()));
        serial = decoded instanceof Decoded.Identity(String text) ? text : "";
        yield settings.serial().isEmpty() || settings.serial().equals(serial)
            ? Optional.empty()
            : Optional.of(
                failed(
                    "meter.wrong-serial",
                    "the meter at "
                        + route
                        + " reports serial number "
                        + Excerpt.of(serial)
                        + ", the plant file says "
                        + settings.serial()
                        + ": if it was replaced, correct the plant file",
                    Then.REST));
      }
    };
  }

  private List<Observation> read(long deadline) throws InterruptedException {
    ModbusLine opened = connection;
    if (opened == null) {
      return List.of(lastFailure);
    }
    if (discovered.isPresent()) {
      return readDiscovered(opened, discovered.get(), deadline);
    }
    List<Observation.Value> values = new ArrayList<>();
    List<Observation.Refused> refusals = new ArrayList<>();
    for (RegisterBlock block : blocks) {
      switch (request(opened, block, deadline)) {
        case ModbusReply.Failed(String code, String reason, Then next) -> {
          return List.of(failed(code, reason, next));
        }
        case ModbusReply.Words words -> decode(block, words, values, refusals);
      }
    }
    return conclude(values, refusals);
  }

  private List<Observation> readDiscovered(ModbusLine opened, SunSpecMap map, long deadline)
      throws InterruptedException {
    RegisterBlock block = new RegisterBlock(List.of(map.span()));
    return switch (request(opened, block, deadline)) {
      case ModbusReply.Failed(String code, String reason, Then next) ->
          List.of(failed(code, reason, next));
      case ModbusReply.Words words -> {
        byte[] span = words.bytes(0, 2 * block.words());
        if (!map.holds(span)) {
          yield List.of(
              failed("sunspec.moved", SunSpecDiscovery.moved(route, map), Then.RECONNECT));
        }
        List<Observation.Value> values = new ArrayList<>();
        List<Observation.Refused> refusals = new ArrayList<>();
        map.decode(span).forEach((quantity, decoded) -> take(quantity, decoded, values, refusals));
        yield conclude(values, refusals);
      }
    };
  }

  private void decode(
      RegisterBlock block,
      ModbusReply.Words words,
      List<Observation.Value> values,
      List<Observation.Refused> refusals) {
    for (RegisterDefinition register : block.registers()) {
      byte[] bytes = words.bytes(block.offset(register), 2 * register.words());
      take(register.quantity(), RegisterDecoder.decode(register, bytes), values, refusals);
    }
  }

  private void take(
      Quantity quantity,
      Decoded decoded,
      List<Observation.Value> values,
      List<Observation.Refused> refusals) {
    switch (decoded) {
      case Decoded.Value(long baseUnits, long resolution) ->
          quantity
              .register()
              .ifPresent(kind -> values.add(new Observation.Value(kind, baseUnits, resolution)));
      case Decoded.Refused(String code, String reason) ->
          refusals.add(new Observation.Refused(id(), "meter." + code, reason));
      // it has no such value, or not now; the energy register is looked after below
      case Decoded.NotAvailable() -> {}
      case Decoded.Identity(String text) -> {}
    }
  }

  private List<Observation> conclude(
      List<Observation.Value> values, List<Observation.Refused> refusals) {
    backoff.reset();
    if (values.stream().noneMatch(value -> value.register().cumulative())) {
      return List.of(
          refusals.isEmpty()
              ? bad(
                  "meter.not-available",
                  "the meter says that it has no energy value: look at its display and its"
                      + " voltage inputs")
              : bad(refusals.getFirst().code(), refusals.getFirst().reason()));
    }
    if (!found) {
      found = true;
      LOG.info(
          "event=device.found device={} profile={} address={} serial={} values={}",
          id(),
          settings.profile().id(),
          route,
          Excerpt.of(serial),
          values);
    }
    List<Observation> observations = new ArrayList<>();
    observations.add(new Observation.Good(id(), settings.profile().id() + " " + serial));
    observations.add(new Observation.Measured(id(), serial, values));
    observations.addAll(refusals);
    return observations;
  }

  private ModbusReply request(ModbusLine opened, RegisterBlock block, long deadline)
      throws InterruptedException {
    long gap = Duration.ofMillis(settings.profile().minGapMillis()).toNanos();
    long early = lastReplyAt + gap - nanos.getAsLong();
    if (early > 0) {
      Thread.sleep(Duration.ofNanos(early));
    }
    ModbusReply reply = opened.read(block, left(deadline));
    lastReplyAt = nanos.getAsLong();
    return reply;
  }

  private Observation.Bad failed(String code, String reason, Then next) {
    then = next;
    lastFailure = bad(code, reason);
    if (next != Then.GO_ON) {
      close();
      retryAt = nanos.getAsLong() + backoff.next().toNanos();
    }
    return lastFailure;
  }

  private Observation.Bad bad(String code, String reason) {
    return new Observation.Bad(settings.id(), code, reason);
  }

  private Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - nanos.getAsLong()));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
