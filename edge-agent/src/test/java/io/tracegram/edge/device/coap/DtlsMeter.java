package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;

/** A meter that serves its pack over DTLS, or pushes it. */
final class DtlsMeter implements AutoCloseable {
  private final CoapEndpoint endpoint;
  private final CoapServer server;
  final AtomicInteger asked = new AtomicInteger();

  /**
   * @param setup what it shows, and whom it believes
   */
  DtlsMeter(Consumer<DtlsConnectorConfig.Builder> setup) throws IOException {
    Configuration configuration =
        new Configuration(
                SystemConfig.DEFINITIONS,
                CoapConfig.DEFINITIONS,
                UdpConfig.DEFINITIONS,
                DtlsConfig.DEFINITIONS)
            .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false)
            .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 300, TimeUnit.MILLISECONDS)
            .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 1)
            .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false);
    DtlsConnectorConfig.Builder dtls =
        DtlsConnectorConfig.builder(configuration)
            .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    setup.accept(dtls);
    endpoint =
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setConnector(new DTLSConnector(dtls.build()))
            .build();
    server = new CoapServer(configuration);
    server.addEndpoint(endpoint);
    server.add(
        new CoapResource("meter") {
          @Override
          public void handleGET(CoapExchange exchange) {
            asked.incrementAndGet();
            exchange.respond(ResponseCode.CONTENT, CoapFixture.PACK, UdpPeer.JSON);
          }
        });
    server.start();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", endpoint.getAddress().getPort());
  }

  /** Returns the answer to a push; null if none comes. */
  CoapResponse push(int port, String path) throws ConnectorException, IOException {
    CoapClient client = new CoapClient("coaps://127.0.0.1:" + port + path);
    client.setEndpoint(endpoint).setTimeout(4_000L);
    return client.post(CoapFixture.PACK, UdpPeer.JSON);
  }

  @Override
  public void close() {
    server.destroy();
  }
}
