package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an agent listens for meters that push, and how it shows by DTLS who it is. Immutable.
 *
 * @param plain without DTLS
 * @param secure with DTLS
 * @param certificate PEM file of its certificate and those that vouch for it
 * @param key PEM file of the certificate's private key, PKCS #8
 */
public record CoapService(
    HostPort plain, HostPort secure, Optional<Path> certificate, Optional<Path> key) {
  /** Hears only this machine. */
  public static final CoapService LOOPBACK =
      new CoapService(
          new HostPort("127.0.0.1", 5683),
          new HostPort("127.0.0.1", 5684),
          Optional.empty(),
          Optional.empty());

  static CoapService read(YamlMap yaml) {
    CoapService read =
        new CoapService(
            yaml.optionalValue("plain", Scalars::hostPort).orElse(LOOPBACK.plain),
            yaml.optionalValue("secure", Scalars::hostPort).orElse(LOOPBACK.secure),
            yaml.optionalPath("certificate"),
            yaml.optionalPath("key"));
    if (read.certificate.isPresent() != read.key.isPresent()) {
      yaml.error(
          read.key.isPresent() ? "key" : "certificate",
          "missing-key",
          "'certificate' and 'key' go together");
    }
    yaml.close();
    return read;
  }

  /** Reports meters that ask for a certificate which the agent has not. */
  static void check(YamlMap yaml, AgentFile agent) {
    for (MeterConnection meter : agent.plant().meters()) {
      if (agent.reads().contains(meter.id())
          && agent.coap().certificate().isEmpty()
          && meter.access() instanceof MeterAccess.Coap coap
          && coap.security() instanceof CoapSecurity.Certificate) {
        yaml.error(
            "coap",
            "missing-key",
            "'"
                + meter.id()
                + "' asks for a certificate: give 'certificate' and 'key' under 'coap'");
      }
    }
  }
}
