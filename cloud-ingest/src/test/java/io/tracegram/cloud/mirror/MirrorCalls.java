package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.replication.OriginHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Raw requests to a mirror, about the {@link SampleLog}. */
final class MirrorCalls implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  /**
   * @param url ends with a slash
   */
  MirrorCalls(URI url) {
    this.url = url;
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> upload(byte[] body) throws Exception {
    return client.send(
        uploading().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> uploadCompressed(byte[] body) throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    }
    return client.send(
        uploading()
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends half of an upload, and then nothing more. */
  Socket hang(byte[] body) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    String head =
        "POST %sadd-entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(url.getPath(), body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body, 0, body.length / 2);
    socket.getOutputStream().flush();
    return socket;
  }

  /** Gets a resource of the copy. */
  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(copy(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  byte[] bytes(String path) throws Exception {
    return client
        .send(HttpRequest.newBuilder(copy(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder uploading() {
    return HttpRequest.newBuilder(url.resolve("add-entries"))
        .header("Content-Type", "application/octet-stream");
  }

  private URI copy(String path) {
    return URI.create(url + OriginHash.of(SampleLog.KEY.name()) + "/" + path);
  }
}
