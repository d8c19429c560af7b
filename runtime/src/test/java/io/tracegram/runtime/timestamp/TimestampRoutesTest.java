package io.tracegram.runtime.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store keeps is served, and nothing else of the disk. */
class TimestampRoutesTest {
  private static final byte[] TOKEN = {1, 2, 3};

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path log;
  private int port;

  TimestampRoutesTest(@TempDir Path directory) {
    log = directory.resolve("log");
  }

  @BeforeEach
  void serve() throws Exception {
    Files.createDirectories(log);
    Files.writeString(log.resolve("secret"), "secret");
    TimestampStore store = new TimestampStore(log);
    store.keep(TimestampAuthorityTest.note(7));
    store.put(7, "tsa-1", TOKEN);
    Files.writeString(log.resolve("timestamps/7/secret"), "secret");
    Router router = Router.router(vertx);
    new TimestampRoutes(vertx, log).mount(router);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    port = server.actualPort();
  }

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void servesIndexCheckpointsAndTokensAsTheyLieOnDisk() throws Exception {
    assertThat(get("index").body()).asString(StandardCharsets.US_ASCII).isEqualTo("7/tsa-1.tsr\n");
    assertThat(get("7/checkpoint").body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(TimestampAuthorityTest.note(7).format());
    HttpResponse<byte[]> token = get("7/tsa-1.tsr");
    assertThat(token.body()).isEqualTo(TOKEN);
    assertThat(token.headers().firstValue("content-type")).hasValue("application/timestamp-reply");
    StoredTimestamps stored = StoredTimestamps.read(log);
    assertThat(stored.checkpoints().getFirst().responses()).containsOnlyKeys("tsa-1");
  }

  @Test
  void servesNothingElse() throws Exception {
    for (String path :
        List.of(
            "7/secret",
            "7/../../secret",
            "7/..%2F..%2Fsecret",
            "../secret",
            "07/checkpoint",
            "8/checkpoint",
            "7/TSA.tsr",
            "7/tsa-2.tsr",
            "7",
            "")) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).asString(StandardCharsets.UTF_8).doesNotContain("secret");
    }
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/log/timestamps/" + path))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
