package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Profiles;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.CoapService;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.profile.CoapProfile;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Meters over real sockets, with a clock that a test moves and an ear for what is told. */
final class CoapFixture implements AutoCloseable, ScanHandler {
  static final String SERIAL = "22304717";

  /** 12345.678 kWh. */
  static final String PACK =
      "[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"n\":\"energy\",\"u\":\"kWh\",\"v\":12345.678},"
          + "{\"n\":\"serial\",\"vs\":\"22304717\"}]";

  static final long ENERGY = 12_345_678_000L;

  /** 2026-12-01. */
  static final long NOW_MILLIS = 1_796_083_200_000L;

  final List<Observation> told = new CopyOnWriteArrayList<>();
  final AtomicLong ahead = new AtomicLong();
  final int plainPort = freePort();
  final int securePort = freePort();
  private final CoapMeters meters;

  CoapFixture(Path keys) {
    this(keys, Optional.empty(), Optional.empty());
  }

  CoapFixture(Path keys, Optional<Path> certificate, Optional<Path> key) {
    CoapService service =
        new CoapService(
            new HostPort("127.0.0.1", plainPort),
            new HostPort("127.0.0.1", securePort),
            certificate,
            key);
    meters =
        new CoapMeters(
            new CoapNetwork(service, keys, new SecureRandom()),
            new CoapMeters.Surroundings(
                "agent", this, () -> System.nanoTime() + ahead.get(), () -> NOW_MILLIS));
  }

  Meter served(CoapProfile.Mode mode, HostPort address, CoapSecurity security) {
    return meter(mode, new CoapPeer.Serves(address, "/meter"), security);
  }

  Meter pushing(String path, CoapSecurity security) {
    return meter(CoapProfile.Mode.PUSH, new CoapPeer.Pushes("127.0.0.1", path), security);
  }

  private Meter meter(CoapProfile.Mode mode, CoapPeer peer, CoapSecurity security) {
    return meters.add(
        "m1",
        SERIAL,
        new MeterAccess.Coap(profile(mode, 2_000), peer, security),
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1)));
  }

  /** A meter that is given up soon. */
  Meter impatient(CoapProfile.Mode mode, HostPort address) {
    return meters.add(
        "m1",
        SERIAL,
        new MeterAccess.Coap(
            profile(mode, 300), new CoapPeer.Serves(address, "/meter"), new CoapSecurity.None()),
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1)));
  }

  private static CoapProfile profile(CoapProfile.Mode mode, int timeoutMillis) {
    CoapProfile shipped = (CoapProfile) Profiles.CATALOG.find("generic/coap-senml").orElseThrow();
    return new CoapProfile(
        shipped.id(),
        shipped.vendor(),
        shipped.model(),
        shipped.source(),
        shipped.format(),
        mode,
        timeoutMillis,
        shipped.maxAgeMillis(),
        shipped.records());
  }

  void pass(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  /** Returns the energy of each reading among these observations, mWh. */
  static List<Long> energies(List<Observation> observations) {
    return observations.stream()
        .filter(Observation.Measured.class::isInstance)
        .map(Observation.Measured.class::cast)
        .flatMap(measured -> measured.values().stream())
        .filter(value -> value.register() == Register.ENERGY_IMPORT)
        .map(Observation.Value::baseUnits)
        .toList();
  }

  static List<String> codes(List<Observation> observations) {
    return observations.stream()
        .flatMap(
            observation ->
                switch (observation) {
                  case Observation.Bad bad -> List.of(bad.code()).stream();
                  case Observation.Refused refused -> List.of(refused.code()).stream();
                  case Observation _ -> List.<String>of().stream();
                })
        .toList();
  }

  static int freePort() {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(21_000, 32_768);
      try (DatagramSocket _ = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        if (attempt == 100) throw new IllegalStateException("no port is free", e);
      }
    }
  }

  @Override
  public boolean keep(List<Observation> observations) {
    throw new AssertionError("a meter keeps nothing by itself");
  }

  @Override
  public void note(Observation observation) {
    told.add(observation);
  }

  @Override
  public void close() {
    meters.close();
  }
}
