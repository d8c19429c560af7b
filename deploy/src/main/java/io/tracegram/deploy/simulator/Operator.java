package io.tracegram.deploy.simulator;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.plant.PlantModel.Scanner.Step;
import io.tracegram.runtime.config.ConfigurationException;
import io.tracegram.runtime.config.SimulationFile.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The person on the floor of a simulated plant: weighs, scans, and carries tags past portals, round
 * after round. A step that is late delays the steps after it; a label refused three times ends the
 * round. Single-threaded.
 */
final class Operator {
  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_REFUSALS = 3;

  /** A dishonest hand is at work in one round of so many. */
  private static final long ROUNDS_PER_FRAUD = 24;

  private final SimulatedPlant plant;
  private final Scenario scenario;
  private final Timetable timetable;
  private final Shipments shipments;
  private final Optional<PlantedFrauds> frauds;
  private final Map<Step, Scanner> scanners = new EnumMap<>(Step.class);
  private final Map<Step, Scanner> portals = new EnumMap<>(Step.class);
  private final Set<String> busy = new TreeSet<>();
  private long number;
  private Round round;
  private long lastActionMillis = Long.MIN_VALUE;
  private int refusals;

  /**
   * When rounds begin.
   *
   * @param start of the first
   * @param cycle from one to the next
   */
  record Timetable(Instant start, Duration cycle, Round.Pace pace) {
    Instant roundStart(long number) {
      return start.plus(cycle.multipliedBy(number));
    }
  }

  /**
   * @param frauds takes what a dishonest hand does; empty for an honest floor
   * @throws ConfigurationException if the plant lacks a scanner, portal or material of the scenario
   */
  Operator(
      SimulatedPlant plant,
      Scenario scenario,
      Timetable timetable,
      Shipments shipments,
      Optional<PlantedFrauds> frauds) {
    this.plant = plant;
    this.scenario = scenario;
    this.timetable = timetable;
    this.shipments = shipments;
    this.frauds = frauds;
    PlantModel model = plant.model();
    for (Scanner scanner : model.scanners()) {
      scanners.putIfAbsent(scanner.step(), scanner);
    }
    for (Scanner portal : model.additions().places().portals()) {
      portals.putIfAbsent(portal.step(), portal);
    }
    for (Step step : steps()) {
      if (!scanners.containsKey(step) && !portals.containsKey(step)) {
        throw new ConfigurationException(
            "the plant " + model.facility() + " needs a scanner or portal for the step " + step);
      }
    }
    for (String gtin : gtins()) {
      if (model.material(gtin).isEmpty()) {
        throw new ConfigurationException(
            "the plant " + model.facility() + " needs the demo material " + gtin);
      }
    }
    round = newRound();
  }

  /** Returns the workstations at which a lot is worked on. */
  Set<String> busy() {
    return Set.copyOf(busy);
  }

  /** Does what is due at a plant time, in order. */
  void act(long nowMillis) throws InterruptedException {
    while (round.next().isPresent() && isDue(nowMillis)) {
      Round.Action action = round.next().get();
      Optional<Goods> goods = action.goods().get();
      if (goods.isEmpty() || !isAccepted(action, goods.get())) {
        return;
      }
      action.fraud().ifPresent(fraud -> plant(fraud, nowMillis, action, goods.get()));
      refusals = 0;
      lastActionMillis = nowMillis;
      round.advance();
    }
    if (round.next().isEmpty()) {
      endRound(nowMillis);
    }
  }

  private void plant(Fraud fraud, long nowMillis, Round.Action action, Goods goods) {
    String scanner = Optional.ofNullable(scanners.get(action.step())).orElseThrow().id();
    frauds.orElseThrow().planted(nowMillis, plant.model().facility(), scanner, goods, fraud);
  }

  private boolean isDue(long nowMillis) {
    Round.Action action = round.next().orElseThrow();
    long planned = timetable.roundStart(number).plus(action.after()).toEpochMilli();
    return nowMillis >= planned
        && (round.gap().isZero() || nowMillis >= lastActionMillis + round.gap().toMillis());
  }

