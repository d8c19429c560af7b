package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What people say of a meter, or of a weight that a scan waits for: {@code POST /api/v1/entries},
 * and another person's agreement, {@code POST /api/v1/entries/{leaf}/approval}. An answer of 201
 * means that the leaf is on disk.
 *
 * <p>There are no users yet: who reaches this interface may name any person, so it is served where
 * the pages are, on loopback. That two persons agreed is what the log says, not what this proves.
 */
public final class EntriesApi {
  private static final long MAX_BODY = 4_096;

  private final PlantReadModel plant;
  private final Function<Body, CompletableFuture<Long>> log;

  /**
   * Builds the interface.
   *
   * @param log logs something and completes with its leaf's index
   */
  public EntriesApi(PlantReadModel plant, Function<Body, CompletableFuture<Long>> log) {
    this.plant = plant;
    this.log = log;
  }

  public void mount(Router router) {
    BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY);
    router.post("/api/v1/entries").handler(body).handler(this::enter);
    router.post("/api/v1/entries/:leaf/approval").handler(body).handler(this::approve);
  }

  private void enter(RoutingContext request) {
    String body = body(request);
    Answer.with(
        request,
        plant
            .snapshot()
            .thenCompose(
                snapshot -> log.apply(checked(EntryJson.entry(body, snapshot.plant()), snapshot))),
        leaf -> LoggedAnswer.leaf(request, leaf, true));
  }

  private void approve(RoutingContext request) {
    String person = EntryJson.approver(body(request));
    long entry = Parameters.integer("the leaf", request.pathParam("leaf"), 0, Long.MAX_VALUE);
    Answer.with(
        request,
        plant
            .evidence(entry)
            .thenCompose(
                found -> {
                  check(entry, found, person);
                  return log.apply(new Body.Approval(person, entry));
                }),
        leaf -> LoggedAnswer.leaf(request, leaf, true));
  }

  /** Refuses what the accounts would refuse anyway, while the person is still there to correct. */
  private static ManualEntry checked(ManualEntry said, PlantSnapshot snapshot) {
    Optional<PlantModel> known = snapshot.plant();
    switch (said.entry()) {
      case ManualEntry.Entry.Discontinuity at -> {
        checkMeter(at.meter(), known);
        checkPast(at.millis(), snapshot);
      }
      case ManualEntry.Entry.Amount amount -> {
        checkMeter(amount.meter(), known);
        checkPast(amount.toMillis(), snapshot);
      }
      case ManualEntry.Entry.TypedWeight weight ->
          check(
              "scanner",
              weight.scanner(),
              known.stream()
                  .flatMap(model -> model.scanners().stream())
                  .map(PlantModel.Scanner::id)
                  .toList());
    }
    return said;
  }

  private static void checkMeter(String meter, Optional<PlantModel> known) {
    check(
        "meter",
        meter,
        known.stream()
            .flatMap(model -> model.meters().stream())
            .map(PlantModel.Meter::id)
            .toList());
  }

  private static void check(String what, String id, List<String> known) {
    if (!known.contains(id)) {
      throw RequestRefused.bad(
          "there is no " + what + " '" + id + "'" + Suggestion.clause(id, known));
    }
  }

  private static void checkPast(long end, PlantSnapshot snapshot) {
    if (snapshot.plantMillis().isEmpty() || end > snapshot.plantMillis().getAsLong()) {
      throw RequestRefused.bad(
          "that lies in the future: plant time is " + AccountJson.time(snapshot.plantMillis()));
    }
  }

  private static void check(long leaf, Optional<LeafEvidence> found, String person) {
    Optional<Body> body = found.map(evidence -> evidence.leaf().statement().statement().body());
    if (body.isEmpty()) {
      throw RequestRefused.notFound("The log has no leaf " + leaf + ".");
    }
    if (!(body.get() instanceof ManualEntry entry)) {
      throw RequestRefused.bad("leaf " + leaf + " is no manual entry");
    }
    if (entry.person().equals(person)) {
      throw RequestRefused.of(
          new ProblemDetails(
              409, "Conflict", person + " entered leaf " + leaf + ": another person approves it."));
    }
  }

  private static String body(RoutingContext request) {
    Parameters.of(request);
    LoggedAnswer.requireJson(request);
    return Optional.ofNullable(request.body().asString()).orElse("");
  }
}
