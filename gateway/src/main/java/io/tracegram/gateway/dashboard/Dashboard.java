package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.ProblemPage;
import io.tracegram.runtime.web.RequestRefused;
import io.tracegram.runtime.web.Templates;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The gateway's pages and interfaces over a read model. Construct it, give {@link #assets} and
 * itself to the web shell, then {@link #mount} on the shell's router.
 */
public final class Dashboard implements ProblemPage {
  private final Vertx vertx;
  private final PlantReadModel plant;
  private final BigDecimal materialityPercent;
  private final Assets assets = new Assets(Dashboard.class, sources());
  private final Templates templates =
      new Templates(
          Dashboard.class.getClassLoader(), Dashboard.class.getPackageName() + ".template");
  private final NowPage now;
  private final LotPage lots;

  /**
   * Builds the pages.
   *
   * @param clock system time, for "last statement … ago"
   * @param materialityPercent change of a month's total beyond which a restatement is material
   */
  public Dashboard(Vertx vertx, PlantReadModel plant, Clock clock, BigDecimal materialityPercent) {
    this.vertx = vertx;
    this.plant = plant;
    this.materialityPercent = materialityPercent;
    now = new NowPage(plant, assets, clock);
    lots = new LotPage(plant, assets);
  }

  public Assets assets() {
    return assets;
  }

  /** Adds all routes; one server instance per dashboard. */
  public void mount(Router router) {
    router.get("/").handler(this::now);
    router.get("/lots/*").handler(this::lot);
    new CellApi(plant).mount(router);
    new EvidencePage(plant, templates, assets).mount(router);
    new FacilityApi(plant).mount(router);
    new SeriesApi(plant).mount(router);
    new PeriodsApi(plant, materialityPercent).mount(router);
    new AbsorptionApi(plant).mount(router);
    new BalanceApi(plant).mount(router);
    new InstrumentsApi(plant).mount(router);
    new EventStream(vertx, plant).mount(router);
  }

  @Override
  public String render(ProblemDetails problem) {
    return templates.render(
        "problem", new ProblemView(new Frame(assets, problem.title(), false), problem));
  }

  private void now(RoutingContext request) {
    String fragment = Parameters.of(request, "fragment").text("fragment").orElse("");
    Answer.with(
        request, plant.snapshot(), snapshot -> Answer.html(request, now(snapshot, fragment)));
  }

  private String now(PlantSnapshot snapshot, String fragment) {
    return switch (fragment) {
      case "" -> templates.render("now", now.view(snapshot, true));
      case "now" -> templates.render("now-content", now.view(snapshot, false));
      case "quarters" -> templates.render("quarters", QuartersView.of(snapshot, plant.log()));
      default -> throw RequestRefused.bad("there are the fragments now and quarters");
    };
  }

  private void lot(RoutingContext request) {
    Parameters.of(request);
    LotId lot = FacilityApi.lotId(Parameters.rest(request, "/lots/"));
    Answer.with(
        request,
        plant
            .lot(lot)
            .thenCombine(
                plant.snapshot().thenCombine(plant.origin(lot), Map::entry),
                (found, known) ->
                    found.value().map(state -> lots.view(known.getKey(), state, known.getValue()))),
        view ->
            Answer.html(
                request,
                templates.render("lot", view.orElseThrow(() -> FacilityApi.unknown(lot)))));
  }

  private static List<Assets.Source> sources() {
    List<Assets.Source> sources = new ArrayList<>(Assets.CHART);
    sources.add(new Assets.Source("now.css", "/io/tracegram/gateway/dashboard/now.css"));
    sources.add(new Assets.Source("chart.js", "/io/tracegram/gateway/dashboard/chart.js"));
    return sources;
  }
}
