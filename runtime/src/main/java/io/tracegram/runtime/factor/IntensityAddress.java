package io.tracegram.runtime.factor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where intensities are fetched, and how often.
 *
 * @param url answered by GET
 * @param every wait between two fetches
 * @param token what proves who asks, if anything does
 */
public record IntensityAddress(URI url, Duration every, Optional<Token> token) {

  /**
   * A secret in a file, read before each fetch and never logged.
   *
   * @param header that carries it; {@code Authorization} carries it as a bearer token
   */
  public record Token(String header, Path file) {}

  /** Returns the URL without its query, for messages. */
  String shown() {
    String text = url.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
