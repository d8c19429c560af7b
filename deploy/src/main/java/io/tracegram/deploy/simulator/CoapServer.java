package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.CoapEncoder;
import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.Quantity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;

/** Meters behind one CoAP socket, each a resource that gives its SenML. Thread-safe. */
final class CoapServer implements DeviceServer {
  private static final String DEFAULT_SERIAL = "20000001";
  private static final int MOST_PEERS = 64;

  private final HostPort listen;
  private final CoapEndpoint endpoint;
  private final Map<String, Pack> packs = new ConcurrentHashMap<>();

  /** What a meter shows now. */
  private static final class Pack {
    private final int contentFormat;
    private final byte[] bytes;

    Pack(int contentFormat, byte[] bytes) {
      this.contentFormat = contentFormat;
      this.bytes = bytes;
    }
  }

  CoapServer(HostPort listen) {
    this.listen = listen;
    endpoint =
        CoapEndpoint.builder()
            .setConfiguration(
                new Configuration(
                        SystemConfig.DEFINITIONS, CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS)
                    .set(CoapConfig.MAX_ACTIVE_PEERS, MOST_PEERS)
                    .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1))
            .setInetSocketAddress(new InetSocketAddress(listen.host(), listen.port()))
            .build();
    endpoint.setMessageDeliverer(new Desk());
  }

  /**
   * Returns a meter's display.
   *
   * @param path of its resource, with a leading slash
   * @param declaredSerial empty if none is declared
   */
  MeterDisplay add(CoapProfile profile, String path, String declaredSerial) {
    String serial = declaredSerial.isEmpty() ? DEFAULT_SERIAL : declaredSerial;
    MeterDisplay display =
        (energy, power) ->
            packs.put(
                path,
                new Pack(
                    profile.format().contentFormat(),
                    CoapEncoder.encode(
                        profile,
                        serial,
                        Map.of(Quantity.ENERGY_IMPORT, energy, Quantity.POWER, power))));
    display.show(0, 0);
    return display;
  }

  @Override
  public void start() throws IOException {
    try {
      endpoint.start();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    endpoint.destroy();
  }

  private Response answer(Request request) {
    Pack pack = packs.get("/" + request.getOptions().getUriPathString());
    if (pack == null) {
      return new Response(ResponseCode.NOT_FOUND);
    }
    if (request.getCode() != Code.GET) {
      return new Response(ResponseCode.METHOD_NOT_ALLOWED);
    }
    if (request.getOptions().hasAccept() && !request.getOptions().isAccept(pack.contentFormat)) {
      return new Response(ResponseCode.NOT_ACCEPTABLE);
    }
    Response response = new Response(ResponseCode.CONTENT);
    response.getOptions().setContentFormat(pack.contentFormat);
    response.setPayload(pack.bytes);
    return response;
  }

  private final class Desk implements MessageDeliverer {
    @Override
    public void deliverRequest(Exchange exchange) {
      exchange.sendResponse(answer(exchange.getRequest()));
    }

    /** Meters ask nothing. */
    @Override
    public void deliverResponse(Exchange exchange, Response response) {}
  }
}
