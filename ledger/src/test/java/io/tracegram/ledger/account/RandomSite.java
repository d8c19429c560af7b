package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.factor;
import static io.tracegram.ledger.account.Site.imported;
import static io.tracegram.ledger.account.Site.source;
import static io.tracegram.ledger.account.Site.supply;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A plant of random sources and meters, and what it says in a few hours. */
final class RandomSite {
  /** After all readings. */
  static final long END = Site.at(600);

  private static final int MINUTES = 300;

  private final Random random;
  private final PlantModel.Grid grid;
  private final List<Carrier> carriers;
  private final List<Cogeneration> cogeneration = new ArrayList<>();
  private final Meter[] meters;

  RandomSite(Random random) {
    this.random = random;
    grid =
        new PlantModel.Grid(
            maybe("0.2"),
            PlantModel.Grid.DEFAULT_INTENSITY,
            maybe("0.72456"),
            maybe("0.013"),
            maybe("0.041"),
            random.nextBoolean());
    carriers =
        List.of(
            new Carrier(
                "gas",
                "Gas",
                Carrier.Kind.FUEL,
                factor("0.18231", EmissionFactor.Unit.KWH_GROSS),
                Optional.empty(),
                Optional.of(factor("0.00307", EmissionFactor.Unit.KWH_GROSS))),
            new Carrier(
                "heat",
                "Heat",
                Carrier.Kind.HEAT,
                factor("0.17529"),
                Optional.empty(),
                Optional.empty()));
    List<Meter> all = new ArrayList<>(List.of(source("grid", Meter.Role.GRID_IMPORT)));
    add(all, source("grid-2", Meter.Role.GRID_IMPORT));
    add(all, source("sun", Meter.Role.GENERATION));
    add(all, source("battery", Meter.Role.STORAGE));
    add(all, supply("burner", "gas"));
    add(all, below("grid", "furnace"));
    if (random.nextBoolean()) {
      all.add(below("grid", "hall"));
      add(all, below("hall", "press"));
      add(all, imported(below("hall", "lights")));
    }
    if (random.nextBoolean()) {
      combine(all, "engine");
      if (random.nextBoolean()) {
        combine(all, "turbine");
      }
    }
    meters = all.toArray(Meter[]::new);
  }

  private void combine(List<Meter> all, String id) {
    all.add(source(id, Meter.Role.GENERATION));
    all.add(supply(id + "-gas", "gas"));
    all.add(supply(id + "-heat", "heat"));
    add(all, below(id + "-heat", id + "-dryer", "heat"));
    cogeneration.add(
        new Cogeneration(
            id,
            id + "-gas",
            id + "-heat",
            id,
            HeatAndPower.of(1 + random.nextInt(1_000), 1 + random.nextInt(1_000))));
  }

  private void add(List<Meter> all, Meter meter) {
    if (random.nextBoolean()) {
      all.add(meter);
    }
  }

  private Optional<EmissionFactor> maybe(String kgPerKwh) {
    return random.nextBoolean() ? Optional.of(factor(kgPerKwh)) : Optional.empty();
  }

  /** Returns the plant before it said anything. */
  Site empty() {
    return new Site(Site.model(grid, carriers, cogeneration, meters));
  }

