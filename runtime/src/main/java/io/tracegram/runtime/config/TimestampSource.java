package io.tracegram.runtime.config;

import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time-stamping authority and how often it is asked. Immutable.
 *
 * @param url where it takes RFC 3161 requests over HTTP
 * @param every length of the periods, counted from midnight UTC, in each of which one checkpoint is
 *     stamped; at least a minute, at most a day
 */
public record TimestampSource(TimestampAuthority authority, URI url, Duration every) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Reads the list {@code timestamps} of a file. */
  static List<TimestampSource> read(YamlMap yaml) {
    References names = new References("timestamp authority");
    List<TimestampSource> sources = new ArrayList<>();
    for (YamlMap item : yaml.optionalList("timestamps").maps()) {
      String name = item.id("name");
      names.declare(item, "name", name);
      source(item, name).ifPresent(sources::add);
      item.close();
    }
    return sources;
  }

  private static Optional<TimestampSource> source(YamlMap item, String name) {
    URI url = item.url("url");
    Duration every = item.duration("every", DAY);
    Optional<String> policy = item.optionalValue("policy", TimestampAuthority::checkedPolicy);
    if (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(DAY) > 0) {
      item.error("every", "bad-value", "'every' must be from 1m to 1d");
    }
    List<X509Certificate> anchors = anchors(item);
    return name.isEmpty() || anchors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TimestampSource(new TimestampAuthority(name, anchors, policy), url, every));
  }

  private static List<X509Certificate> anchors(YamlMap item) {
    boolean given = item.has("anchor");
    var file = item.path("anchor");
    if (!given) {
      return List.of();
    }
    try {
      return TimestampAuthority.readAnchors(file);
    } catch (IOException e) {
      item.error("anchor", "bad-anchor", String.valueOf(e.getMessage()));
      return List.of();
    }
  }
}
