package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.CoapSecurity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;

/**
 * A meter that sends its values to a resource of the agent (POST). They are handed on when they
 * come; {@link #poll} tells only what is wrong. Polled by one thread, called by others.
 */
final class PushedCoapMeter implements Meter {
  private final CoapMeterSettings settings;
  private final CoapPeer.Pushes peer;
  private final PackReader reader;
  private final Told told;
  private final PushService service;
  private final LongSupplier nanos;
  private final Rest rest;
  private volatile long aliveAt;

  PushedCoapMeter(
      CoapMeterSettings settings,
      CoapPeer.Pushes peer,
      PackReader reader,
      ObservedCoapMeter.Telling telling,
      PushService service) {
    this.settings = settings;
    this.peer = peer;
    this.reader = reader;
    this.told = telling.told();
    this.rest = telling.rest();
    this.nanos = telling.nanos();
    this.service = service;
    this.aliveAt = nanos.getAsLong();
  }

  @Override
  public String id() {
    return settings.id();
  }

  CoapSecurity security() {
    return settings.security();
  }

  String path() {
    return peer.path();
  }

  @Override
  public List<Observation> poll() {
    if (rest.isResting()) {
      return List.of(rest.failure());
    }
    try {
      service.open(this);
    } catch (CoapFailure e) {
      return List.of(rest.begin(e));
    }
    Duration most = Duration.ofMillis(settings.profile().maxAgeMillis());
    return nanos.getAsLong() - aliveAt < most.toNanos()
        ? List.of()
        : List.of(
            new Observation.Bad(
                id(),
                "coap.silent",
                "the meter sent nothing to "
                    + path()
                    + " for "
                    + most.toSeconds()
                    + " s: check its supply, its network and where it sends to"));
  }

  /** Takes what came from a peer that is this meter. */
  PushAnswer receive(Request request) {
    try {
      List<Observation> read = reader.read(request);
      aliveAt = nanos.getAsLong();
      return told.tell(read)
          ? new PushAnswer(ResponseCode.CHANGED, "")
          : new PushAnswer(ResponseCode.TOO_MANY_REQUESTS, "at most one a second");
    } catch (CoapFailure e) {
      told.refuse(new Observation.Bad(id(), e.code(), e.reason()));
      return new PushAnswer(
          e.code().equals("coap.content-format")
              ? ResponseCode.UNSUPPORTED_CONTENT_FORMAT
              : ResponseCode.BAD_REQUEST,
          e.reason());
    }
  }

  /** Says whether a request without DTLS comes from where this meter is. */
  boolean isFrom(InetSocketAddress source) {
    return Objects.equals(new InetSocketAddress(peer.from(), 0).getAddress(), source.getAddress());
  }

  void refuse(String code, String reason) {
    told.refuse(new Observation.Refused(id(), code, reason));
  }

  /** Nothing: the socket stays open for the others. */
  @Override
  public void close() {}
}
