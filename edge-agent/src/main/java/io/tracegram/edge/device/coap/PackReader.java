package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Excerpt;
import io.tracegram.edge.device.Observation;
import io.tracegram.runtime.profile.CoapDecoder;
import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.senml.SenmlPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.Message;

/** Makes observations of what one message of a meter holds. Immutable, thread-safe. */
final class PackReader {
  private final String id;
  private final CoapProfile profile;
  private final String serial;
  private final LongSupplier wall;

  /**
   * @param serial what the meter must report, empty if anything will do
   * @param wall ms since 1970 UTC, by which a meter's own times are judged
   */
  PackReader(String id, CoapProfile profile, String serial, LongSupplier wall) {
    this.id = id;
    this.profile = profile;
    this.serial = serial;
    this.wall = wall;
  }

  /** Returns a {@code Good}, a {@code Measured} and what was refused beside it. */
  List<Observation> read(Message message) throws CoapFailure {
    int format = message.getOptions().getContentFormat();
    if (format != profile.format().contentFormat()) {
      throw new CoapFailure(
          "coap.content-format",
          "the meter sends content format "
              + (format < 0 ? "none" : format)
              + ", not "
              + profile.format().contentFormat()
              + ": correct the profile's 'format', or the meter");
    }
    return switch (SenmlPack.parse(profile.format(), message.getPayload())) {
      case SenmlPack.Refused(String code, String reason) ->
          throw new CoapFailure("senml." + code, reason);
      case SenmlPack.Sound(SenmlPack pack) ->
          conclude(CoapDecoder.decode(profile, pack, wall.getAsLong()));
    };
  }

  private List<Observation> conclude(Map<Quantity, Decoded> decoded) throws CoapFailure {
    List<Observation.Value> values = new ArrayList<>();
    List<Observation.Refused> refusals = new ArrayList<>();
    decoded.forEach(
        (quantity, read) -> {
          switch (read) {
            case Decoded.Value(long baseUnits, long resolution) ->
                quantity
                    .register()
                    .ifPresent(
                        kind -> values.add(new Observation.Value(kind, baseUnits, resolution)));
            case Decoded.Refused(String code, String reason) ->
                refusals.add(new Observation.Refused(id, "meter." + code, reason));
            case Decoded.NotAvailable(), Decoded.Identity(String _) -> {
              // the energy and the identity are looked after below
            }
          }
        });
    String reported = identity(decoded);
    if (values.stream().noneMatch(value -> value.register().cumulative())) {
      throw refusals.isEmpty()
          ? new CoapFailure(
              "meter.not-available",
              "the meter sends no such record as "
                  + profile.id()
                  + " describes: compare the names, and its display")
          : new CoapFailure(refusals.getFirst().code(), refusals.getFirst().reason());
    }
    List<Observation> observations = new ArrayList<>();
    observations.add(new Observation.Good(id, profile.id() + " " + reported));
    observations.add(new Observation.Measured(id, reported, values));
    observations.addAll(refusals);
    return observations;
  }

  /** A pack without the serial number that its profile promises could be anybody's. */
  private String identity(Map<Quantity, Decoded> decoded) throws CoapFailure {
    boolean promised = profile.record(Quantity.SERIAL).isPresent();
    String reported =
        decoded.get(Quantity.SERIAL) instanceof Decoded.Identity(String text) ? text : "";
    if (promised && reported.isEmpty()) {
      throw new CoapFailure(
          "meter.no-serial",
          "the meter does not send its serial number as " + profile.id() + " says");
    }
    if (promised && !serial.isEmpty() && !serial.equals(reported)) {
      throw new CoapFailure(
          "meter.wrong-serial",
          "the meter reports serial number "
              + Excerpt.of(reported)
              + ", the plant file says "
              + serial
              + ": if it was replaced, correct the plant file");
    }
    return reported;
  }
}
