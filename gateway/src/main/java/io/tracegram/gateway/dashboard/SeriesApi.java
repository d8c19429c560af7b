package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Energy and emissions over time: {@code /api/v1/energy} and {@code /api/v1/emissions}. A step with
 * no closed quarter of an hour has null figures, one with some of them says how many.
 */
final class SeriesApi {
  /** An account whose leaf is not written yet: the step it belongs to has no evidence yet. */
  private static final long NO_LEAF = Long.MAX_VALUE;

  private final PlantReadModel plant;

  /** What one of the two addresses answers. */
  private interface Content {
    ObjectNode apply(Span span, AccountRange range, LogStatus log);
  }

  SeriesApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/energy").handler(request -> serve(request, SeriesApi::energy));
    router.get("/api/v1/emissions").handler(request -> serve(request, SeriesApi::emissions));
  }

  private void serve(RoutingContext request, Content content) {
    Parameters query = Parameters.of(request, "from", "to", "step");
    OptionalLong from = query.moment("from");
    OptionalLong to = query.moment("to");
    long step = Span.step(query.text("step").orElse("15m"));
    if (from.isPresent() != to.isPresent()) {
      throw RequestRefused.bad("give both from and to, or neither for today");
    }
    CompletableFuture<Optional<Span>> span =
        from.isPresent()
            ? CompletableFuture.completedFuture(
                Optional.of(new Span(from.getAsLong(), to.getAsLong(), step)))
            : plant.snapshot().thenApply(snapshot -> today(snapshot, step));
    Answer.with(
        request,
        span.thenCompose(this::answer),
        answer -> Answer.json(request, answer.apply(content)));
  }

  private static Optional<Span> today(PlantSnapshot snapshot, long step) {
    return snapshot.day().map(day -> new Span(day.startMillis(), day.endMillis(), step));
  }

  private CompletableFuture<Function<Content, ObjectNode>> answer(Optional<Span> span) {
    if (span.isEmpty()) {
      return CompletableFuture.completedFuture(
          content -> Json.object().put("asOf", plant.log().size()).set("steps", Json.array()));
    }
    return plant
        .intervals(span.get().fromMillis(), span.get().toMillis())
        .thenApply(range -> content -> content.apply(span.get(), range, plant.log()));
  }

  private static ObjectNode energy(Span span, AccountRange range, LogStatus log) {
    ObjectNode answer = head(span, range);
    answer.set(
        "steps",
        steps(
            span,
            range,
            log,
            (step, sum) -> {
              step.set("energyKwh", parts(sum, share -> share.energy().kilowattHours()));
              step.put(
                  "interpolatedKwh",
                  sum.quarters() == 0 ? null : sum.interpolated().kilowattHours());
              return step;
            }));
    return answer;
  }

  private static ObjectNode emissions(Span span, AccountRange range, LogStatus log) {
    ObjectNode answer = head(span, range).put("scope", "2").put("basis", "location-based");
    range
        .plant()
        .flatMap(known -> known.grid().factor())
        .ifPresent(factor -> answer.set("factor", AccountJson.factor(factor)));
    answer.set(
        "steps",
        steps(
            span,
            range,
            log,
            (step, sum) -> step.set("co2eKg", parts(sum, share -> share.co2e().kilograms()))));
    return answer;
  }

  private static ObjectNode head(Span span, AccountRange range) {
    return Json.object()
        .put("asOf", range.size())
        .put("from", Json.time(span.fromMillis()))
        .put("to", Json.time(span.toMillis()))
        .put("step", Duration.ofMillis(span.stepMillis()).toString())
        .put("closedThrough", AccountJson.time(range.closedThroughMillis()));
  }

  private static ArrayNode steps(
      Span span,
      AccountRange range,
      LogStatus log,
      BiFunction<ObjectNode, Breakdown, ObjectNode> figures) {
    Breakdown[] sums = new Breakdown[span.steps()];
    Arrays.fill(sums, Breakdown.NONE);
    long[] newest = new long[span.steps()];
    Arrays.fill(newest, -1);
    for (IntervalAccount interval : range.intervals()) {
      int step = span.stepAt(interval.startMillis());
      sums[step] = sums[step].plus(interval);
      newest[step] =
          Math.max(newest[step], range.leaves().getOrDefault(interval.startMillis(), NO_LEAF));
    }
    ArrayNode steps = Json.array();
    for (int i = 0; i < sums.length; i++) {
      ObjectNode step =
          Json.object()
              .put("from", Json.time(span.startOf(i)))
              .put("to", Json.time(span.endOf(i)))
              .put("quarters", (span.endOf(i) - span.startOf(i)) / IntervalAccount.LENGTH_MILLIS)
              .put("quartersClosed", sums[i].quarters());
      ObjectNode filled = figures.apply(step, sums[i]);
      // the newest leaf's state is the lowest of all: evidence never skips a leaf
      filled.set(
          "evidence",
          newest[i] < 0 || newest[i] == NO_LEAF
              ? null
              : AccountJson.evidence(OptionalLong.of(newest[i]), log));
      steps.add(filled);
    }
    return steps;
  }

  private static ObjectNode parts(Breakdown sum, Function<Share, String> figure) {
    ObjectNode parts = Json.object();
    boolean known = sum.quarters() > 0;
    parts.put("lots", known ? figure.apply(sum.lots()) : null);
    parts.put("idle", known ? figure.apply(sum.idle()) : null);
    parts.put("overhead", known ? figure.apply(sum.overhead()) : null);
    parts.put("unattributed", known ? figure.apply(sum.unattributed()) : null);
    parts.put("total", known ? figure.apply(sum.total()) : null);
    return parts;
  }
}
