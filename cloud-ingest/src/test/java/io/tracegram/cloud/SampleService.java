package io.tracegram.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole service with its real database, behind its web server, and a client of it. */
final class SampleService implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Vertx vertx = Vertx.vertx();
  final CloudIngest cloud;
  private final WebShell web;
  private final String url;

  SampleService(Path directory, SampleFacility... facilities) throws IOException {
    CloudConfig config =
        new CloudConfig(
            directory,
            URI.create("http://cloud.example"),
            "cloud.example",
            Optional.empty(),
            Stream.of(facilities).map(SampleService::facility).toList(),
            List.of(),
            TlogPolicy.all(
                Stream.of(facilities).map(facility -> facility.logKey).toList(),
                List.of(),
                List.of()));
    cloud = CloudIngest.open(vertx, config, new SecureRandom(), Clock.systemUTC());
    web =
        new WebShell(
            vertx,
            WebAddress.loopback(0),
            new Assets(SampleService.class, List.of()),
            problem -> problem.detail());
    cloud.mount(web.router());
    cloud.start();
    url = "http://127.0.0.1:" + join(web.start());
  }

  private static CloudConfig.Facility facility(SampleFacility facility) {
    return new CloudConfig.Facility(facility.id, facility.logKey, facility.gatewayKey.publicKey());
  }

  void mirror(SampleFacility facility, long old) throws Exception {
    HttpResponse<String> pending =
        send(HttpRequest.BodyPublishers.ofString(facility.addCheckpoint(old)), "add-checkpoint");
    assertThat(pending.statusCode()).isEqualTo(200);
    HttpResponse<String> mirrored =
        send(HttpRequest.BodyPublishers.ofByteArray(facility.upload(old)), "add-entries");
    assertThat(mirrored.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> send(HttpRequest.BodyPublisher body, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + "/mirror/" + path)).POST(body).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> capture(String document) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + "/epcis/capture"))
            .header("Content-Type", "application/ld+json")
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  FacilityOverview overview(int facility) {
    return cloud.readModel().facilities().get(facility);
  }

  void awaitVerdict(int facility, FacilityOverview.Verdict verdict) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              FacilityOverview overview = overview(facility);
              assertThat(overview.auditedSize()).isPositive().isEqualTo(overview.mirroredSize());
              assertThat(overview.verdict()).isEqualTo(verdict);
            });
  }

  /** Waits until the item is under a checkpoint as it is shown, in this revision. */
  void awaitPublished(LotId item, long revision) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(cloud.readModel().declaration(item).orElseThrow().published())
                    .hasValueSatisfying(
                        published -> {
                          assertThat(published.revision()).isEqualTo(revision);
                          assertThat(published.current()).isTrue();
                          assertThat(published.logged()).isTrue();
                        }));
  }

  @Override
  public void close() throws IOException {
    join(web.stop());
    cloud.close();
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
