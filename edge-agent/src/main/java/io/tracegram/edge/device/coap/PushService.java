package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Excerpt;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.DtlsHealth;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;

/**
 * Serves the resources to which meters push, one socket for those without DTLS and one for those
 * with it. Thread-safe. Who is not the meter of a resource is refused, and counted.
 */
final class PushService implements AutoCloseable {
  private final CoapNetwork network;
  private final String agent;
  private final ScanHandler handler;
  private final Map<String, PushedCoapMeter> meters = new ConcurrentHashMap<>();
  private final Map<String, PeerIdentity> identities = new ConcurrentHashMap<>();
  private @Nullable Endpoint plain;
  private @Nullable Endpoint secure;

  /**
   * @param agent id of the agent, which strangers are told of
   */
  PushService(CoapNetwork network, String agent, ScanHandler handler) {
    this.network = network;
    this.agent = agent;
    this.handler = handler;
  }

  void add(PushedCoapMeter meter) {
    meters.put(meter.path(), meter);
  }

  /** Listens for a meter, if that is not done yet. */
  synchronized void open(PushedCoapMeter meter) throws CoapFailure {
    boolean bare = meter.security() instanceof CoapSecurity.None;
    HostPort address = bare ? network.service().plain() : network.service().secure();
    try {
      if (bare && plain == null) {
        plain = listening(network.builder().setInetSocketAddress(socket(address)), false);
      } else if (!bare && !identities.containsKey(meter.path())) {
        identify(meter);
        secure = listening(network.builder().setConnector(dtls(address)), true);
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new CoapFailure(
          "coap.cannot-listen", "cannot listen on " + address + " for it: " + e.getMessage());
    }
  }

  /** Learns who a meter is, with all others that can be learnt; those that can be heard again. */
  private void identify(PushedCoapMeter wanted) throws IOException {
    for (PushedCoapMeter meter : meters.values()) {
      try {
        if (!(meter.security() instanceof CoapSecurity.None)) {
          identities.put(meter.path(), PeerIdentity.of(meter.security()));
        }
      } catch (IOException e) {
        if (meter.equals(wanted)) {
          throw e;
        } // else it says so itself when it is polled
      }
    }
    if (secure != null) {
      secure.destroy();
      secure = null;
    }
  }

  private Endpoint listening(CoapEndpoint.Builder builder, boolean dtls) throws IOException {
    CoapEndpoint endpoint = builder.build();
    endpoint.setMessageDeliverer(new Desk(dtls));
    return network.started(endpoint);
  }

  private DTLSConnector dtls(HostPort address) throws IOException {
    Optional<OwnIdentity> own = Optional.empty();
    for (Map.Entry<String, PeerIdentity> known : identities.entrySet()) {
      PushedCoapMeter meter = meters.get(known.getKey());
      if (own.isEmpty() && meter != null) {
        own = network.own(meter.security());
      }
    }
    DtlsConnectorConfig.Builder setup =
        DtlsSetup.server(network.settings(), List.copyOf(identities.values()), own);
    return new DTLSConnector(
        setup.setAddress(socket(address)).setHealthHandler(new Handshakes()).build());
  }

  private static InetSocketAddress socket(HostPort address) {
    return new InetSocketAddress(address.host(), address.port());
  }

  private PushAnswer answer(Request request, boolean dtls) {
    InetSocketAddress source = request.getSourceContext().getPeerAddress();
    String path = "/" + request.getOptions().getUriPathString();
    PushedCoapMeter meter = meters.get(path);
    if (meter == null) {
      handler.note(
          new Observation.Refused(
              agent,
              "coap.unknown-path",
              source + " sends to " + Excerpt.of(path) + ", where no meter is expected"));
      return new PushAnswer(ResponseCode.NOT_FOUND, "");
    }
    boolean bare = meter.security() instanceof CoapSecurity.None;
    PeerIdentity expected = identities.get(path);
    boolean known =
        bare
            ? !dtls && meter.isFrom(source)
            : dtls && expected != null && expected.is(request.getSourceContext().getPeerIdentity());
    if (!known) {
      meter.refuse(
          "coap.forbidden",
          source + " sends to " + path + " and is not the meter: see its 'from' or 'dtls'");
      return new PushAnswer(ResponseCode.FORBIDDEN, "");
    }
    return request.getCode() == Code.POST || request.getCode() == Code.PUT
        ? meter.receive(request)
        : new PushAnswer(ResponseCode.METHOD_NOT_ALLOWED, "");
  }

  /** Answers what comes over one of the sockets. */
  private final class Desk implements MessageDeliverer {
    private final boolean dtls;

    Desk(boolean dtls) {
      this.dtls = dtls;
    }

    @Override
    public void deliverRequest(Exchange exchange) {
      PushAnswer answer = answer(exchange.getRequest(), dtls);
      Response response = new Response(answer.code());
      if (!answer.text().isEmpty()) {
        response.setPayload(answer.text());
      }
      exchange.sendResponse(response);
    }

    /** Nothing was asked over these sockets. */
    @Override
    public void deliverResponse(Exchange exchange, Response response) {}
  }

  /** Counts the handshakes of strangers. */
  private final class Handshakes implements DtlsHealth {
    @Override
    public void endHandshake(boolean success) {
      if (!success) {
        handler.note(
            new Observation.Refused(
                agent,
                "coap.handshake",
                "a peer did not show by DTLS that it is one of the meters: compare the keys"));
      }
    }

    @Override
    public boolean isEnabled() {
      return true;
    }

    @Override
    public void dump(String tag, int maxConnections, int remaining, int pending) {}

    @Override
    public void startHandshake() {}

    @Override
    public void receivingRecord(boolean drop) {}

    @Override
    public void sendingRecord(boolean drop) {}
  }

  @Override
  public synchronized void close() {
    for (Endpoint endpoint : opened()) {
      endpoint.destroy();
    }
    plain = null;
    secure = null;
    identities.clear();
  }

  private List<Endpoint> opened() {
    List<Endpoint> opened = new ArrayList<>();
    if (plain != null) {
      opened.add(plain);
    }
    if (secure != null) {
      opened.add(secure);
    }
    return opened;
  }
}