  private boolean isAccepted(Round.Action action, Goods goods) throws InterruptedException {
    if (!scanners.containsKey(action.step())) {
      pass(Optional.ofNullable(portals.get(action.step())).orElseThrow().id(), goods);
      return true;
    }
    Scanner binding = Optional.ofNullable(scanners.get(action.step())).orElseThrow();
    ScannerServer scanner = plant.scanner(binding.id()).orElseThrow();
    Optional<ScaleServer> scale = binding.scale().flatMap(plant::scale);
    scale.ifPresent(
        loaded -> loaded.load(new ScaleServer.Pan(goods.grams(), ScaleServer.Motion.STILL)));
    ScannerServer.Answer answer = scanner.scan(goods.label(), PATIENCE);
    scale.ifPresent(loaded -> loaded.load(new ScaleServer.Pan(0, ScaleServer.Motion.STILL)));
    LOG.info(
        "event=operator.scan facility={} scanner={} label={} grams={} answer={}",
        plant.model().facility(),
        binding.id(),
        goods.label(),
        goods.grams(),
        answer);
    return switch (answer) {
      case ACCEPTED -> {
        if (action.fraud().filter(Fraud::isRefused).isEmpty()) {
          follow(action, binding, goods);
        }
        yield true;
      }
      case REFUSED -> {
        refuse();
        yield false;
      }
      case NONE -> false;
    };
  }

  /** Nobody waits at a portal. */
  private void pass(String portal, Goods goods) {
    boolean read = plant.portal(portal).orElseThrow().pass(Sgtin198.of(goods.lot()));
    LOG.info(
        "event=operator.pass facility={} portal={} label={} read={}",
        plant.model().facility(),
        portal,
        goods.label(),
        read);
  }

  private void follow(Round.Action action, Scanner binding, Goods goods) {
    switch (action.step()) {
      case RECEIVE, FILL, DRAW, PACK, UNPACK, SCRAP -> {
        // nothing besides what the round itself says
      }
      case INPUT -> busy.add(binding.workstation());
      case OUTPUT -> busy.remove(binding.workstation());
      case SHIP -> binding.destination().ifPresent(to -> shipments.send(to, goods));
    }
    action.accepted().accept(goods);
  }

  private void refuse() {
    refusals++;
    if (refusals >= MAX_REFUSALS) {
      LOG.warn(
          "event=operator.round-abandoned facility={} round={} reason=\"a label was refused {}"
              + " times\"",
          plant.model().facility(),
          number,
          refusals);
      refusals = 0;
      busy.clear();
      while (round.next().isPresent()) {
        round.advance();
      }
    }
  }

  private void endRound(long nowMillis) {
    do {
      number++;
    } while (timetable.roundStart(number).toEpochMilli() < nowMillis);
    round = newRound();
  }

  private Round newRound() {
    Instant start = timetable.roundStart(number);
    return switch (scenario) {
      case REFINERY ->
          frauds.isPresent() && number % ROUNDS_PER_FRAUD == 0
              ? Round.dishonestRefinery(start, number, timetable.pace())
              : Round.refinery(start, number, timetable.pace());
      case CELL_PLANT ->
          Round.cellPlant(start, timetable.pace(), plant.model().facility(), shipments);
    };
  }

  private Set<Step> steps() {
    return switch (scenario) {
      case REFINERY -> Set.of(Step.RECEIVE, Step.INPUT, Step.OUTPUT, Step.SHIP);
      case CELL_PLANT -> Set.of(Step.RECEIVE, Step.INPUT, Step.OUTPUT, Step.SHIP);
    };
  }

  private Set<String> gtins() {
    return switch (scenario) {
      case REFINERY -> Set.of(Goods.COBALT_HYDROXIDE, Goods.COBALT_SULPHATE);
      case CELL_PLANT -> Set.of(Goods.COBALT_SULPHATE, Goods.COMPONENTS_KIT, Goods.BATTERY_PACK);
    };
  }
}
