package io.tracegram.gateway;

import io.tracegram.gateway.log.Committed;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.epcis.CaptureDesk;
import io.tracegram.runtime.epcis.EpcisRoutes;
import io.tracegram.runtime.epcis.EventFeed;
import io.tracegram.runtime.epcis.EventProjection;
import io.tracegram.runtime.epcis.ProjectedLog;
import io.tracegram.runtime.web.ProblemDetails;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway's EPCIS interface, wired: its own custody events and what others capture, from one
 * projection of its log. Mount it before the gateway starts, start it after, close it before the
 * gateway stops.
 */
public final class GatewayEpcis implements AutoCloseable {
  private final Problems problems;
  private final Gateway gateway;
  private final EventProjection projection;
  private final EventFeed feed;
  private final EpcisRoutes routes;

  /**
   * Opens the projection.
   *
   * @param data directory of the gateway; the projection stands in {@code data/epcis/events.db}
   */
  public GatewayEpcis(Gateway gateway, Path data, Clock clock, SecureRandom random)
      throws IOException {
    this.gateway = gateway;
    problems = gateway.problems();
    projection = new EventProjection(data.resolve("epcis/events.db"), random, this::failed);
    CaptureDesk desk = new CaptureDesk(projection, this::say, clock, random);
    feed =
        EventFeed.ofCaptures(
            ProjectedLog.written(gateway.origin(), gateway.log()), projection, desk);
    routes = new EpcisRoutes(gateway.vertx(), projection, desk, clock, this::refused);
    gateway.follow(this::committed);
  }

  public void mount(Router router) {
    routes.mount(router);
  }

  public void start() {
    projection.start();
  }

  @Override
  public void close() {
    routes.close();
    projection.close();
  }

  private CompletableFuture<Long> say(List<Body> statements) {
    CompletableFuture<Long> last = new CompletableFuture<>();
    for (Body statement : statements) {
      last = gateway.accounts().append(statement);
    }
    return last;
  }

  private void committed(List<Committed> leaves) {
    feed.committed(
        leaves.stream().map(leaf -> new EventFeed.Told(leaf.index(), leaf.leaf())).toList());
  }

  private void refused(String subject, ProblemDetails why) {
    problems.raise(
        "epcis." + subject + "-refused",
        subject,
        why.status() >= 500 ? Severity.WARNING : Severity.NOTICE,
        why.title() + ": " + why.detail(),
        subject.equals("capture") ? "nothing of it is captured" : "the query has no answer",
        "tell who runs the system that asked; it was told the same");
  }

  private void failed(String reason) {
    problems.raise(
        "epcis.projection-failed",
        "epcis",
        Severity.ALARM,
        reason,
        "events can be neither captured nor queried; the log and the accounts go on",
        "look at the disk, then start the gateway again; epcis/events.db may be deleted, it is"
            + " built again");
  }
}
