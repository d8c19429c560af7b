package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.SmlProfile;
import io.tracegram.runtime.profile.SmlTelegram;
import io.tracegram.runtime.profile.SmlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meter whose optical head pushes a telegram every few seconds: a poll gives the newest, once,
 * with how long ago it came. Each telegram bears the meter's identity.
 */
public final class SmlMeter implements Meter {
  private static final Logger LOG = LoggerFactory.getLogger(SmlMeter.class);

  private final Settings settings;
  private final LongSupplier millis;
  private final SmlHead head;
  private String found = "";

  /**
   * Which meter.
   *
   * @param serial what it must report, empty if anything will do
   * @param silence a meter that pushed no telegram for so long is bad
   */
  public record Settings(
      String id, SmlProfile profile, String serial, LineAddress line, Duration silence) {}

  /**
   * @param nanos monotonic system time
   * @param millis plant time where it is simulated, else monotonic system time
   */
  public SmlMeter(Settings settings, Backoff backoff, LongSupplier nanos, LongSupplier millis) {
    this.settings = settings;
    this.millis = millis;
    this.head =
        new SmlHead(
            settings.line(), settings.silence(), backoff, new SmlHead.Clocks(nanos, millis));
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() throws InterruptedException {
    return switch (head.take()) {
      case SmlHead.Told.Heard(Optional<SmlHead.Heard> newest, long broken, String reason) -> {
        List<Observation> observations = new ArrayList<>();
        newest.ifPresent(heard -> observations.addAll(judge(heard)));
        if (broken > 0) {
          observations.add(
              new Observation.Refused(id(), "sml.bad-telegram", spoiled(broken, reason)));
        }
        yield observations;
      }
      case SmlHead.Told.Lost(String reason) ->
          List.of(bad("sml.unreachable", "cannot listen at " + where() + " (" + reason + ")"));
      case SmlHead.Told.Silent(long bytes, long broken, String reason) ->
          List.of(
              broken > 0
                  ? bad("sml.bad-telegram", spoiled(broken, reason))
                  : bad("sml.silent", silent(bytes)));
    };
  }

  private String spoiled(long broken, String reason) {
    return broken
        + " telegrams from "
        + where()
        + " came spoiled, the last "
        + reason
        + ": check that the head sits right over the meter's window, away from light and wires";
  }

  private String silent(long bytes) {
    return "no telegram from "
        + where()
        + " for "
        + settings.silence().toMillis()
        + " ms, "
        + (bytes == 0 ? "nothing at all" : "only " + bytes + " bytes of something else")
        + ": check the head's place and supply, the baud rate, and that the meter pushes SML";
  }

  private List<Observation> judge(SmlHead.Heard heard) {
    SmlTelegram telegram = heard.telegram();
    SmlProfile profile = settings.profile();
    String serial = telegram.serial(profile);
    if (!telegram.manufacturer().equals(profile.manufacturer())) {
      return List.of(
          bad(
              "meter.wrong-model",
              "the meter at "
                  + where()
                  + " says it is made by "
                  + Excerpt.of(telegram.manufacturer())
                  + ", which "
                  + profile.id()
                  + " is not made for: correct the address or the profile"));
    }
    if (!settings.serial().isEmpty() && !settings.serial().equals(serial)) {
      return List.of(
          bad(
              "meter.wrong-serial",
              "the meter at "
                  + where()
                  + " reports serial number "
                  + Excerpt.of(serial)
                  + ", the plant file says "
                  + settings.serial()
                  + ": if it was replaced, correct the plant file"));
    }
    return values(heard, serial);
  }

  private List<Observation> values(SmlHead.Heard heard, String serial) {
    List<Observation.Value> values = new ArrayList<>();
    List<Observation.Refused> refusals = new ArrayList<>();
    for (SmlValue wanted : settings.profile().values()) {
      switch (heard.telegram().read(wanted).orElse(new Decoded.NotAvailable())) {
        case Decoded.Value(long baseUnits, long resolution) ->
            wanted
                .quantity()
                .register()
                .ifPresent(kind -> values.add(new Observation.Value(kind, baseUnits, resolution)));
        case Decoded.Refused(String code, String reason) ->
            refusals.add(new Observation.Refused(id(), "meter." + code, reason));
        // it has no such value, or not now; the energy is looked after below
        case Decoded.NotAvailable() -> {}
        case Decoded.Identity(String text) -> {}
      }
    }
    if (values.stream().noneMatch(value -> value.register().cumulative())) {
      return List.of(refusals.isEmpty() ? nothing() : bad(refusals.getFirst()));
    }
    log(serial, values);
    long age = Math.max(0, millis.getAsLong() - heard.millis());
    List<Observation> observations = new ArrayList<>();
    observations.add(new Observation.Good(id(), settings.profile().id() + " " + serial));
    observations.add(new Observation.Measured(id(), serial, values, age));
    observations.addAll(refusals);
    return observations;
  }

  private Observation.Bad nothing() {
    return bad(
        "meter.not-available",
        "the meter at "
            + where()
            + " sends no "
            + settings.profile().value(Quantity.ENERGY_IMPORT).orElseThrow().obis()
            + ": compare the profile with the values on its display");
  }

  private Observation.Bad bad(Observation.Refused refused) {
    return bad(refused.code(), refused.reason());
  }

  private Observation.Bad bad(String code, String reason) {
    return new Observation.Bad(id(), code, reason);
  }

  private void log(String serial, List<Observation.Value> values) {
    if (!found.equals(serial)) {
      LOG.info(
          "event=device.found device={} profile={} address=\"{}\" serial={} values={}",
          id(),
          settings.profile().id(),
          where(),
          serial,
          values);
      found = serial;
    }
  }

  private String where() {
    return settings.line().toString();
  }

  @Override
  public void close() {
    head.close();
  }
}
