package io.tracegram.gateway.custody;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.dashboard.Http;
import io.tracegram.gateway.dashboard.SamplePlant;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.epcis.CaptureDesk;
import io.tracegram.runtime.epcis.EpcisRoutes;
import io.tracegram.runtime.epcis.EventFeed;
import io.tracegram.runtime.epcis.EventProjection;
import io.tracegram.runtime.epcis.ProjectedLog;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The EPCIS interface over a log that holds a {@link SamplePlant}'s day, on a real socket. */
final class CustodySite implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final EvidenceLog log;
  private final EventProjection projection;
  private final EventFeed feed;
  private final Http http;

  CustodySite(Path data) throws Exception {
    this(data, written -> written, SamplePlant.atAfternoon().events());
  }

  /**
   * Serves the day.
   *
   * @param seen the log as the projection is to see it
   * @param events that the log holds
   */
  CustodySite(Path data, UnaryOperator<ProjectedLog> seen, List<CustodyEvent> events)
      throws Exception {
    log = EvidenceLog.open(data.resolve("log"));
    SamplePlant plant = SamplePlant.atAfternoon();
    log.append(leaves(plant, events));
    projection =
        new EventProjection(
            data.resolve("events.db"),
            new SecureRandom(),
            reason -> {
              throw new AssertionError(reason);
            });
    CaptureDesk desk =
        new CaptureDesk(
            projection,
            statements -> new CompletableFuture<>(),
            Clock.systemUTC(),
            new SecureRandom());
    feed =
        EventFeed.ofCaptures(
            seen.apply(ProjectedLog.written(plant.model().origin(), log)), projection, desk);
    projection.start();
    WebShell shell =
        new WebShell(
            vertx,
            WebAddress.loopback(0),
            new Assets(CustodySite.class, List.of()),
            problem -> problem.title());
    new EpcisRoutes(vertx, projection, desk, Clock.systemUTC(), (subject, why) -> {})
        .mount(shell.router());
    int port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    http = new Http("http://127.0.0.1:" + port);
    Awaitility.await().until(() -> http.json("/epcis/events").has("epcisBody"));
  }

  /** Returns all events, as the query interface answers them. */
  JsonNode answer() throws Exception {
    return http.json("/epcis/events");
  }

  /** Tells the projection that the log counts otherwise than before. */
  void grown() {
    feed.grown();
  }

  Http http() {
    return http;
  }

  private static List<byte[]> leaves(SamplePlant plant, List<CustodyEvent> events) {
    StatementChain gateway =
        new StatementChain(
            plant.model().facility(),
            Statement.GATEWAY,
            PrivateKey.generate(Algorithm.ES256, new SecureRandom()),
            1,
            1,
            0,
            Hash.ZERO);
    List<Body> said =
        new ArrayList<>(
            Document.stated(PlantModelCodec.encode(plant.model()), Body.PlantModelDeclared::new));
    for (CustodyEvent event : events) {
      said.add(
          new Body.Derived(
              Kind.CUSTODY_EVENT, event.cause(), 0, Content.of(CustodyEventCodec.encode(event))));
    }
    return said.stream()
        .map(
            body ->
                new Leaf(
                        SamplePlant.MIDNIGHT,
                        0,
                        gateway.sign(body, SamplePlant.MIDNIGHT, 0, ClockStatus.RELATIVE))
                    .encoded())
        .toList();
  }

  @Override
  public void close() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    projection.close();
    log.close();
  }
}
