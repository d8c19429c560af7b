package io.tracegram.cloud.exchange;

import io.tracegram.cloud.audit.Auditor;
import io.tracegram.cloud.log.CloudLog;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.epcis.CaptureDesk;
import io.tracegram.runtime.epcis.EpcisRoutes;
import io.tracegram.runtime.epcis.EventFeed;
import io.tracegram.runtime.epcis.EventProjection;
import io.tracegram.runtime.epcis.ProjectedLog;
import io.tracegram.runtime.log.LogFailedException;
import io.tracegram.runtime.web.ProblemDetails;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central service's EPCIS interface, wired: custody events of every facility as far as its log
 * is audited, and what others capture here, from one projection. Mount it before the audits start,
 * start it after, close it before the logs.
 */
public final class EpcisExchange implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EpcisExchange.class);

  private final CloudLog log;
  private final EventProjection projection;
  private final EpcisRoutes routes;

  /**
   * Opens the projection.
   *
   * @param data directory of the service; the projection stands in {@code data/epcis/events.db}
   * @param clock system time
   */
  public EpcisExchange(
      Vertx vertx, Path data, CloudLog log, Auditor auditor, Clock clock, SecureRandom random)
      throws IOException {
    this.log = log;
    projection =
        new EventProjection(data.resolve("epcis/events.db"), random, EpcisExchange::failed);
    CaptureDesk desk = new CaptureDesk(projection, this::say, clock, random);
    EventFeed captures =
        EventFeed.ofCaptures(ProjectedLog.written(log.origin(), log.log()), projection, desk);
    List<EventFeed> facilities =
        auditor.logs().stream().map(audited -> EventFeed.ofCustody(audited, projection)).toList();
    log.listen(captures::grown);
    auditor.listen(() -> facilities.forEach(EventFeed::grown));
    routes = new EpcisRoutes(vertx, projection, desk, clock, EpcisExchange::refused);
  }

  public void mount(Router router) {
    routes.mount(router);
  }

  public void start() {
    projection.start();
  }

  /** Ends; captures that are not in the log by now are not captured. Not on an event loop. */
  @Override
  public void close() {
    routes.close();
    projection.close();
  }

  /** Waits for the disk, on the projection's thread. */
  private CompletableFuture<Long> say(List<Body> statements) {
    try {
      return CompletableFuture.completedFuture(log.append(statements));
    } catch (LogFailedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void refused(String subject, ProblemDetails why) {
    LOG.info(
        "event=epcis.refused subject={} status={} reason=\"{}\"",
        subject,
        why.status(),
        why.detail());
  }

  private static void failed(String reason) {
    LOG.error(
        "event=epcis.projection-failed reason=\"{}\" action=\"look at the disk, then start again;"
            + " epcis/events.db may be deleted, it is built again\"",
        reason);
  }
}
