package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.MeterState;
import io.tracegram.ledger.account.OrderState;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Figure;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the page "Now" from a snapshot. Stateless apart from its collaborators. */
final class NowPage {
  private static final int PROBLEMS = 6;
  private static final String DASH = "–";

  private final PlantReadModel plant;
  private final Assets assets;
  private final Clock clock;

  NowPage(PlantReadModel plant, Assets assets, Clock clock) {
    this.plant = plant;
    this.assets = assets;
    this.clock = clock;
  }

  NowView view(PlantSnapshot snapshot, boolean whole) {
    String facility = snapshot.plant().map(PlantModel::name).orElse("This plant");
    boolean demo = snapshot.plant().map(PlantModel::simulated).orElse(false);
    ZoneId zone = snapshot.plant().map(LocalDay::zone).orElse(ZoneId.of("UTC"));
    Breakdown today = Breakdown.of(snapshot.today());
    List<NowView.ProblemRow> problems = problems(snapshot, zone);
    LogStatus log = plant.log();
    return new NowView(
        new Frame(assets, "Now: " + facility, demo),
        whole,
        snapshot.plantMillis().isPresent(),
        facility,
        snapshot.plantMillis().isPresent()
            ? LocalDay.moment(snapshot.plantMillis().getAsLong(), zone)
            : DASH,
        Optional.ofNullable(AccountJson.time(snapshot.plantMillis())).orElse(""),
        intakeAge(),
        headline(snapshot, today),
        parts(today),
        whole ? QuartersView.of(snapshot, log) : QuartersView.NONE,
        snapshot.meters().stream().map(meter -> meter(snapshot, meter, log)).toList(),
        snapshot.runningOrders().stream().map(order -> order(snapshot, order, zone)).toList(),
        snapshot.lots().stream().limit(6).map(lot -> lot(lot, log)).toList(),
        Figure.count(snapshot.lotCount()),
        EvidencePage.card(snapshot, log, plant.intake()),
        problems.subList(0, Math.min(PROBLEMS, problems.size())),
        Math.max(0, problems.size() - PROBLEMS),
        Figure.count(snapshot.size()));
  }

  private long intakeAge() {
    OptionalLong last = plant.intake().lastAdmittedMillis();
    return last.isEmpty() ? -1 : Math.max(0, clock.millis() - last.getAsLong()) / 1_000;
  }

  private static NowView.Headline headline(PlantSnapshot snapshot, Breakdown today) {
    Optional<MeterState> root =
        snapshot.meters().stream().filter(meter -> meter.meter().parent().isEmpty()).findFirst();
    Optional<LocalDay> day = snapshot.day();
    String range =
        day.map(
                known ->
                    "?from="
                        + Json.time(known.startMillis())
                        + "&to="
                        + Json.time(known.endMillis())
                        + "&step=15m")
            .orElse("");
    Optional<EmissionFactor> factor = snapshot.plant().flatMap(known -> known.grid().factor());
    return new NowView.Headline(
        root.flatMap(NowPage::power),
        root.map(meter -> powerNote(snapshot, meter)).orElse("no meter yet"),
        root.map(meter -> Links.evidence(meter.lastLeaf())).orElse(""),
        Figure.kilowattHours(today.total().energy(), decimals(today.total().energy())),
        today.co2e(today.total(), 2),
        day.map(LocalDay::name).orElse(DASH),
        period(snapshot),
        coverage(snapshot, today),
        quality(today),
        factor
            .map(
                known ->
                    Decimals.canonical(known.kgPerUnit()) + " kg CO₂e per kWh · " + known.edition())
            .orElse(DASH),
        factor
            .map(
                known ->
                    known.source()
                        + " · boundary: "
                        + known.boundary()
                        + " · "
                        + known.gwpSet()
                        + " · "
                        + known.licence())
            .orElse(""),
        "/api/v1/energy" + range,
        "/api/v1/emissions" + range);
  }

  private static Optional<Figure> power(MeterState meter) {
    return meter.bad().isEmpty() && meter.powerMilliwatts().isPresent()
        ? Optional.of(Figure.kilowatts(meter.powerMilliwatts().getAsLong(), 1))
        : Optional.empty();
  }

  private static String powerNote(PlantSnapshot snapshot, MeterState root) {
    if (!root.bad().isEmpty()) {
      return "at " + root.meter().name() + ": " + root.bad();
    }
    if (root.powerMilliwatts().isEmpty()) {
      return "at " + root.meter().name() + ": it reports energy only";
    }
    return "at " + root.meter().name() + ", " + age(snapshot, root);
  }

  private static String age(PlantSnapshot snapshot, MeterState meter) {
    return meter.lastMeasuredMillis().isEmpty()
        ? ""
        : lasting(snapshot.plantMillis().orElse(0) - meter.lastMeasuredMillis().getAsLong())
            + " ago";
  }

  private static String period(PlantSnapshot snapshot) {
    if (snapshot.day().isEmpty() || snapshot.today().isEmpty()) {
      return "no quarter-hour closed yet";
    }
    LocalDay day = snapshot.day().get();
    return day.time(snapshot.today().getFirst().startMillis())
        + " to "
        + day.time(snapshot.today().getLast().endMillis());
  }

  private static String coverage(PlantSnapshot snapshot, Breakdown today) {
    if (snapshot.day().isEmpty() || snapshot.today().isEmpty()) {
      return DASH;
    }
    long quarters =
        (snapshot.today().getLast().endMillis() - snapshot.day().get().startMillis()) / 900_000;
    long missing = quarters - today.quarters();
    return missing == 0
        ? quarters + " quarter-hours"
        : today.quarters() + " of " + quarters + " quarter-hours, " + missing + " missing";
  }

