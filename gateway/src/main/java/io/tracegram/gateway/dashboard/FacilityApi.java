package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.LotFamily;
import io.tracegram.ledger.account.LotSearch;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plant as it is now: facility, lots, devices, problems (design.md §5). */
final class FacilityApi {
  private static final int LOTS = 200;
  private static final int MOST_LOTS = 5_000;

  private final PlantReadModel plant;

  FacilityApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/facility").handler(this::facility);
    router.get("/api/v1/devices").handler(this::devices);
    router.get("/api/v1/problems").handler(this::problems);
    router.get("/api/v1/lots").handler(this::lots);
    router.get("/api/v1/lots/*").handler(this::lot);
  }

  private void facility(RoutingContext request) {
    Parameters.of(request);
    Answer.with(request, plant.snapshot(), snapshot -> Answer.json(request, facility(snapshot)));
  }

  private ObjectNode facility(PlantSnapshot snapshot) {
    Totals totals = snapshot.totals();
    LogStatus log = plant.log();
    Intake intake = plant.intake();
    ObjectNode json =
        Json.object()
            .put("id", snapshot.plant().map(PlantModel::facility).orElse(null))
            .put("name", snapshot.plant().map(PlantModel::name).orElse(null))
            .put("origin", snapshot.plant().map(PlantModel::origin).orElse(null))
            .put("timeZone", snapshot.plant().map(PlantModel::timeZone).orElse(null))
            .put("demo", snapshot.plant().map(PlantModel::simulated).orElse(false))
            .put("plantTime", AccountJson.time(snapshot.plantMillis()))
            .put("asOf", snapshot.size())
            .put("statementsAdmitted", totals.agentStatements())
            .put("statementsRefused", intake.refused())
            .put("readings", totals.readings())
            .put("energyKwh", totals.total().energy().kilowattHours())
            .put("residualKwh", totals.residual().kilowattHours());
    boolean priced = totals.priced();
    json.set(
        "co2eKg",
        Json.object().put("locationBased", priced ? totals.total().co2e().kilograms() : null));
    json.set("bases", bases(totals));
    json.set("direct", AccountJson.share(totals.direct(), priced));
    json.set("idle", AccountJson.share(totals.idle(), priced));
    json.set("overhead", AccountJson.share(totals.overhead(), priced));
    json.set("unattributed", AccountJson.share(totals.unattributed(), priced));
    json.put("lots", snapshot.lotCount())
        .put("intervals", totals.intervals())
        .put("conservationErrorUg", Long.toString(totals.conservationError().micrograms()))
        .put("logSize", log.size())
        .put("mirroredSize", number(log.mirroredSize()))
        .put("witnessedSize", number(log.witnessedSize()))
        .put("timestampedSize", number(log.timestampedSize()))
        .put("policy", log.policy())
        .put("closedThrough", AccountJson.time(snapshot.closedThroughMillis()));
    snapshot
        .plant()
        .flatMap(known -> known.grid().factor())
        .ifPresent(factor -> json.set("factor", AccountJson.factor(factor)));
    return json;
  }

  /** Writes each basis; {@code co2eKg} is that of the intervals whose factors are all known. */
  private static ObjectNode bases(Totals totals) {
    ObjectNode bases = Json.object();
    new TreeMap<>(totals.bases())
        .forEach(
            (basis, sum) ->
                bases
                    .putObject(basis.name())
                    .put("co2eKg", sum.co2e().kilograms())
                    .put("intervals", sum.intervals())
                    .put("unknown", sum.unknown()));
    return bases;
  }

  private void devices(RoutingContext request) {
    Parameters.of(request);
    Answer.with(
        request,
        plant.snapshot(),
        snapshot -> Answer.json(request, devices(snapshot, plant.log())));
  }

  private static ObjectNode devices(PlantSnapshot snapshot, LogStatus log) {
    ArrayNode devices =
        Json.array(
            snapshot.meters(), meter -> AccountJson.meter(meter, snapshot.plantMillis(), log));
    snapshot.plant().ifPresent(known -> others(known, devices));
    return Json.object()
        .put("asOf", snapshot.size())
        .put("plantTime", AccountJson.time(snapshot.plantMillis()))
        .set("devices", devices);
  }

  private static void others(PlantModel known, ArrayNode devices) {
    for (String scale : known.scales()) {
      devices.add(Json.object().put("kind", "scale").put("id", scale));
    }
    for (PlantModel.Scanner scanner : known.scanners()) {
      devices.add(
          Json.object()
              .put("kind", "scanner")
              .put("id", scanner.id())
              .put("workstation", scanner.workstation())
              .put("step", scanner.step().name().toLowerCase(Locale.ROOT))
              .put("scale", scanner.scale().orElse(null))
              .put("destination", scanner.destination().orElse(null)));
    }
    for (PlantModel.Scanner portal : known.additions().places().portals()) {
      devices.add(
          Json.object()
              .put("kind", "portal")
              .put("id", portal.id())
              .put("workstation", portal.workstation())
              .put("step", portal.step().name().toLowerCase(Locale.ROOT))
              .put("destination", portal.destination().orElse(null)));
    }
  }

  private void problems(RoutingContext request) {
    Optional<String> kind = Parameters.of(request, "kind").text("kind");
    kind.filter(word -> !word.equals("custody"))
        .ifPresent(
            _ -> {
              throw RequestRefused.bad("'kind' is custody");
            });
    Answer.with(
        request,
        plant.snapshot(),
        snapshot ->
            Answer.json(
                request,
                Json.object()
                    .put("asOf", snapshot.size())
                    .put("statementsRefused", plant.intake().refused())
                    .set(
                        "problems",
                        Json.array(
                            problems(plant, snapshot).stream()
                                .filter(problem -> kind.isEmpty() || problem.isOfCustody())
                                .toList(),
                            problem -> AccountJson.problem(problem, plant.log())))));
  }

  /** Returns what the gateway noticed, then what the accounts noticed, each newest first. */
  static List<PlantProblem> problems(PlantReadModel plant, PlantSnapshot snapshot) {
    List<PlantProblem> problems = new ArrayList<>(plant.problems());
    snapshot.problems().forEach(problem -> problems.add(PlantProblem.of(problem)));
    return problems;
  }

  private void lots(RoutingContext request) {
    Parameters parameters = Parameters.of(request, "limit", "q", "state", "gtin");
    int limit = (int) parameters.integer("limit", 1, MOST_LOTS).orElse(LOTS);
    Answer.with(
        request,
        plant.lots(search(parameters), limit),
        lots ->
            Answer.json(
                request,
                Json.object()
                    .put("asOf", lots.size())
                    .set(
                        "lots",
                        Json.array(lots.value(), lot -> AccountJson.lot(lot, plant.log())))));
  }

  private static LotSearch search(Parameters parameters) {
    return new LotSearch(
        parameters.text("q").orElse(""),
        parameters.text("state").map(FacilityApi::state),
        parameters.text("gtin"));
  }

  private static LotState.State state(String word) {
    for (LotState.State state : LotState.State.values()) {
      if (FacilityIntervalJson.word(state).equals(word)) {
        return state;
      }
    }
    throw RequestRefused.bad("'state' is in-stock, produced, consumed or shipped");
  }

  private void lot(RoutingContext request) {
    Parameters.of(request);
    LotId lot = lotId(Parameters.rest(request, "/api/v1/lots/"));
    Answer.with(
        request,
        plant
            .lot(lot)
            .thenCombine(plant.family(lot).thenCombine(plant.origin(lot), Roots::new), Map::entry)
            .thenCombine(plant.snapshot(), Map::entry),
        found -> {
          AsOf<Optional<LotState>> known = found.getKey().getKey();
          LotState state = known.value().orElseThrow(() -> unknown(lot));
          ObjectNode json = Json.object().put("asOf", known.size());
          json.setAll(AccountJson.lot(state, plant.log()));
          Roots roots = found.getKey().getValue();
          json.set("genealogy", family(roots.family));
          found
              .getValue()
              .plant()
              .ifPresent(model -> json.put("custody", Links.custody(model, lot)));
          json.set(
              "declaredFootprint",
              roots
                  .origin
                  .footprint()
                  .map(stated -> FootprintJson.of(stated, plant.log()))
                  .orElse(null));
          json.set(
              "claims",
              Json.array(
                  roots.origin.claims().claims(),
                  held -> ClaimJson.of(held, state.mass(), plant.log())));
          Answer.json(request, json);
        });
  }

  private record Roots(LotFamily family, LotOrigin origin) {}

  private static ObjectNode family(LotFamily family) {
    ObjectNode json = Json.object().put("whole", family.whole());
    json.set("madeOf", Json.array(family.ancestors(), FacilityApi::step));
    return json.set("usedIn", Json.array(family.descendants(), FacilityApi::step));
  }

  private static ObjectNode step(LotFamily.Step step) {
    return Json.object()
        .put("order", step.order())
        .put("from", step.from().path())
        .put("to", step.to().path())
        .put("massKg", step.mass().kilograms());
  }

  static LotId lotId(String path) {
    try {
      return new LotId(path);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad(
          "a lot is named 01/{gtin}/10/{lot} or 01/{gtin}/21/{serial}, the GTIN with 14 digits");
    }
  }

  static RequestRefused unknown(LotId lot) {
    return RequestRefused.notFound("This plant has no lot " + lot.path() + ".");
  }

  private static @Nullable Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
