package io.tracegram.edge.sign;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.DeviceStatus;
import io.tracegram.ledger.evidence.statement.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which observations become which statements, and when. Thread-safe.
 *
 * <p>Readings wait in memory, at most {@code flushAfter}; everything else is on disk when the call
 * returns, except a status of a kind that was said less than 10 s ago.
 */
public final class Recorder implements ScanHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration STATUS_WINDOW = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int LONGEST_REASON = 1_000;
  private static final String GOOD = "device.good";

  /**
   * When readings become a statement: when either is reached.
   *
   * @param agent the agent's id, the device in statuses about itself
   * @param flushReadings number of energy readings, range [1, 1000]
   * @param flushAfter system time since the first of them
   */
  public record Settings(String agent, int flushReadings, Duration flushAfter) {}

  private final Settings settings;
  private final StatementWriter writer;
  private final PlantTime time;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final StatusLimit limit = new StatusLimit(STATUS_WINDOW);
  private final Map<String, String> states = new HashMap<>();
  private ReadingBatch batch = new ReadingBatch();
  private long batchSince;
  private long lastRead;
  private long lastHeartbeat;
  private long dropped;
  private boolean quiet;

  /**
   * @param nanos monotonic system time
   */
  public Recorder(Settings settings, StatementWriter writer, PlantTime time, LongSupplier nanos) {
    this.settings = settings;
    this.writer = writer;
    this.time = time;
    this.nanos = nanos;
    this.lastRead = nanos.getAsLong();
    this.lastHeartbeat = lastRead;
  }

  @Override
  public void note(Observation observation) {
    long at = time.millis();
    lock.lock();
    try {
      switch (observation) {
        case Observation.Measured measured -> read(at, measured);
        case Observation.Refused(String device, String code, String reason) ->
            status(device, DeviceStatus.State.REFUSED, code, reason, at);
        case Observation.Bad(String device, String code, String reason) -> {
          if (!code.equals(states.put(device, code))) {
            LOG.warn("event=device.bad device={} code={} reason=\"{}\"", device, code, reason);
            status(device, DeviceStatus.State.BAD, code, reason, at);
          }
        }
        case Observation.Good(String device, String what) -> {
          if (!GOOD.equals(states.put(device, GOOD))) {
            LOG.info("event=device.good device={} what=\"{}\"", device, what);
            status(device, DeviceStatus.State.GOOD, GOOD, what, at);
          }
        }
        case Observation.Weighed weighed -> keep(List.of(weighed));
        case Observation.Scanned scanned -> keep(List.of(scanned));
        case Observation.TagsSeen seen -> keep(List.of(seen));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean keep(List<Observation> observations) {
    lock.lock();
    try {
      return write(at -> observations.stream().map(kept -> body(at, kept)).toList());
    } finally {
      lock.unlock();
    }
  }

  private static Body body(long at, Observation observation) {
    return switch (observation) {
      case Observation.Scanned(String device, String symbology, String text) ->
          new Body.Scan(device, at, symbology, text);
      case Observation.Weighed weighed -> new Body.Weight(weighed.device(), at, weighed.mass());
      case Observation.TagsSeen(String device, List<Observation.SeenTag> tags) ->
          new Body.TagRead(device, tags.stream().map(tag -> tag(at, tag)).toList());
      case Observation.Measured _, Observation.Refused _, Observation.Bad _, Observation.Good _ ->
          throw new IllegalArgumentException("nothing that is kept by itself: " + observation);
    };
  }

  private static Tag tag(long at, Observation.SeenTag seen) {
    return new Tag(
        seen.epc(), seen.antenna(), seen.rssiDbm(), seen.firstSeenMicros(), at, seen.count());
  }

  /** Writes what is due by system time; to be called a few times per second. */
  public void tick() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      List<DeviceStatus> due = limit.due(now);
      boolean flush = !batch.isEmpty() && now - batchSince >= settings.flushAfter().toNanos();
      boolean heartbeat =
          !quiet
              && now - lastHeartbeat >= HEARTBEAT.toNanos()
              && (now - lastRead >= HEARTBEAT.toNanos() || isAnyBad());
      if (heartbeat) {
        lastHeartbeat = now;
      }
      if (flush || heartbeat || !due.isEmpty()) {
        write(
            at -> {
              List<Body> bodies = new ArrayList<>(due);
              if (heartbeat) {
                bodies.add(new Body.Heartbeat());
              }
              return bodies;
            });
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes the readings that wait; on disk when this returns. */
  public void flush() {
    lock.lock();
    try {
      if (!batch.isEmpty()) {
        write(at -> List.of());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends heartbeats and device statuses: simulated time stands still from now on, and the devices
   * that live in it go.
   */
  public void quieten() {
    lock.lock();
    try {
      quiet = true;
    } finally {
      lock.unlock();
    }
  }

  private void read(long at, Observation.Measured measured) {
    lastRead = nanos.getAsLong();
    if (batch.isEmpty()) {
      batchSince = lastRead;
    }
    batch.add(Math.max(0, at - measured.ageMillis()), measured);
    if (batch.size() >= settings.flushReadings() || batch.isFull()) {
      write(now -> List.of());
    }
  }

  private void status(
      String device, DeviceStatus.State state, String code, String reason, long since) {
    if (quiet) {
      return;
    }
    limit
        .offer(new DeviceStatus(device, state, code, cleaned(reason), since, 1), nanos.getAsLong())
        .ifPresent(status -> write(at -> List.of(status)));
  }

  /** Writes the readings that wait and then these bodies, in one step. */
  private boolean write(StatementWriter.Bodies more) {
    ReadingBatch readings = batch;
    batch = new ReadingBatch();
    long droppedBefore = dropped;
    boolean written =
        writer.write(
            at -> {
              List<Body> bodies = new ArrayList<>();
              if (!readings.isEmpty()) {
                bodies.add(readings.body());
              }
              if (droppedBefore > 0) {
                bodies.add(full(at, droppedBefore));
              }
              bodies.addAll(more.at(at));
              return bodies;
            });
    if (written) {
      dropped = 0;
    } else {
      if (dropped == 0) {
        LOG.error(
            "event=outbox.full reason=\"readings are dropped and scans refused until the gateway"
                + " takes statements again\"");
      }
      dropped += Math.max(1, readings.size());
    }
    return written;
  }

  private Body full(long at, long count) {
    return new DeviceStatus(
        settings.agent(),
        DeviceStatus.State.REFUSED,
        "outbox.full",
        "the outbox was full: readings were dropped (their energy is not lost, the registers are"
            + " cumulative) and scans refused; bring the gateway back sooner or raise the limit",
        at,
        count);
  }

  private boolean isAnyBad() {
    return states.values().stream().anyMatch(state -> !state.equals(GOOD));
  }

  /** Makes a reason fit for a statement: printable ASCII of bounded length. */
  private static String cleaned(String reason) {
    String printable = reason.replaceAll("[^ -~]", "?");
    return printable.substring(0, Math.min(printable.length(), LONGEST_REASON));
  }
}
