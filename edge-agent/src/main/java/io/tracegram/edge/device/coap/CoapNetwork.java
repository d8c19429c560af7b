package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.CoapService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.ExecutorsUtil;
import org.eclipse.californium.elements.util.NamedThreadFactory;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;

/**
 * The sockets and threads that an agent's CoAP meters share: one UDP socket for all that are asked
 * without DTLS, two threads for all. Thread-safe; nothing is opened before it is needed.
 */
public final class CoapNetwork implements AutoCloseable {
  static final int MOST_BYTES = 16_384;
  private static final int DATAGRAM = 1_472;
  private static final int MOST_PEERS = 1_024;
  private static final int MOST_REPEATS_KNOWN = 64;

  private final CoapService service;
  private final Path keys;
  private final SecureRandom random;
  private final Configuration configuration = configuration();
  private final ScheduledExecutorService executor =
      ExecutorsUtil.newScheduledThreadPool(2, new NamedThreadFactory("coap#"));
  private final ScheduledExecutorService secondary =
      ExecutorsUtil.newDefaultSecondaryScheduler("coap-timer#");
  private @Nullable Endpoint plain;
  private @Nullable OwnIdentity own;

  /**
   * @param keys directory of the agent's keys
   */
  public CoapNetwork(CoapService service, Path keys, SecureRandom random) {
    this.service = service;
    this.keys = keys;
    this.random = random;
  }

  CoapService service() {
    return service;
  }

  ScheduledExecutorService executor() {
    return executor;
  }

  /** Returns the socket that asks without DTLS. */
  synchronized Endpoint plain() throws IOException {
    if (plain == null) {
      plain = started(builder().setPort(0).build());
    }
    return plain;
  }

  /** Returns a socket that asks one meter over DTLS, owned by the caller. */
  Endpoint secure(CoapSecurity security, PeerIdentity peer) throws IOException {
    DtlsConnectorConfig.Builder setup = DtlsSetup.client(configuration, peer, own(security));
    return started(
        builder()
            .setConnector(new DTLSConnector(setup.setAddress(new InetSocketAddress(0)).build()))
            .build());
  }

  /** Returns what the agent shows where the meter asks for a key or a certificate. */
  synchronized Optional<OwnIdentity> own(CoapSecurity security) throws IOException {
    switch (security) {
      case CoapSecurity.None none -> {
        return Optional.empty();
      }
      case CoapSecurity.PreSharedKey shared -> {
        return Optional.empty();
      }
      case CoapSecurity.RawPublicKey raw -> {
        // the same identity as for certificates
      }
      case CoapSecurity.Certificate certificate -> {
        // loaded below
      }
    }
    if (own == null) {
      own = OwnIdentity.load(service, keys, random);
    }
    return Optional.of(own);
  }

  Configuration settings() {
    return configuration;
  }

  CoapEndpoint.Builder builder() {
    return CoapEndpoint.builder().setConfiguration(configuration);
  }

  Endpoint started(CoapEndpoint endpoint) throws IOException {
    endpoint.setExecutors(executor, secondary);
    try {
      endpoint.start();
      return endpoint;
    } catch (IOException e) {
      endpoint.destroy();
      throw e;
    }
  }

  /** Bounds all that a peer can make us keep; nothing is read from or written to a file. */
  private static Configuration configuration() {
    return new Configuration(
            SystemConfig.DEFINITIONS,
            CoapConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS)
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MOST_BYTES)
        .set(CoapConfig.MAX_MESSAGE_SIZE, 1_024)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, 512)
        .set(CoapConfig.MAX_ACTIVE_PEERS, MOST_PEERS)
        .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
        .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, MOST_REPEATS_KNOWN)
        .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 30, TimeUnit.SECONDS)
        .set(CoapConfig.ACK_TIMEOUT, 500, TimeUnit.MILLISECONDS)
        // meters that fall silent are asked again by us, when their value is too old
        .set(CoapConfig.NOTIFICATION_REREGISTRATION_BACKOFF, 1, TimeUnit.DAYS)
        .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS)
        .set(UdpConfig.UDP_DATAGRAM_SIZE, DATAGRAM)
        .set(UdpConfig.UDP_CONNECTOR_OUT_CAPACITY, MOST_PEERS)
        .set(DtlsConfig.DTLS_MAX_CONNECTIONS, MOST_PEERS)
        .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, 10, TimeUnit.MINUTES)
        .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
        .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
        .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 500, TimeUnit.MILLISECONDS)
        .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 2);
  }

  @Override
  public synchronized void close() {
    if (plain != null) {
      plain.destroy();
      plain = null;
    }
    executor.shutdownNow();
    secondary.shutdownNow();
  }
}
