package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log served over HTTP: a tlog-tiles prefix, or a gateway's address, whose prefix is /log.
 * Redirects are not followed; an answer is bounded in length and time. Thread-safe.
 */
public final class HttpSource implements LogSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_INDEX = 1 << 20;
  private static final Pattern TIMESTAMP =
      Pattern.compile("(?<size>[1-9][0-9]{0,17})/[a-z0-9-]{1,64}\\.tsr");

  private final HttpClient client;
  private final String prefix;
  private final Duration timeout;

  public HttpSource(URI address) {
    this(address, TIMEOUT);
  }

  /**
   * @param timeout of one answer, from request to last byte
   */
  HttpSource(URI address, Duration timeout) {
    String text = address.toString().replaceAll("/+$", "");
    boolean bare = address.getPath() == null || address.getPath().replace("/", "").isEmpty();
    this.prefix = bare ? text + "/log" : text;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public String checkpoint() throws IOException {
    byte[] bytes =
        get("checkpoint", TileLimits.TEXT_BYTES)
            .orElseThrow(() -> new IOException("no checkpoint at " + prefix + "/checkpoint"));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("the checkpoint is not UTF-8 text");
    }
  }

  @Override
  public Optional<byte[]> tile(TilePath path) throws IOException {
    return get(path.toString(), TileLimits.bytes(path));
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
  public Map<String, byte[]> timestamps(long size) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    byte[] index = get("timestamps/index", MAX_INDEX).orElse(new byte[0]);
    for (String line : new String(index, StandardCharsets.UTF_8).lines().toList()) {
      Matcher name = TIMESTAMP.matcher(line);
      if (name.matches() && Long.parseLong(name.group("size")) <= size) {
        for (String file : List.of(line, name.group("size") + "/checkpoint")) {
          if (!found.containsKey(file)) {
            get("timestamps/" + file, TileLimits.TEXT_BYTES)
                .ifPresent(bytes -> found.put(file, bytes));
          }
        }
      }
    }
    return found;
  }

  @Override
  public FilesReport files(long size) {
    return FilesReport.NOTHING;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public String name() {
    return prefix;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** Attacker: answers without end, drop by drop, or from somewhere else. */
  private Optional<byte[]> get(String path, int most) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(prefix + "/" + path)).timeout(timeout).build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), most));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return switch (response.statusCode()) {
        case 200 -> Optional.of(response.body());
        case 404 -> Optional.empty();
        default -> throw new IOException(path + " was answered with " + response.statusCode());
      };
    } catch (TimeoutException e) {
      throw new IOException(path + " was not answered within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(prefix + "/" + path + ": " + reason(cause), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + path, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
