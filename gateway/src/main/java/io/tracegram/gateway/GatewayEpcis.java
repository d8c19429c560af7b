package io.tracegram.gateway;

import io.tracegram.gateway.custody.EventFeed;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.runtime.epcis.CaptureDesk;
import io.tracegram.runtime.epcis.EpcisRoutes;
import io.tracegram.runtime.web.ProblemDetails;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A gateway's EPCIS interface, wired: its own custody events and what others capture, from one
 * projection of its log. Mount it before the gateway starts, start it after, close it before the
 * gateway stops.
 */
public final class GatewayEpcis implements AutoCloseable {
  private final Problems problems;
  private final CaptureDesk desk;
  private final EventFeed feed;
  private final EpcisRoutes routes;

  /**
   * Opens the projection.
   *
   * @param data directory of the gateway; the projection stands in {@code data/epcis/events.db}
   */
  public GatewayEpcis(Gateway gateway, Path data, Clock clock, SecureRandom random)
      throws IOException {
    problems = gateway.problems();
    desk =
        new CaptureDesk(
            data.resolve("epcis/events.db"),
            gateway.log(),
            gateway.accounts()::append,
            clock,
            random,
            this::failed);
    feed = new EventFeed(gateway.log(), desk);
    routes = new EpcisRoutes(gateway.vertx(), desk, clock, this::refused);
    gateway.follow(feed::committed);
  }

  public void mount(Router router) {
    routes.mount(router);
  }

  public void start() {
    desk.start();
    feed.start();
  }

  @Override
  public void close() {
    routes.close();
    desk.close();
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
