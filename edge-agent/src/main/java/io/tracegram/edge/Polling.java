package io.tracegram.edge;

import io.tracegram.edge.clock.PlantClock;
import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Scale;
import io.tracegram.edge.device.TcpScanner;
import io.tracegram.edge.device.llrp.LlrpPortal;
import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.sign.Recorder;
import io.tracegram.runtime.config.AgentFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when devices are read: by the ticks of a plant clock, or each on its own by the system
 * clock, evenly spread over the interval. A slow or dead device delays no other beyond the deadline
 * of its poll.
 */
final class Polling implements PlantClock.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

  /** 2^64 divided by the golden ratio: its multiples are spread evenly, however many. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private static final long MOST_UNDELIVERED = 2_000;
  private static final Duration HOUSEKEEPING = Duration.ofMillis(100);

  private final AgentFile file;
  private final Devices devices;
  private final Recorder recorder;
  private final Outbox outbox;
  private final Optional<Path> loss;
  private final Consumer<Throwable> failed;
  private final ExecutorService polls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());
  private boolean begun;

  /**
   * @param loss a corrupt outbox that was put aside, to be reported
   * @param failed told when the outbox fails
   */
  Polling(
      AgentFile file,
      Devices devices,
      Recorder recorder,
      Outbox outbox,
      Optional<Path> loss,
      Consumer<Throwable> failed) {
    this.file = file;
    this.devices = devices;
    this.recorder = recorder;
    this.outbox = outbox;
    this.loss = loss;
    this.failed = failed;
  }

  void startOnSystemClock() {
    begin();
    List<Meter> meters = devices.meters();
    for (int i = 0; i < meters.size(); i++) {
      Meter meter = meters.get(i);
      long phase = phase(i, file.poll().toNanos());
      polls.execute(() -> guarded(() -> pollForEver(meter, phase)));
    }
  }

  /**
   * Returns when in each interval a meter is due: so that any few that follow each other in the
   * plant file, such as those of one bus, are far apart, and none waits for another.
   */
  static long phase(int index, long interval) {
    return Math.unsignedMultiplyHigh(index * GOLDEN_RATIO, interval);
  }

  /** Begins once plant time is known: everything from here on is stamped with it. */
  private void begin() {
    loss.ifPresent(
        aside ->
            recorder.note(
                new Observation.Refused(
                    file.agent(),
                    "outbox.corrupt",
                    "the outbox was corrupt and a new one begins; statements without a receipt may"
                        + " be lost: keep "
                        + aside
                        + " for a rescue")));
    for (Scale scale : devices.scales()) {
      polls.execute(() -> guarded(() -> recorder.note(scale.probe())));
    }
    devices.scanners().forEach(TcpScanner::start);
    devices.portals().forEach(LlrpPortal::start);
    ScheduledFuture<?> unused =
        housekeeping.scheduleAtFixedRate(
            () -> guarded(recorder::tick),
            HOUSEKEEPING.toMillis(),
            HOUSEKEEPING.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Polls at once, and from then on in its phase.
   *
   * @param phase range [0, interval), ns
   */
  private void pollForEver(Meter meter, long phase) throws InterruptedException {
    long interval = file.poll().toNanos();
    // the first poll stands for the nearest one of the phase
    long due = System.nanoTime() + (2 * phase < interval ? phase : phase - interval);
    while (true) {
      poll(meter);
      long now = System.nanoTime();
      // polls that were missed are not caught up: a register tells the sum anyway
      due += interval * Math.max(1, Math.ceilDiv(now - due, interval));
      TimeUnit.NANOSECONDS.sleep(due - now);
    }
  }

  private void poll(Meter meter) throws InterruptedException {
    for (Observation observation : meter.poll()) {
      recorder.note(observation);
    }
  }

  @Override
  public void tick() throws InterruptedException {
    if (!begun) {
      begun = true;
      begin();
    }
    List<Callable<Void>> due = new ArrayList<>();
    for (Meter meter : devices.meters()) {
      due.add(
          () -> {
            poll(meter);
            return null;
          });
    }
    for (Future<Void> done : polls.invokeAll(due)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        fail(e);
      }
    }
    while (!outbox.awaitUndeliveredBelow(MOST_UNDELIVERED, Duration.ofMinutes(1))) {
      LOG.warn(
          "event=clock.waiting undelivered={} reason=\"the simulation waits for the gateway\"",
          outbox.undelivered());
    }
  }

  @Override
  public void end() {
    guarded(
        () -> {
          recorder.quieten();
          recorder.flush();
        });
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    LOG.error("event=agent.failed reason=\"{}\"", cause.getMessage(), cause);
    failed.accept(cause);
  }

  /**
   * Ends every poll and the housekeeping; returns when they have ended, at the latest after 5 s.
   */
  void stop() throws InterruptedException {
    polls.shutdownNow();
    housekeeping.shutdown();
    if (!polls.awaitTermination(5, TimeUnit.SECONDS)
        || !housekeeping.awaitTermination(5, TimeUnit.SECONDS)) {
      LOG.warn("event=agent.slow-stop reason=\"a device did not answer\"");
    }
  }
}
