package io.tracegram.edge.device.gpio;

import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.runtime.config.FeedbackPins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows by lamps and a buzzer what became of a scan: the lamp that fits for a while, and the buzzer
 * with the lamp of a refusal. Thread-safe; never waits.
 */
public final class FeedbackSignals {
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackSignals.class);

  private final Duration shown;
  private final List<Pins.Switch> all = new ArrayList<>();
  private final List<Pins.Switch> accepted = new ArrayList<>();
  private final List<Pins.Switch> refused = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long last;

  /**
   * @param shown how long a lamp is on
   */
  public FeedbackSignals(String scanner, FeedbackPins wanted, Pins pins, Duration shown) {
    this.shown = shown;
    add(scanner, wanted.lampOk(), pins, accepted);
    add(scanner, wanted.lampRefused(), pins, refused);
    add(scanner, wanted.buzzer(), pins, refused);
  }

  private void add(String scanner, Optional<Integer> pin, Pins pins, List<Pins.Switch> into) {
    if (pin.isEmpty()) {
      return;
    }
    try {
      Pins.Switch output = pins.output(pin.get());
      into.add(output);
      all.add(output);
    } catch (PinException e) {
      // advice only: the scan itself counts without it
      LOG.warn("event=feedback.no-pin scanner={} reason=\"{}\"", scanner, e.getMessage());
    }
  }

  /** Shows a verdict at once, in place of what is shown. */
  public void show(Feedback feedback) {
    lock.lock();
    try {
      all.forEach(output -> output.set(false));
      long mine = ++last;
      List<Pins.Switch> lit =
          switch (feedback.verdict()) {
            case ACCEPTED, NOTED -> accepted;
            case REFUSED -> refused;
          };
      lit.forEach(output -> output.set(true));
      Thread.ofVirtual().name("signals-" + feedback.scanner()).start(() -> end(mine));
    } finally {
      lock.unlock();
    }
  }

  private void end(long mine) {
    try {
      Thread.sleep(shown);
    } catch (InterruptedException e) {
      return;
    }
    lock.lock();
    try {
      if (last == mine) {
        all.forEach(output -> output.set(false));
      }
    } finally {
      lock.unlock();
    }
  }
}
