package io.tracegram.deploy.bench;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Captures events into a gateway over HTTP, each job awaited until it is on disk and found by
 * queries, then asks which events an item was in. Single-threaded but for the senders.
 */
public final class EpcisBench {
  /** Events of one document. */
  private static final int PER_DOCUMENT = 500;

  private static final int SENDERS = 4;
  private static final int QUERIES = 2_000;
  private static final long STOP_SECONDS = 120;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Path data;
  private final int events;
  private final HttpClient client = HttpClient.newHttpClient();
  private String base = "";

  /**
   * @param directory for the gateway's data
   * @param events to capture; each has an item in common with the one before it
   */
  public EpcisBench(Path directory, int events) {
    this.data = directory.resolve("gateway");
    this.events = events;
  }

  /** Measures. */
  public EpcisResult run(Consumer<String> progress) throws Exception {
    Files.createDirectories(data);
    Process gateway = BenchProcess.launch(BenchEpcis.class, "1024m", data.toString());
    try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
      base = "http://127.0.0.1:" + BenchProcess.expect(said, "READY ").substring(6) + "/epcis/";
      progress.accept("capturing %,d events".formatted(events));
      long before = System.nanoTime();
      capture(progress);
      double seconds = (System.nanoTime() - before) / 1e9;
      ProcessUsage usage = ProcessUsage.of(gateway.pid());
      progress.accept("asking " + QUERIES + " times");
      double[] millis = query();
      gateway.outputWriter(StandardCharsets.UTF_8).close();
      BenchProcess.expect(said, "STOPPED");
      return new EpcisResult(
          events,
          seconds,
          millis[QUERIES / 2],
          millis[QUERIES * 95 / 100],
          millis[QUERIES - 1],
          usage.residentBytes(),
          Files.size(data.resolve("epcis/events.db")));
    } finally {
      gateway.destroy();
      if (!gateway.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        gateway.destroyForcibly();
      }
    }
  }

  private void capture(Consumer<String> progress) throws Exception {
    int documents = Math.ceilDiv(events, PER_DOCUMENT);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> senders = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            threads.submit(
                () -> {
                  for (int d = next.getAndIncrement(); d < documents; d = next.getAndIncrement()) {
                    send(document(d * PER_DOCUMENT, Math.min(events, (d + 1) * PER_DOCUMENT)));
                    if ((d + 1) % Math.max(1, documents / 10) == 0) {
                      progress.accept("%,d captured".formatted((d + 1) * PER_DOCUMENT));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
  }

  private void send(String document) throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        client.send(
            HttpRequest.newBuilder(URI.create(base + "capture"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (accepted.statusCode() != 202) {
      throw new IOException(accepted.statusCode() + " " + accepted.body());
    }
    String job = accepted.headers().firstValue("location").orElseThrow();
    String state;
    do {
      TimeUnit.MILLISECONDS.sleep(2);
      state = get(base + job.substring("/epcis/".length()));
    } while (state.contains("\"running\":true"));
    if (!state.contains("\"success\":true")) {
      throw new IOException("the gateway did not capture: " + state);
    }
  }

  /** Returns how long each query took, ascending, in ms. */
  private double[] query() throws IOException, InterruptedException {
    Random random = new Random(1);
    double[] millis = new double[QUERIES];
    for (int i = -QUERIES / 10; i < QUERIES; i++) {
      int item = 1 + random.nextInt(events - 1);
      long before = System.nanoTime();
      String answer = get(base + "events?MATCH_anyEPC=" + item(item));
      if (i >= 0) {
        millis[i] = (System.nanoTime() - before) / 1e6;
      }
      int found = Json.parse(answer).at("/epcisBody/queryResults/resultsBody/eventList").size();
      if (found != 2) {
        throw new IOException("item " + item + " is in 2 events, not in " + found);
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private String get(String address) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String document(int from, int to) {
    StringBuilder text =
        new StringBuilder(
            "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],"
                + "\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"creationDate\":\"2026-11-20T08:00:00Z\","
                + "\"epcisBody\":{\"eventList\":[");
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ",").append(event(i));
    }
    return text.append("]}}").toString();
  }

  private static String event(int number) {
    return """
        {"type":"ObjectEvent","eventID":"urn:uuid:00000000-0000-4000-8000-%012d","action":"OBSERVE",
        "eventTime":"%s","eventTimeZoneOffset":"+00:00","epcList":["%s","%s"],
        "bizStep":"%s","disposition":"in_progress","readPoint":{"id":"urn:epc:id:sgln:0614141.07346.%d"},
        "bizLocation":{"id":"urn:epc:id:sgln:0614141.07346.0"}}"""
        .formatted(
            number,
            START.plusSeconds(number),
            item(number),
            item(number + 1),
            number % 3 == 0 ? "shipping" : "receiving",
            number % 50);
  }

  /** Serial numbers of real items do not come in order. */
  private static String item(int number) {
    return String.format(
        Locale.ROOT,
        "urn:epc:id:sgtin:0614141.107346.%d",
        number * 2_654_435_761L % 1_000_000_007L);
  }
}
