package io.tracegram.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.dashboard.Http;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real gateway with its EPCIS interface on a real socket, and a client of it. */
final class EpcisSite implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway gateway;
  private final GatewayEpcis epcis;
  private final int port;

  EpcisSite(Path data) throws Exception {
    gateway =
        Gateway.open(
            new PlantFixture(data).config(false),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {
              throw new AssertionError("exit " + code);
            });
    WebShell shell =
        new WebShell(
            gateway.vertx(),
            WebAddress.loopback(0),
            new Assets(EpcisSite.class, List.of()),
            problem -> problem.title());
    epcis = new GatewayEpcis(gateway, data, Clock.systemUTC(), new SecureRandom());
    epcis.mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    gateway.start();
    epcis.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/epcis/events").statusCode() == 200);
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return port;
  }

  Http http() {
    return new Http("http://127.0.0.1:" + port);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path, headers);
    if (List.of(headers).stream().noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/ld+json");
    }
    return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  /** Captures a document and returns its job when that has ended. */
  JsonNode captured(String document, String... headers) throws Exception {
    HttpResponse<String> accepted = post("/epcis/capture", document, headers);
    if (accepted.statusCode() != 202) {
      throw new AssertionError(accepted.statusCode() + " " + accepted.body());
    }
    String job = accepted.headers().firstValue("location").orElseThrow();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !Json.parse(get(job).body()).path("running").asBoolean(true));
    return Json.parse(get(job).body());
  }

  /** Returns the events that a query finds, in order. */
  List<JsonNode> found(String query) throws Exception {
    HttpResponse<String> answer = get("/epcis/events?" + query);
    if (answer.statusCode() != 200) {
      throw new AssertionError(query + ": " + answer.body());
    }
    List<JsonNode> events = new ArrayList<>();
    Json.parse(answer.body())
        .at("/epcisBody/queryResults/resultsBody/eventList")
        .forEach(events::add);
    return events;
  }

  /** Returns the ids of the events that a query finds. */
  List<String> ids(String query) throws Exception {
    return found(query).stream().map(event -> event.path("eventID").asText()).toList();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String document(String... events) {
    return """
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        {"ext":"https://ext.example/ns/"}],"type":"EPCISDocument","schemaVersion":"2.0",
        "creationDate":"2026-11-20T08:00:00Z","epcisBody":{"eventList":[%s]}}"""
        .formatted(String.join(",", events));
  }

  /** An event that observes one drum, at an hour of one day. */
  static String event(String id, int hour, String more) {
    return """
        {"eventID":"%s","type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-11-20T%02d:00:00.000Z",
        "eventTimeZoneOffset":"+00:00","epcList":["urn:epc:id:sgtin:0614141.107346.%s"]%s}"""
        .formatted(id, hour, hour, more);
  }

  @Override
  public void close() throws Exception {
    gateway.quiesce();
    epcis.close();
    gateway.stop();
  }
}
