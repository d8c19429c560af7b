package io.tracegram.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebShellTest {
  private final Vertx vertx = Vertx.vertx();
  private final Assets assets = new Assets(WebShellTest.class, List.of());
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeAll
  void serve() throws Exception {
    WebShell shell =
        new WebShell(
            vertx, WebAddress.loopback(0), assets, problem -> "<h1>" + problem.title() + "</h1>");
    shell.router().get("/page").handler(request -> Answer.html(request, "<p>hello</p>"));
    shell.router().post("/change").handler(request -> Answer.html(request, "changed"));
    shell
        .router()
        .get("/api/v1/broken")
        .handler(
            request -> {
              throw new IllegalStateException("secret of the house");
            });
    shell
        .router()
        .get("/api/v1/picky")
        .handler(
            request -> {
              throw RequestRefused.bad("step must be a multiple of 15 minutes");
            });
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void everyAnswerCarriesTheStrictPolicy() throws Exception {
    for (String path : List.of("/page", "/nowhere", "/api/v1/broken")) {
      HttpResponse<String> answer = get(path, "text/html");
      assertThat(answer.headers().firstValue("content-security-policy"))
          .as(path)
          .hasValueSatisfying(
              policy ->
                  assertThat(policy)
                      .contains("default-src 'self'", "frame-ancestors 'none'")
                      .doesNotContain("unsafe"));
      assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    }
  }

  @Test
  void refusesAHostNameThatIsNotOurs() throws Exception {
    assertThat(raw("GET /page HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ")
        .doesNotContain("hello");
    assertThat(raw("GET /page HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("hello");
  }

  @Test
  void refusesAChangeAskedByAnotherSitesPage() throws Exception {
    String request = "POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
    assertThat(raw(request + "Sec-Fetch-Site: cross-site\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(raw(request + "\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void programsGetProblemDetailsWithTheReason() throws Exception {
    HttpResponse<String> answer = get("/api/v1/picky", "*/*");
    JsonNode problem = Json.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(problem.path("detail").textValue())
        .isEqualTo("step must be a multiple of 15 minutes");
    assertThat(problem.path("status").intValue()).isEqualTo(400);
  }

  @Test
  void peopleGetAPageAndNobodyAStackTrace() throws Exception {
    HttpResponse<String> missing = get("/nowhere", "text/html");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("<h1>Not found</h1>");
    HttpResponse<String> broken = get("/api/v1/broken", "text/html");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("secret", "Exception");
  }

  @Test
  void methodsThatAreNotOfferedAreRefused() throws Exception {
    assertThat(raw("DELETE /page HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("application/problem+json");
  }

  @Test
  void assetsAreKeptForAYearUnderTheirHash() throws Exception {
    String url = assets.url("htmx.js");
    HttpResponse<String> answer = get(url, "*/*");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    String tag = answer.headers().firstValue("etag").orElseThrow();
    HttpRequest again = HttpRequest.newBuilder(uri(url)).header("If-None-Match", tag).build();
    assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    assertThat(get("/assets/0000000000000000/htmx.js", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoAsk() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(assets.url("htmx.js")))
            .header("Accept-Encoding", "gzip")
            .build();
    assertThat(
            client
                .send(request, BodyHandlers.ofByteArray())
                .headers()
                .firstValue("content-encoding"))
        .hasValue("gzip");
  }

  @Test
  void staysWithTheHttpThatBrowsersSpeakInTheClear() throws Exception {
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri("/page")).version(HttpClient.Version.HTTP_2).build(),
                    BodyHandlers.ofString())
                .version())
        .isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void refusesOverlongRequestsAndLivesOn() throws Exception {
    assertThat(raw("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 414 ");
    assertThat(raw("\u0000\u0001garbage\r\n\r\n")).doesNotContain("200 OK");
    assertThat(get("/page", "text/html").statusCode()).isEqualTo(200);
  }

  @Test
  void isNotShownToTheNetworkWithoutANamedHost() {
    assertThatThrownBy(() -> new WebAddress("0.0.0.0", 8080, Set.of()))
        .hasMessageContaining("host names");
    assertThat(new WebAddress("0.0.0.0", 8080, Set.of("Plant.Example")).isCalled("plant.example"))
        .isTrue();
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
