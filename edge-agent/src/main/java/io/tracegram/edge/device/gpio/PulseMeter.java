package io.tracegram.edge.device.gpio;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.PulseInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meter that is known by the pulses of its output: its register is what its display said when
 * counting began, and the pulses since.
 *
 * <p>The count is on disk before a poll gives the register. So the register never falls; what ends
 * the agent at once loses at most the pulses since the last poll, and those until the next start,
 * which that start says. An orderly stop loses only those until the next start.
 */
public final class PulseMeter implements Meter {
  private static final Logger LOG = LoggerFactory.getLogger(PulseMeter.class);

  private final Settings settings;
  private final Pins pins;
  private final CounterFile file;
  private final PulseCounter counter;
  private final List<Observation.Refused> unsaid = new ArrayList<>();
  private CounterFile.@Nullable Count count;
  private boolean listening;
  private boolean kept;

  /**
   * Which meter.
   *
   * @param serial as declared, for an output reports none
   * @param directory where its count is kept
   */
  public record Settings(String id, PulseInput input, String serial, Path directory) {}

  public PulseMeter(Settings settings, Pins pins) {
    this.settings = settings;
    this.pins = pins;
    this.file = new CounterFile(settings.directory().resolve(settings.id() + ".pulses"));
    this.counter = new PulseCounter(settings.input().shortestPeriod());
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() {
    try {
      if (count == null) {
        switch (file.read()) {
          case CounterFile.Nothing() -> count = begun();
          case CounterFile.Damaged() -> {
            return List.of(damaged());
          }
          case CounterFile.Kept kept -> {
            if (isFallen(kept.count())) {
              return List.of(fallen(kept.count()));
            }
            count = goOn(kept);
          }
        }
      }
      listen();
      CounterFile.Count now = counted(count);
      return said(now);
    } catch (PinException e) {
      return List.of(new Observation.Bad(id(), "s0.no-pin", String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return List.of(
          new Observation.Bad(
              id(),
              "s0.not-kept",
              "the count cannot be kept in "
                  + file
                  + " ("
                  + e.getMessage()
                  + "): pulses are counted on, and the register is given once they are kept"));
    }
  }

  private CounterFile.Count begun() {
    PulseInput input = settings.input();
    return new CounterFile.Count(settings.serial(), input.start(), input.perUnit(), 0);
  }

  private boolean isDeclaredAnew(CounterFile.Count old) {
    CounterFile.Count declared = begun();
    return !old.serial().equals(declared.serial())
        || old.start().compareTo(declared.start()) != 0
        || old.perUnit().compareTo(declared.perUnit()) != 0;
  }

  /** Another meter may begin below; the same one cannot. */
  private boolean isFallen(CounterFile.Count old) {
    return isDeclaredAnew(old)
        && old.serial().equals(settings.serial())
        && settings.input().register(0) < register(old);
  }

  private CounterFile.Count goOn(CounterFile.Kept kept) {
    if (isDeclaredAnew(kept.count())) {
      return begun();
    }
    unsaid.add(
        new Observation.Refused(
            id(),
            "s0.uncounted",
            "nobody counted from "
                + kept.at()
                + " at the latest until now: the pulses of that time are unknown; if the meter's"
                + " display says more than "
                + display(register(kept.count()))
                + ", write what it says as 'start' into the plant file"));
    return kept.count();
  }

  private void listen() throws PinException {
    if (!listening) {
      pins.listen(settings.input().pin(), settings.input().debounceMicros(), counter);
      listening = true;
      LOG.info(
          "event=device.found device={} pin={} simulated={} file={}",
          id(),
          settings.input().pin(),
          pins.isSimulated(),
          file);
    }
  }

  /** Returns the count with what came, once it is on disk. */
  private CounterFile.Count counted(CounterFile.Count before) throws IOException {
    PulseCounter.Taken taken = counter.take();
    suspect(taken);
    CounterFile.Count now =
        new CounterFile.Count(
            before.serial(), before.start(), before.perUnit(), before.pulses() + taken.pulses());
    kept &= taken.pulses() == 0;
    count = now;
    if (!kept) {
      file.write(now);
      kept = true;
    }
    return now;
  }

  private void suspect(PulseCounter.Taken taken) {
    if (taken.tooFast() > 0) {
      unsaid.add(
          new Observation.Refused(
              id(),
              "s0.too-fast",
              taken.tooFast()
                  + " pulses came sooner after another than "
                  + settings.input().maxPerSecond().toPlainString()
                  + " a second allow, and were not counted: raise 'debounceMicros' if contacts"
                  + " bounce, 'maxPerSecond' if the meter is that fast"));
    }
    if (taken.unpaired() > 0) {
      unsaid.add(
          new Observation.Refused(
              id(),
              "s0.missed-edge",
              "pulses may be missing: "
                  + taken.unpaired()
                  + " edges came without the one before, which was missed or shorter than"
                  + " 'debounceMicros'; compare the register with the meter's display, and check"
                  + " cable and pull-up"));
    }
  }

  private List<Observation> said(CounterFile.Count now) {
    List<Observation> said = new ArrayList<>();
    said.add(
        new Observation.Good(
            id(),
            "pulses at pin "
                + settings.input().pin()
                + (pins.isSimulated() ? ", which is simulated" : "")));
    said.add(
        new Observation.Measured(
            id(),
            settings.serial(),
            List.of(
                new Observation.Value(
                    Register.ENERGY_IMPORT, register(now), settings.input().resolution()))));
    said.addAll(unsaid);
    unsaid.clear();
    return said;
  }

  private long register(CounterFile.Count of) {
    PulseInput input = settings.input();
    return new PulseInput(
            input.pin(),
            of.perUnit(),
            input.unit(),
            input.debounceMicros(),
            input.maxPerSecond(),
            of.start())
        .register(of.pulses());
  }

  private Observation.Bad fallen(CounterFile.Count old) {
    return new Observation.Bad(
        id(),
        "s0.start-behind",
        "the plant file begins at "
            + display(settings.input().register(0))
            + ", but "
            + display(register(old))
            + " were counted already of this meter: write what its display says as 'start', or its"
            + " own serial number if it is another");
  }

  private Observation.Bad damaged() {
    return new Observation.Bad(
        id(),
        "s0.count-damaged",
        "the count in "
            + file
            + " is damaged: write what the meter's display says as 'start' into the plant file, and"
            + " remove that file");
  }

  private String display(long baseUnits) {
    return BigDecimal.valueOf(baseUnits, 6).stripTrailingZeros().toPlainString()
        + " "
        + settings.input().unit().symbol();
  }

  /** Keeps what came since the last poll, so that an orderly stop loses none of it. */
  @Override
  public void close() {
    try {
      if (count != null && listening) {
        CounterFile.Count unused = counted(count);
      }
    } catch (IOException e) {
      LOG.error("event=pulses.not-kept device={} reason=\"{}\"", id(), e.getMessage());
    }
  }
}
