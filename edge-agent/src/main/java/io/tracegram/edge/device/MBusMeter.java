package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MBusRecord;
import io.tracegram.runtime.profile.MBusTelegram;
import io.tracegram.runtime.profile.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one meter on an M-Bus: begins anew with SND_NKE, then asks for telegrams until every record
 * is there. Each telegram bears the meter's identity, so that another meter is seen at the next
 * poll.
 */
public final class MBusMeter implements Meter {
  private static final Logger LOG = LoggerFactory.getLogger(MBusMeter.class);
  private static final int SND_NKE = 0x40;
  private static final int REQ_UD2 = 0x5B;
  private static final int FRAME_COUNT_BIT = 0x20;
  private static final int MOST_TELEGRAMS = 8;

  /**
   * Which meter.
   *
   * @param unit primary address, range [0, 250]
   * @param serial what it must report, empty if anything will do
   * @param deadline longest time of one poll
   */
  public record Settings(
      String id, int unit, MBusProfile profile, String serial, Duration deadline) {}

  private final Settings settings;
  private final Bus bus;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private long retryAt;
  private boolean resting;
  private String found = "";
  private Observation.Bad lastFailure;

  /** A poll that gave no values. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final String code;

    Failure(String code, String reason) {
      super(reason, null, false, false);
      this.code = code;
    }
  }

  /**
   * @param nanos monotonic time
   */
  public MBusMeter(Settings settings, Bus bus, Backoff backoff, LongSupplier nanos) {
    this.settings = settings;
    this.bus = bus;
    this.backoff = backoff;
    this.nanos = nanos;
    this.lastFailure = new Observation.Bad(settings.id(), "m-bus.unreachable", "not asked yet");
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() throws InterruptedException {
    long now = nanos.getAsLong();
    if (resting && now - retryAt < 0) {
      return List.of(lastFailure);
    }
    try {
      List<Observation> read = read(now + settings.deadline().toNanos());
      backoff.reset();
      resting = false;
      return read;
    } catch (Failure e) {
      lastFailure = new Observation.Bad(id(), e.code, String.valueOf(e.getMessage()));
      resting = true;
      retryAt = nanos.getAsLong() + backoff.next().toNanos();
      return List.of(lastFailure);
    }
  }

  private List<Observation> read(long deadline) throws InterruptedException, Failure {
    byte[] unused =
        ask(SND_NKE, new MBusFraming(settings.unit(), MBusFraming.Kind.ACKNOWLEDGEMENT), deadline);
    Map<Quantity, Decoded> values = new LinkedHashMap<>();
    int control = REQ_UD2 | FRAME_COUNT_BIT;
    for (int i = 0; i < MOST_TELEGRAMS; i++) {
      MBusTelegram telegram = telegram(control, deadline);
      for (MBusRecord record : settings.profile().records()) {
        telegram.read(record).ifPresent(read -> values.putIfAbsent(record.quantity(), read));
      }
      if (!telegram.moreFollow() || values.size() == settings.profile().records().size()) {
        return conclude(telegram.identity(), values);
      }
      control ^= FRAME_COUNT_BIT;
    }
    throw new Failure(
        "m-bus.bad-reply",
        where() + " says after " + MOST_TELEGRAMS + " telegrams that more follow");
  }

  private MBusTelegram telegram(int control, long deadline) throws InterruptedException, Failure {
    byte[] frame =
        ask(control, new MBusFraming(settings.unit(), MBusFraming.Kind.TELEGRAM), deadline);
    return switch (MBusTelegram.parse(frame)) {
      case MBusTelegram.Refused(String reason) ->
          throw new Failure("m-bus.bad-reply", where() + " sent " + reason);
      case MBusTelegram.Sound(MBusTelegram telegram) -> {
        identified(telegram.identity());
        if (telegram.isFaulty()) {
          throw new Failure(
              "meter.not-available", "the meter reports an error of its own: look at its display");
        }
        yield telegram;
      }
    };
  }

  private void identified(MBusTelegram.Identity identity) throws Failure {
    MBusProfile profile = settings.profile();
    if (!identity.manufacturer().equals(profile.manufacturer())
        || identity.medium().filter(medium -> medium == profile.medium()).isEmpty()) {
      throw new Failure(
          "meter.wrong-model",
          where()
              + " is "
              + describe(identity)
              + ", which "
              + profile.id()
              + " is not made for: correct the unit or the profile");
    }
    if (!settings.serial().isEmpty() && !settings.serial().equals(identity.serial())) {
      throw new Failure(
          "meter.wrong-serial",
          where()
              + " reports serial number "
              + Excerpt.of(identity.serial())
              + ", the plant file says "
              + settings.serial()
              + ": if it was replaced, correct the plant file");
    }
  }

  private byte[] ask(int control, MBusFraming framing, long deadline)
      throws InterruptedException, Failure {
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - nanos.getAsLong()));
    return switch (bus.ask(MBusFrame.ofShort(control, settings.unit()), framing, left)) {
      case BusReply.Frame frame -> frame.bytes();
      case BusReply.Silent(String received) ->
          throw new Failure(
              "m-bus.timeout",
              "no whole reply from "
                  + where()
                  + " within "
                  + bus.timeout().toMillis()
                  + " ms, "
                  + received
                  + ": check its primary address, wiring, baud rate and the level converter");
      case BusReply.Noise(String received) ->
          throw new Failure(
              "m-bus.bad-reply",
              where()
                  + " answered what is no sound frame, "
                  + received
                  + ": check baud rate and parity, and that no second meter has the address");
      case BusReply.Lost(String reason) ->
          throw new Failure(
              "m-bus.unreachable", "cannot talk over the " + bus.name() + " (" + reason + ")");
      case BusReply.NoTurn() ->
          throw new Failure("m-bus.no-turn", where() + " got no turn: poll less often");
    };
  }

  private List<Observation> conclude(MBusTelegram.Identity identity, Map<Quantity, Decoded> read)
      throws Failure {
    List<Observation.Value> values = new ArrayList<>();
    List<Observation.Refused> refusals = new ArrayList<>();
    read.forEach(
        (quantity, decoded) -> {
          switch (decoded) {
            case Decoded.Value(long baseUnits, long resolution) ->
                quantity
                    .register()
                    .ifPresent(
                        kind -> values.add(new Observation.Value(kind, baseUnits, resolution)));
            case Decoded.Refused(String code, String reason) ->
                refusals.add(new Observation.Refused(id(), "meter." + code, reason));
            // it has no such value, or not now; the energy is looked after below
            case Decoded.NotAvailable() -> {}
            case Decoded.Identity(String text) -> {}
          }
        });
    if (values.stream().noneMatch(value -> value.register().cumulative())) {
      throw refusals.isEmpty()
          ? new Failure(
              "meter.not-available",
              where()
                  + " sends no such record as "
                  + settings.profile().id()
                  + " describes: compare unit, tariff and storage number")
          : new Failure(refusals.getFirst().code(), refusals.getFirst().reason());
    }
    log(identity, values);
    List<Observation> observations = new ArrayList<>();
    observations.add(
        new Observation.Good(id(), settings.profile().id() + " " + describe(identity)));
    observations.add(new Observation.Measured(id(), identity.serial(), values));
    observations.addAll(refusals);
    return observations;
  }

  private void log(MBusTelegram.Identity identity, List<Observation.Value> values) {
    if (!found.equals(identity.serial())) {
      LOG.info(
          "event=device.found device={} profile={} address=\"{}\" serial={} values={}",
          id(),
          settings.profile().id(),
          where(),
          identity.serial(),
          values);
      found = identity.serial();
    }
  }

  private static String describe(MBusTelegram.Identity identity) {
    return Excerpt.of(identity.manufacturer())
        + " "
        + identity.serial()
        + " version "
        + identity.version()
        + " "
        + identity
            .medium()
            .map(medium -> medium.name().toLowerCase(Locale.ROOT))
            .orElse("of another medium");
  }

  private String where() {
    return "unit " + settings.unit() + " on " + bus.name();
  }

  /** Nothing: the bus stays open for the others. */
  @Override
  public void close() {}
}
