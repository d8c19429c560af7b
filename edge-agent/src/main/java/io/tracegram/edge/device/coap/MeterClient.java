package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.jspecify.annotations.Nullable;

/** Asks one meter that serves a resource. Single-threaded, but for {@link #believed}. */
final class MeterClient implements AutoCloseable {
  /** Besides the meter's own timeout: two flights of each side, and what they cost to compute. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private final CoapMeterSettings settings;
  private final CoapPeer.Serves peer;
  private final CoapNetwork network;
  private volatile PeerIdentity identity = new PeerIdentity.Anybody();
  private @Nullable Endpoint own;
  private boolean met;

  MeterClient(CoapMeterSettings settings, CoapPeer.Serves peer, CoapNetwork network) {
    this.settings = settings;
    this.peer = peer;
    this.network = network;
  }

  /** Returns the socket over which the meter is asked; opens it if need be. */
  Endpoint endpoint() throws CoapFailure {
    try {
      if (settings.security() instanceof CoapSecurity.None) {
        return network.plain();
      }
      if (own == null) {
        identity = PeerIdentity.of(settings.security());
        own = network.secure(settings.security(), identity);
        met = false;
      }
      return own;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new CoapFailure("coap.cannot-open", "no socket to ask it: " + e.getMessage());
    }
  }

  /** Returns a request for the meter's resource, not yet sent. */
  Request request() throws CoapFailure {
    HostPort address = peer.address();
    InetSocketAddress where = new InetSocketAddress(address.host(), address.port());
    if (where.isUnresolved()) {
      throw new CoapFailure("coap.unreachable", "there is no host " + address.host());
    }
    Request request = Request.newGet();
    request.setDestinationContext(new AddressEndpointContext(where));
    request.setScheme(settings.security() instanceof CoapSecurity.None ? "coap" : "coaps");
    request.getOptions().setUriPath(peer.path().substring(1));
    request.setUriIsApplied();
    request.getOptions().setAccept(settings.profile().format().contentFormat());
    return request;
  }

  /** Returns how long to wait for an answer. */
  Duration patience() {
    boolean handshake = !(settings.security() instanceof CoapSecurity.None) && !met;
    return handshake ? settings.timeout().plus(HANDSHAKE) : settings.timeout();
  }

  /** Returns an answer that says something, from the meter that is meant. */
  Response believed(Response response) throws CoapFailure {
    if (!identity.is(response.getSourceContext().getPeerIdentity())) {
      throw new CoapFailure(
          "coap.wrong-identity",
          where() + " shows by DTLS another identity than the plant file says: correct 'dtls'");
    }
    if (response.getCode() != ResponseCode.CONTENT) {
      throw new CoapFailure(
          "coap.answer",
          where()
              + " answers "
              + response.getCode().text
              + " "
              + response.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": check the path in its address");
    }
    met = true;
    return response;
  }

  /** Returns why no answer came. */
  CoapFailure unanswered(Request request) {
    if (request.getOnResponseError() != null) {
      return new CoapFailure(
          "coap.too-large",
          where()
              + " answers more than "
              + CoapNetwork.MOST_BYTES
              + " bytes, or blocks that do not fit");
    }
    if (request.getSendError() != null) {
      return new CoapFailure(
          settings.security() instanceof CoapSecurity.None ? "coap.unreachable" : "coap.handshake",
          "cannot talk to "
              + where()
              + " ("
              + request.getSendError().getMessage()
              + "): check address and 'dtls'");
    }
    return new CoapFailure(
        request.isRejected() ? "coap.rejected" : "coap.timeout",
        "no whole answer from "
            + where()
            + " within "
            + patience().toMillis()
            + " ms: check its address, its supply and 'dtls'");
  }

  String where() {
    return peer.toString();
  }

  /** Forgets a DTLS session that may be dead; what is asked next makes another. */
  void forget() {
    if (own != null) {
      own.destroy();
      own = null;
    }
  }

  @Override
  public void close() {
    forget();
  }
}