  /**
   * Returns readings of all registers, each batch of one time, rising and with different times; the
   * first two are of the begin and the end.
   */
  List<Body.Readings> readings() {
    TreeMap<Integer, Long> energies = new TreeMap<>();
    for (int i = 0; i < 25; i++) {
      energies.put(1 + random.nextInt(MINUTES - 1), 0L);
    }
    energies.put(0, 0L);
    energies.put(MINUTES, 0L);
    long[] values = new long[2 * meters.length];
    List<Body.Readings> batches = new ArrayList<>();
    for (int minutes : energies.keySet()) {
      List<Series> series = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        Meter meter = meters[i / 2];
        boolean export = i % 2 == 1;
        values[i] += random.nextInt(4) == 0 ? 0 : random.nextInt(3_000_000);
        if (!export
            || meter.role() == Meter.Role.GRID_IMPORT
            || meter.role() == Meter.Role.STORAGE) {
          series.add(series(meter, export, Site.at(minutes), values[i]));
        }
      }
      batches.add(new Body.Readings(series));
    }
    return batches;
  }

  /** Returns the plant after hours of readings, lots, wrong clocks, prices and people. */
  Site lived() {
    Site site = empty();
    List<Body.Readings> readings = readings();
    long now = Site.at(0);
    for (int i = 0; i < readings.size(); i++) {
      Body.Readings body = readings.get(i);
      now = body.series().getFirst().readings().getFirst().measuredMillis();
      int late = i > 3 && random.nextInt(4) == 0 ? random.nextInt(i) : i;
      site.plant.tell(now, disturbed(body));
      site.plant.tell(now, readings.get(late));
      happen(site, now);
    }
    site.plant.settle();
    return site;
  }

  private Body.Readings disturbed(Body.Readings body) {
    return new Body.Readings(
        body.series().stream()
            .map(
                series -> {
                  Reading reading = series.readings().getFirst();
                  long value = random.nextInt(12) == 0 ? random.nextInt(1 << 30) : reading.value();
                  return new Series(
                      series.meter(),
                      series.register(),
                      "",
                      1_000,
                      List.of(new Reading(reading.measuredMillis(), value)));
                })
            .toList());
  }

  private void happen(Site site, long now) {
    Meter meter = meters[random.nextInt(meters.length)];
    switch (random.nextInt(11)) {
      case 0 -> site.price(slots(now));
      case 1 ->
          site.enter(
              new Body.ManualEntry.Entry.Discontinuity(
                  meter.id(), now - random.nextInt(3_600_000), random.nextInt(1 << 30), 0),
              "ann",
              random.nextBoolean() ? "bob" : "ann");
      case 2 ->
          site.enter(
              new Body.ManualEntry.Entry.Amount(
                  meter.id(), now - 3_600_000, now - 1_800_000, random.nextInt(5_000_000), "guess"),
              "ann",
              "bob");
      case 3 ->
          site.plant.tell(
              now,
              new Body.DeviceStatus(
                  meter.id(), Body.DeviceStatus.State.BAD, "modbus.timeout", "no answer", now, 1));
      case 4 -> {
        site.plant.scan(now, "in", PlantFixture.HYDROXIDE, "A" + random.nextInt(5));
        site.plant.weigh(now, 100);
      }
      case 5 -> {
        site.plant.scan(now, "feed", PlantFixture.HYDROXIDE, "A" + random.nextInt(5));
        site.plant.weigh(now, 20);
      }
      case 6 -> {
        site.plant.scan(now, "out", PlantFixture.SULPHATE, "P" + random.nextInt(20));
        site.plant.weigh(now, 15);
      }
      case 9 -> site.say(month(now));
      case 10 -> hold(site, now);
      case 7 -> site.say(new Body.IntervalClose(now - random.nextInt(900_000)));
      default ->
          site.say(
              new Body.Imported(
                  Hash.ZERO,
                  "ann",
                  List.of(series(meter, false, now - random.nextInt(86_400_000), 0))));
    }
  }

  private Body.PeriodClose month(long now) {
    long to = IntervalAccount.quarter(now) - random.nextInt(4) * Site.QUARTER;
    return new Body.PeriodClose(to - random.nextInt(12) * Site.QUARTER, to);
  }

  private void hold(Site site, long now) {
    TreeMap<Long, Energy> hours = new TreeMap<>();
    long hour = now - Math.floorMod(now, 3_600_000L);
    for (int i = 0; i < 5; i++) {
      hours.put(hour - i * 3_600_000L, new Energy(random.nextInt(2_000_000_000)));
    }
    Document.stated(
            FactorDocumentCodec.encode(
                Portfolios.of(
                    Integer.toString(random.nextInt(3)),
                    Portfolios.contract("ppa", random.nextInt(5_000)),
                    random.nextBoolean()
                        ? Portfolios.certificate("go", random.nextInt(5_000))
                        : Portfolios.certificate("go", random.nextInt(5_000), hours))),
            Body.FactorSetDeclared::new)
        .forEach(site::say);
  }

  private IntensitySeries.Slot[] slots(long now) {
    List<IntensitySeries.Slot> slots = new ArrayList<>();
    for (int i = -8; i < 8; i++) {
      if (random.nextInt(4) > 0) {
        slots.add(
            new IntensitySeries.Slot(
                IntervalAccount.quarter(now) + i * Site.QUARTER,
                random.nextInt(800) * 1_000_000_007L,
                random.nextBoolean()));
      }
    }
    return slots.toArray(IntensitySeries.Slot[]::new);
  }

  private static Series series(Meter meter, boolean export, long millis, long value) {
    return new Series(
        meter.id(),
        export ? Register.ENERGY_EXPORT : Register.ENERGY_IMPORT,
        "",
        1_000,
        List.of(new Reading(millis, value)));
  }
}
