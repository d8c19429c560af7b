package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Energy and emissions over time, by node, source and basis: {@code /api/v1/energy} and {@code
 * /api/v1/emissions}. A step with no closed quarter of an hour has null figures, one with some of
 * them says how many; a CO2e whose factor is missing is null, never zero.
 */
final class SeriesApi {
  private final PlantReadModel plant;

  SeriesApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/energy").handler(this::energy);
    router.get("/api/v1/emissions").handler(this::emissions);
  }

  private void energy(RoutingContext request) {
    Parameters query = Parameters.of(request, "from", "to", "step", "node", "source", "asOf");
    SeriesQuestion question = SeriesQuestion.of(query, BasisChoice.parse(Optional.empty()));
    if (question.node().isPresent() && question.source().isPresent()) {
      throw RequestRefused.bad(
          "energy of one source at one node is not metered, electricity mixes; ask for node or for"
              + " source, or for emissions of both");
    }
    Answer.with(
        request,
        plant.closed(
            question.asOf(),
            question::range,
            accounts -> {
              StepSeries series = question.ask(accounts, (subject, _) -> new EnergySum(subject));
              return steps(series, head(series));
            }),
        answer -> Answer.json(request, answer));
  }

  private void emissions(RoutingContext request) {
    Parameters query =
        Parameters.of(request, "from", "to", "step", "node", "source", "basis", "asOf");
    BasisChoice basis = BasisChoice.parse(query.text("basis"));
    SeriesQuestion question = SeriesQuestion.of(query, basis);
    Answer.with(
        request,
        plant.closed(
            question.asOf(),
            question::range,
            accounts -> {
              StepSeries series =
                  question.ask(
                      accounts, (subject, shown) -> new EmissionSum(subject, shown, basis.all()));
              return steps(series, emissionsHead(series));
            }),
        answer -> Answer.json(request, answer));
  }

  private static ObjectNode head(StepSeries series) {
    ObjectNode head = Json.object().put("asOf", series.size());
    series
        .span()
        .ifPresent(
            span ->
                head.put("from", Json.time(span.fromMillis()))
                    .put("to", Json.time(span.toMillis()))
                    .put("step", span.step().word())
                    .put("closedThrough", AccountJson.time(series.closedThroughMillis())));
    Subject subject = series.subject();
    if (subject.named()) {
      head.put("node", subject.place().id());
    }
    subject.source().map(Meter::id).ifPresent(source -> head.put("source", source));
    return head;
  }

  private static ObjectNode emissionsHead(StepSeries series) {
    ObjectNode head = head(series);
    if (series.span().isEmpty()) {
      return head;
    }
    boolean electricOnly =
        series.subject().plant().map(known -> known.carriers().isEmpty()).orElse(true);
    head.put("scope", electricOnly ? "2" : "1+2")
        .put("basis", BasisChoice.words(series.shown()))
        .put("basisId", series.shown().name());
    series
        .subject()
        .plant()
        .flatMap(known -> known.grid().factor())
        .ifPresent(factor -> head.set("factor", AccountJson.factor(factor)));
    return head;
  }

  private ObjectNode steps(StepSeries series, ObjectNode answer) {
    LogStatus log = plant.log();
    ArrayNode steps = answer.putArray("steps");
    series
        .span()
        .ifPresent(
            span -> {
              for (int i = 0; i < span.steps(); i++) {
                ObjectNode step =
                    steps
                        .addObject()
                        .put("from", Json.time(span.startOf(i)))
                        .put("to", Json.time(span.endOf(i)))
                        .put(
                            "quarters",
                            (span.endOf(i) - span.startOf(i)) / IntervalAccount.LENGTH_MILLIS);
                series.steps().get(i).write(step, log);
              }
            });
    return answer;
  }
}
