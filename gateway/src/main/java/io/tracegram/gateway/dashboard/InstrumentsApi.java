package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.account.Market;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.QualityCriterion;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/instruments}: what the facility holds to cover its electricity, whether each
 * instrument counts, and how much of it the closed months used.
 */
final class InstrumentsApi {
  private final PlantReadModel plant;

  InstrumentsApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/instruments").handler(this::instruments);
  }

  private void instruments(RoutingContext request) {
    Parameters.of(request);
    Answer.with(
        request,
        plant.instruments(),
        held -> Answer.json(request, answer(held.size(), held.value())));
  }

  private ObjectNode answer(long size, HeldInstruments held) {
    ObjectNode json = Json.object().put("asOf", size);
    json.set("portfolio", held.portfolio().map(InstrumentsApi::portfolio).orElse(null));
    json.set("usedThrough", held.newestMonth().map(this::month).orElse(null));
    Optional<Market> market = held.newestMonth().flatMap(month -> month.account().market());
    json.set(
        "instruments",
        held.portfolio()
            .map(known -> Json.array(known.instruments(), it -> instrument(it, known, market)))
            .orElseGet(Json::array));
    return json;
  }

  private static ObjectNode portfolio(InstrumentPortfolio portfolio) {
    return Json.object()
        .put("id", portfolio.id())
        .put("edition", portfolio.edition())
        .put("source", portfolio.source())
        .put("policy", FacilityIntervalJson.word(portfolio.policy()))
        .put("marketBasis", portfolio.policy().marketBasis().name());
  }

  private ObjectNode month(ClosedPeriod month) {
    OptionalLong leaf = month.leaf() < 0 ? OptionalLong.empty() : OptionalLong.of(month.leaf());
    return Json.object()
        .put("from", Json.time(month.account().fromMillis()))
        .put("to", Json.time(month.account().toMillis()))
        .set("evidence", AccountJson.evidence(leaf, plant.log()));
  }

  private static ObjectNode instrument(
      Instrument instrument, InstrumentPortfolio portfolio, Optional<Market> market) {
    Scope2Policy policy = portfolio.policy();
    List<String> refusals = instrument.refusals(policy);
    ObjectNode json =
        Json.object()
            .put("id", instrument.id())
            .put("type", FacilityIntervalJson.word(instrument.type()))
            .put("volumeKwh", instrument.volume().kilowattHours())
            .put("from", Json.time(instrument.fromMillis()))
            .put("to", Json.time(instrument.toMillis()));
    json.set("factor", AccountJson.factor(instrument.factor()));
    ObjectNode criteria = json.putObject("criteria");
    for (QualityCriterion criterion : QualityCriterion.values()) {
      criteria.set(
          FacilityIntervalJson.word(criterion),
          answer(
              criterion.question(),
              instrument.criteria().getOrDefault(criterion, Instrument.Answer.NONE)));
    }
    json.set(
        "deliverable",
        answer("its power can be delivered to the load", instrument.deliverable())
            .put("demanded", policy.demandsDeliverability()));
    json.put("counts", refusals.isEmpty());
    refusals.forEach(json.putArray("refusals")::add);
    json.put("generatedKwh", instrument.generation().map(InstrumentsApi::sum).orElse(null));
    Optional<Used> byHour = market.flatMap(Market::hourly).map(hourly -> hourly.whole().used());
    Optional<Used> byVolume = market.map(known -> known.annual().used());
    json.putObject("used")
        .put("byVolumeKwh", used(byVolume, instrument).map(Energy::kilowattHours).orElse(null))
        .put("byHourKwh", used(byHour, instrument).map(Energy::kilowattHours).orElse(null));
    json.putObject("remaining")
        .put("byVolumeKwh", remaining(byVolume, instrument))
        .put("byHourKwh", remaining(byHour, instrument));
    return json;
  }

  private static ObjectNode answer(String question, Instrument.Answer answer) {
    return Json.object()
        .put("question", question)
        .put("verdict", FacilityIntervalJson.word(answer.verdict()))
        .put("evidence", answer.text().isEmpty() ? null : answer.text());
  }

  private static String sum(SortedMap<Long, Energy> hours) {
    return hours.values().stream().reduce(Energy.ZERO, Energy::plus).kilowattHours();
  }

  /** Returns what closed months took of it; empty if they matched nothing in this way. */
  private static Optional<Energy> used(Optional<Used> used, Instrument instrument) {
    return used.map(known -> new Energy(known.milliwattHours().getOrDefault(instrument.id(), 0L)));
  }

  private static @Nullable String remaining(Optional<Used> used, Instrument instrument) {
    return used(used, instrument)
        .map(taken -> instrument.volume().minus(taken).kilowattHours())
        .orElse(null);
  }
}
