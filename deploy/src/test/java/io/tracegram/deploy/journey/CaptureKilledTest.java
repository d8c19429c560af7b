package io.tracegram.deploy.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.deploy.bench.BenchEpcis;
import io.tracegram.runtime.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own, killed while documents are captured. */
@Timeout(300)
class CaptureKilledTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SENDERS = 4;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger next = new AtomicInteger();

  /** Documents by the job that took them. */
  private final Map<String, Integer> accepted = new ConcurrentHashMap<>();

  /** Documents whose job was seen to have succeeded. */
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final List<Process> started = new ArrayList<>();
  private volatile String base = "";

  CaptureKilledTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void whatWasAcknowledgedIsThereOnceWhatWasNotSaysSoAndTheProjectionIsThatOfTheLog()
      throws Exception {
    Process killed = start();
    List<Thread> senders = send(killed);
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                acknowledged.size() >= ACKNOWLEDGED_BEFORE_KILL
                    && accepted.size() > acknowledged.size());
    killed.destroyForcibly();
    assertThat(killed.waitFor()).isNotZero();
    for (Thread sender : senders) {
      sender.join(LONG);
    }
    assertThat(accepted).as("jobs were under way").hasSizeGreaterThan(acknowledged.size());

    Process again = start();
    Set<String> expected = new TreeSet<>();
    List<Integer> forgotten = new ArrayList<>();
    for (Map.Entry<String, Integer> job : accepted.entrySet()) {
      HttpResponse<String> state = get("/epcis/capture/" + job.getKey());
      if (state.statusCode() == 200) {
        assertThat(Json.parse(state.body()).path("success").asBoolean()).as(state.body()).isTrue();
        assertThat(Json.parse(state.body()).path("running").asBoolean()).isFalse();
        expected.addAll(ids(job.getValue()));
      } else {
        assertThat(state.statusCode()).isEqualTo(404);
        assertThat(state.body()).contains("send the document again");
        assertThat(acknowledged).doesNotContain(job.getValue());
        forgotten.add(job.getValue());
      }
    }
    // a document whose sender never heard of its job may be there too, whole
    List<String> found = found();
    assertThat(found).doesNotHaveDuplicates().containsAll(expected);
    assertThat(found.size()).isLessThanOrEqualTo(expected.size() + SENDERS * size(0));
    for (int document : forgotten) {
      assertThat(found).doesNotContainAnyElementsOf(ids(document));
      captured(document);
    }
    captured(0);
    List<String> all = found();
    assertThat(all).as("each once, those sent again too").doesNotHaveDuplicates();
    List<String> kept = listing();

    stop(again);
    Files.delete(directory.resolve("epcis/events.db"));
    Process rebuilt = start();
    assertThat(listing()).isEqualTo(kept);
    stop(rebuilt);
  }

  /** Captures documents from several threads until the process is gone. */
  private List<Thread> send(Process gateway) {
    return IntStream.range(0, SENDERS)
        .mapToObj(
            sender ->
                Thread.ofPlatform()
                    .daemon()
                    .start(
                        () -> {
                          try {
                            while (gateway.isAlive()) {
                              captured(next.getAndIncrement());
                            }
                          } catch (IOException e) {
                            // killed under it, as it is to be
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                        }))
        .toList();
  }

  private void captured(int document) throws IOException, InterruptedException {
    HttpResponse<String> taken =
        client.send(
            HttpRequest.newBuilder(URI.create(base + "/epcis/capture"))
                .timeout(LONG)
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(document(document)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (taken.statusCode() != 202) {
      throw new AssertionError(taken.body());
    }
    String job = taken.headers().firstValue("location").orElseThrow();
    accepted.put(job.substring(job.lastIndexOf('/') + 1), document);
    String state = get(job).body();
    while (state.contains("\"running\":true")) {
      state = get(job).body();
    }
    if (!state.contains("\"success\":true")) {
      throw new AssertionError(state);
    }
    acknowledged.add(document);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).timeout(LONG).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the ids of all events that are found. */
  private List<String> found() throws IOException, InterruptedException {
    return listing().stream()
        .filter(line -> line.startsWith("{\"eventID\""))
        .map(line -> Json.parse(line).path("eventID").asText())
        .toList();
  }

  /** Returns every event with its evidence, in the order of recording. */
  private List<String> listing() throws IOException, InterruptedException {
    List<String> listing = new ArrayList<>();
    String path = "/epcis/events?perPage=500&orderBy=recordTime&orderDirection=ASC";
    while (!path.isEmpty()) {
      HttpResponse<String> page = get(path);
      JsonNode answer = Json.parse(page.body());
      answer
          .at("/epcisBody/queryResults/resultsBody/eventList")
          .forEach(event -> listing.add(event.toString()));
      answer.path("tracegram:evidence").forEach(evidence -> listing.add("by " + evidence));
      path =
          page.headers()
              .firstValue("link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse("");
    }
    return listing;
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/tracegram/deploy/bench/logback.xml",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                BenchEpcis.class.getName(),
                directory.toString())
            .redirectError(directory.resolve("errors-" + started.size()).toFile())
            .start();
    started.add(process);
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    assertThat(line)
        .as(Files.readString(directory.resolve("errors-" + (started.size() - 1))))
        .startsWith("READY ");
    base = "http://127.0.0.1:" + line.substring(6);
    await().atMost(LONG).until(() -> get("/epcis/events?perPage=1").statusCode() == 200);
    return process;
  }

  private static void stop(Process process) throws IOException, InterruptedException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Every fifth document is larger than a leaf. */
  private static int size(int document) {
    return document % 5 == 0 ? 700 : 20;
  }

  private static List<String> ids(int document) {
    return IntStream.range(0, size(document))
        .mapToObj(
            event -> "urn:uuid:00000000-0000-4000-8000-%012d".formatted(document * 1_000 + event))
        .toList();
  }

  private static String document(int document) {
    return """
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-20T08:00:00Z",
        "epcisBody":{"eventList":[%s]}}"""
        .formatted(
            String.join(
                ",",
                ids(document).stream()
                    .map(
                        id ->
                            """
                            {"eventID":"%s","type":"ObjectEvent","action":"OBSERVE",
                            "eventTime":"2026-11-20T09:00:00.000Z","eventTimeZoneOffset":"+00:00",
                            "epcList":["urn:epc:id:sgtin:0614141.107346.%s"]}"""
                                .formatted(id, id.substring(id.length() - 12)))
                    .toList()));
  }
}
