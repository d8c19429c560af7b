package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A log served over HTTP: a tlog-tiles prefix, or a gateway's address, whose prefix is /log. */
public final class HttpSource implements LogSource, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String prefix;

  public HttpSource(URI address) {
    String text = address.toString().replaceAll("/+$", "");
    boolean bare = address.getPath() == null || address.getPath().replace("/", "").isEmpty();
    this.prefix = bare ? text + "/log" : text;
  }

  @Override
  public String checkpoint() throws IOException {
    return get("checkpoint")
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IOException("no checkpoint at " + prefix + "/checkpoint"));
  }

  @Override
  public Optional<byte[]> tile(TilePath path) throws IOException {
    return get(path.toString());
  }

  @Override
  public Optional<String> ownVkey() {
    return Optional.empty();
  }

  @Override
  public Optional<PublicKey> ownGatewayKey() {
    return Optional.empty();
  }

  @Override
  public Optional<String> ownPolicy() {
    return Optional.empty();
  }

  @Override
  public String name() {
    return prefix;
  }

  @Override
  public void close() {
    client.close();
  }

  private Optional<byte[]> get(String path) throws IOException {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(prefix + "/" + path)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> Optional.of(response.body());
        case 404 -> Optional.empty();
        default -> throw new IOException(path + " answered " + response.statusCode());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + path, e);
    }
  }
}