  private static String quality(Breakdown today) {
    long total = today.total().energy().milliwattHours();
    if (total == 0) {
      return DASH;
    }
    BigDecimal interpolated =
        BigDecimal.valueOf(today.interpolated().milliwattHours())
            .movePointRight(2)
            .divide(BigDecimal.valueOf(total), 6, RoundingMode.HALF_EVEN);
    Figure shown = Figure.of(interpolated, 1, "%");
    return interpolated.signum() == 0
        ? "100 % measured"
        : Figure.of(BigDecimal.valueOf(100).subtract(interpolated), 1, "%").shown()
            + " % measured, "
            + shown.shown()
            + " % interpolated";
  }

  private static List<NowView.Part> parts(Breakdown today) {
    return List.of(
        part("lots", "Lots", "at a workstation with a lot in it", today, today.lots()),
        part("idle", "Idle", "at a workstation without a lot", today, today.idle()),
        part("overhead", "Overhead", "shared, on no workstation's meter", today, today.overhead()),
        part(
            "unattributed",
            "Unattributed",
            "could not be attributed",
            today,
            today.unattributed()));
  }

  private static NowView.Part part(
      String key, String label, String meaning, Breakdown today, Share share) {
    return new NowView.Part(
        key, label, meaning, Figure.kilowattHours(share.energy(), 1), today.co2e(share, 2));
  }

  private static NowView.MeterRow meter(PlantSnapshot snapshot, MeterState meter, LogStatus log) {
    boolean read = meter.lastMeasuredMillis().isPresent();
    return new NowView.MeterRow(
        meter.meter().id(),
        meter.meter().name(),
        place(snapshot, meter.meter()),
        meter.meter().parent().isPresent(),
        power(meter),
        read ? Optional.of(Figure.kilowattHours(meter.register(), 1)) : Optional.empty(),
        age(snapshot, meter),
        Condition.of(meter, snapshot.plantMillis()),
        meter.bad(),
        EvidenceMark.of(
            meter.lastLeaf() < 0 ? OptionalLong.empty() : OptionalLong.of(meter.lastLeaf()), log));
  }

  private static String place(PlantSnapshot snapshot, PlantModel.Meter meter) {
    if (meter.parent().isEmpty()) {
      return "the whole plant";
    }
    return meter
        .workstation()
        .map(station -> "workstation " + workstation(snapshot, station))
        .orElse("shared");
  }

  private static NowView.OrderRow order(PlantSnapshot snapshot, OrderState order, ZoneId zone) {
    return new NowView.OrderRow(
        order.id(),
        workstation(snapshot, order.workstation()),
        order.inputs().stream().map(input -> input(snapshot, input)).toList(),
        LocalDay.time(order.startMillis(), zone),
        Json.time(order.startMillis()),
        lasting(snapshot.plantMillis().orElse(order.startMillis()) - order.startMillis()),
        Figure.kilowattHours(order.own().energy(), 2),
        LotPage.co2e(order.own(), order.priced(), 3),
        Links.order(order.id()));
  }

  private static String input(PlantSnapshot snapshot, LotQuantity input) {
    String material =
        snapshot
            .plant()
            .flatMap(known -> known.material(input.lot().gtin()))
            .map(PlantModel.Material::name)
            .orElse(input.lot().gtin());
    Figure mass = Figure.kilograms(input.mass(), 1);
    return mass.shown() + " kg " + material + " · " + input.lot().number();
  }

  private static String workstation(PlantSnapshot snapshot, String id) {
    return snapshot.plant().stream()
        .flatMap(known -> known.workstations().stream())
        .filter(station -> station.id().equals(id))
        .map(PlantModel.Workstation::name)
        .findFirst()
        .orElse(id);
  }

  private static NowView.LotRow lot(LotState lot, LogStatus log) {
    return new NowView.LotRow(
        lot.lot().number(),
        lot.material(),
        Links.lot(lot.lot()),
        Figure.kilograms(lot.mass(), 1),
        LotPage.state(lot),
        LotPage.co2e(lot.provisionalOwn(), lot.priced(), 2),
        lot.account().map(LotPage::carbon),
        EvidenceMark.of(lot.accountLeaf(), log));
  }

  private List<NowView.ProblemRow> problems(PlantSnapshot snapshot, ZoneId zone) {
    List<NowView.ProblemRow> rows = new ArrayList<>();
    plant.problems().forEach(problem -> rows.add(problem(problem, zone, " system time")));
    snapshot.problems().forEach(problem -> rows.add(problem(PlantProblem.of(problem), zone, "")));
    return rows;
  }

  private static NowView.ProblemRow problem(PlantProblem problem, ZoneId zone, String clock) {
    return new NowView.ProblemRow(
        problem.code() + " " + problem.subject(),
        problem.subject(),
        problem.code(),
        problem.reason(),
        problem.effect(),
        problem.action(),
        LocalDay.moment(problem.sinceMillis(), zone) + clock,
        Figure.count(problem.count()),
        Links.evidence(problem.leaf()));
  }

  private static int decimals(Energy energy) {
    return Math.abs(energy.milliwattHours()) >= 1_000_000_000L ? 1 : 2;
  }

  /** Writes a length of time in its largest unit that leaves a whole number of at least one. */
  static String lasting(long millis) {
    long seconds = Math.max(0, millis) / 1_000;
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes < 2_880 ? minutes / 60 + " h" : minutes / 1_440 + " days";
  }
}
