package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.profile.CoapProfile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads how a meter that speaks CoAP is reached, and how it shows who it is. Single-threaded. */
final class CoapAccessReader {
  private static final int PORT = 5683;
  private static final int SECURE_PORT = 5684;
  private static final int LONGEST_PATH = 128;
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
  private static final Pattern IDENTITY = Pattern.compile("[!-~]{1,64}");
  private static final Pattern SUBJECT = Pattern.compile("[!-~][ -~]{0,63}");
  private static final Pattern NUMERIC =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final DeviceAddresses addresses;
  private final Set<Object> identities = new HashSet<>();

  CoapAccessReader(DeviceAddresses addresses) {
    this.addresses = addresses;
  }

  /** Returns the way to the meter, empty if a problem was reported. */
  Optional<MeterAccess> read(YamlMap yaml, String id, CoapProfile shipped) {
    int errorsBefore = yaml.diagnostics().errorCount();
    CoapProfile profile =
        shipped.withMode(yaml.oneOf("mode", CoapProfile.Mode.class, shipped.mode()));
    CoapSecurity security =
        yaml.optionalMap("dtls").map(this::security).orElseGet(CoapSecurity.None::new);
    CoapPeer peer =
        switch (profile.mode()) {
          case POLL, OBSERVE -> serves(yaml, id, security);
          case PUSH -> pushes(yaml, id, security);
        };
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(new MeterAccess.Coap(profile, peer, security));
  }

  private CoapPeer serves(YamlMap yaml, String id, CoapSecurity security) {
    boolean plain = security instanceof CoapSecurity.None;
    CoapPeer.Serves serves =
        yaml.value(
            "address",
            text -> address(text, plain),
            new CoapPeer.Serves(new HostPort("invalid", PORT), "/invalid"));
    addresses.claim(yaml, "address", serves.toString(), id);
    return serves;
  }

  private static CoapPeer.Serves address(String text, boolean plain) {
    String scheme = plain ? "coap" : "coaps";
    String expected =
        "must be "
            + scheme
            + "://host:port/path"
            + (plain ? " (coaps:// with 'dtls')" : "")
            + ", not '"
            + text
            + "'";
    try {
      URI uri = new URI(text);
      String path = String.valueOf(uri.getRawPath());
      if (!scheme.equals(uri.getScheme())
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getPort() == 0
          || uri.getPort() > 65_535
          || path.length() > LONGEST_PATH
          || !PATH.matcher(path).matches()) {
        throw new IllegalArgumentException(expected);
      }
      int port = uri.getPort() < 0 ? (plain ? PORT : SECURE_PORT) : uri.getPort();
      return new CoapPeer.Serves(
          new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), port), path);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private CoapPeer pushes(YamlMap yaml, String id, CoapSecurity security) {
    String path =
        yaml.value(
            "path",
            text -> Scalars.matching(text, PATH, "a path such as /meters/chiller"),
            "/invalid");
    addresses.claim(yaml, "path", "the agent's CoAP resource " + path, id);
    String from =
        security instanceof CoapSecurity.None
            ? yaml.value(
                "from",
                text -> Scalars.matching(text, NUMERIC, "the numeric address that it sends from"),
                "")
            : "";
    unshared(yaml, security);
    return new CoapPeer.Pushes(from, path);
  }

  private CoapSecurity security(YamlMap yaml) {
    Map<String, Function<YamlMap, CoapSecurity>> ways =
        Map.of(
            "psk", CoapAccessReader::preShared,
            "publicKey", CoapAccessReader::rawKey,
            "trust", CoapAccessReader::certificate);
    Set<String> given = new HashSet<>();
    for (String way : ways.keySet()) {
      if (yaml.has(way)) {
        given.add(way);
      }
    }
    CoapSecurity read = new CoapSecurity.None();
    if (given.size() == 1) {
      read =
          ways.getOrDefault(given.iterator().next(), known -> new CoapSecurity.None()).apply(yaml);
    } else {
      yaml.error(
          "psk",
          "bad-value",
          "'dtls' has either 'psk' with 'identity', 'publicKey', or 'trust' with 'subject'");
      yaml.has("identity");
      yaml.has("subject");
    }
    yaml.close();
    return read;
  }

  /** Of two meters that push with one identity, each could speak for the other. */
  private void unshared(YamlMap yaml, CoapSecurity security) {
    Object identity =
        switch (security) {
          case CoapSecurity.None none -> none;
          case CoapSecurity.PreSharedKey shared -> shared.identity();
          case CoapSecurity.RawPublicKey raw -> raw.key();
          case CoapSecurity.Certificate certificate -> "CN=" + certificate.subject();
        };
    if (!(identity instanceof CoapSecurity.None) && !identities.add(identity)) {
      yaml.error("dtls", "duplicate-identity", "another meter that pushes shows the same identity");
    }
  }

  private static CoapSecurity preShared(YamlMap yaml) {
    return new CoapSecurity.PreSharedKey(
        yaml.value(
            "identity",
            text -> Scalars.matching(text, IDENTITY, "printable without spaces, at most 64 long"),
            ""),
        yaml.path("psk"));
  }

  private static CoapSecurity rawKey(YamlMap yaml) {
    Optional<PublicKey> key = yaml.publicKey("publicKey");
    if (key.isEmpty()) {
      return new CoapSecurity.None();
    }
    if (key.get().algorithm() != Algorithm.ES256) {
      yaml.error("publicKey", "bad-value", "'publicKey' must be es256:HEX or file:PATH of one");
    }
    return new CoapSecurity.RawPublicKey(key.get());
  }

  private static CoapSecurity certificate(YamlMap yaml) {
    return new CoapSecurity.Certificate(
        yaml.path("trust"),
        yaml.value(
            "subject",
            text -> Scalars.matching(text, SUBJECT, "the common name of the meter's certificate"),
            ""));
  }
}
