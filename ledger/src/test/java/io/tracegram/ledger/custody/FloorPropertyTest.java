package io.tracegram.ledger.custody;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Floor.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Claims about any scans, cards and weights in any order, late ones too. */
class FloorPropertyTest {
  private static final List<String> GTINS =
      List.of(FloorFixture.ORE, FloorFixture.POWDER, FloorFixture.DUST, FloorFixture.CAKE);
  private static final List<String> STEPS =
      List.of(
          "receive", "in", "out", "hand", "ship", "pack", "unpack", "scrap", "pack", "fill", "draw",
          "pour");
  private static final List<String> CARDS =
      List.of("START", "FINISH", "SPLIT", "SCRAP", "UNDO", "STOP");

  private static final long QUARTER = MassFlows.QUARTER;

  private long received;
  private long scrapped;
  private long shipped;
  private final Map<String, Order> told = new LinkedHashMap<>();

  @Property(shrinking = ShrinkingMode.OFF, tries = 150)
  void everyKilogramIsSomewhereAfterEachScan(@ForAll long seed, @ForAll boolean parallel) {
    Random random = new Random(seed);
    FloorFixture at = floor(parallel);
    begin();
    for (int i = 0; i < 250; i++) {
      for (Supplier<Outcome> act : any(at, random, i)) {
        switch (act.get()) {
          case Outcome.Noted noted -> noted.movements().forEach(this::book);
          case Outcome.Happened happened -> {
            happened.movements().forEach(this::book);
            for (CustodyEvent event : happened.events()) {
              assertThat(CustodyEventCodec.decode(CustodyEventCodec.encode(event)))
                  .isEqualTo(event);
            }
          }
          case Outcome.Refused refused -> assertThat(refused.text()).isNotBlank();
        }
        conserves(at.floor);
        unitsAgree(at.floor.state());
      }
      if (random.nextInt(50) == 0) {
        at.restart();
      }
    }
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 60)
  void theBalanceOfAnyTimeIsExact(@ForAll long seed) {
    Random random = new Random(seed);
    FloorFixture at = new FloorFixture(FloorFixture.rules());
    begin();
    for (int i = 0; i < 250; i++) {
      for (Supplier<Outcome> act : any(at, random, i)) {
        switch (act.get()) {
          case Outcome.Noted noted -> noted.movements().forEach(this::book);
          case Outcome.Happened happened -> happened.movements().forEach(this::book);
          case Outcome.Refused _ -> {}
        }
      }
      if (random.nextInt(50) == 0) {
        at.restart();
      }
    }
    MassBalance ever = at.floor.balance(0, quarter(FloorFixture.NOON) + 400 * QUARTER);
    assertThat(ever.total().flow().received().milligrams()).isEqualTo(received);
    assertThat(ever.total().flow().scrapped().milligrams()).isEqualTo(scrapped);
    assertThat(ever.total().flow().shipped().plus(ever.total().flow().waste()).milligrams())
        .isEqualTo(shipped);
    balances(ever);
    assertThat(ever.total().opening().milligrams()).isZero();
    long from = quarter(FloorFixture.NOON) + random.nextInt(-40, 20) * QUARTER;
    long to = from + random.nextInt(30) * QUARTER;
    MassBalance before = at.floor.balance(0, from);
    MassBalance during = at.floor.balance(from, to);
    balances(during);
    during
        .materials()
        .forEach((gtin, line) -> assertThat(before.of(gtin).closing()).isEqualTo(line.opening()));
    assertThat(before.process().closing()).isEqualTo(during.process().opening());
  }

  private static long quarter(long millis) {
    return millis / QUARTER * QUARTER;
  }

  private static void balances(MassBalance balance) {
    balance
        .materials()
        .forEach((gtin, line) -> assertThat(line.difference().milligrams()).as(gtin).isZero());
    assertThat(balance.process().difference().milligrams()).isZero();
    MaterialFlow all = balance.total().flow();
    assertThat(balance.process().in()).isEqualTo(all.consumed());
    assertThat(balance.process().out()).isEqualTo(all.produced());
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 150)
  void aScanThatIsUndoneLeavesNothing(@ForAll long seed, @ForAll boolean parallel) {
    Random random = new Random(seed);
    FloorFixture at = floor(parallel);
    for (int i = 0; i < 120; i++) {
      any(at, random, i).forEach(act -> assertThat(act.get()).isNotNull());
    }
    String scanner =
        List.of(
                "mill-hand",
                "oven-hand",
                "mill-pour",
                "mill-ship",
                "oven-ship",
                "mill-pack",
                "oven-pack",
                "mill-unpack")
            .get(random.nextInt(8));
    Object before = lasting(at);
    Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> at.card(130, scanner, CARDS.get(random.nextInt(4)));
          case 1 -> at.unit(130, scanner, unit(random));
          default -> at.label(130, scanner, lot(random));
        };
    if (!(outcome instanceof Outcome.Refused)) {
      Outcome undone = at.card(131, scanner, "UNDO");
      assertThat(undone).isNotInstanceOf(Outcome.Refused.class);
      assertThat(undone instanceof Outcome.Happened).isEqualTo(outcome instanceof Outcome.Happened);
    }
    assertThat(lasting(at)).isEqualTo(before);
  }

  @Property(shrinking = ShrinkingMode.OFF, tries = 100)
  void aRefusedScanChangesNothing(@ForAll long seed, @ForAll boolean parallel) {
    Random random = new Random(seed);
    FloorFixture at = floor(parallel);
    for (int i = 0; i < 120; i++) {
      for (Supplier<Outcome> act : any(at, random, i)) {
        Object before = lasting(at);
        Outcome outcome = act.get();
        if (outcome instanceof Outcome.Refused && outcome.findings().isEmpty()) {
          assertThat(without(lasting(at))).isEqualTo(without(before));
        }
      }
    }
  }

  private static FloorFixture floor(boolean parallel) {
    return parallel
        ? new FloorFixture(FloorFixture.parallelOven())
        : new FloorFixture(FloorFixture.rules());
  }

  private void begin() {
    received = 0;
    scrapped = 0;
    shipped = 0;
    told.clear();
  }

  /** A scan, a weighing or a card: mostly in the order of time, sometimes hours late. */
  private static List<Supplier<Outcome>> any(FloorFixture at, Random random, int i) {
    long minute = random.nextInt(8) == 0 ? i - random.nextInt(500) : i;
    String scanner =
        (random.nextBoolean() ? "mill-" : "oven-") + STEPS.get(random.nextInt(STEPS.size()));
    LotId lot = lot(random);
    String card = CARDS.get(random.nextInt(CARDS.size()));
    long kilograms = random.nextLong(1, 150);
    return switch (random.nextInt(17)) {
      case 12, 13 -> List.of(() -> at.unit(minute, scanner, unit(random)));
      case 14, 16 -> List.of(() -> read(at, minute, random));
      case 15 -> List.of(() -> at.text(millis(minute), scanner, "Q3", "400PO-" + i % 3));
      case 0, 1, 2 -> List.of(() -> at.card(minute, scanner, card));
      case 3 -> List.of(() -> at.label(minute, scanner, lot));
      case 4 -> List.of(() -> at.weight(minute, scanner, kilograms - 2));
      case 5 -> List.of(() -> at.label(minute, scanner, lot), () -> at.typed(scanner, kilograms));
      default ->
          List.of(
              () -> at.label(minute, scanner, lot), () -> at.weight(minute, scanner, kilograms));
    };
  }

  private static Outcome read(FloorFixture at, long minute, Random random) {
    LotId lot = lot(random);
    String portal = List.of("mill-table", "mill-arch", "oven-gate").get(random.nextInt(3));
    String epc = lot.isSerialised() ? FloorFixture.epc(lot) : FloorFixture.epc(unit(random));
    return at.tags(minute, portal, epc).stream().findFirst().orElse(Outcome.noted(""));
  }

  private static long millis(long minute) {
    return FloorFixture.NOON + minute * FloorFixture.MINUTE;
  }

  private static ContainerId unit(Random random) {
    return random.nextBoolean()
        ? FloorFixture.pallet(random.nextInt(4))
        : FloorFixture.tote(random.nextInt(4));
  }

  /** A lot is in one unit at most, and what is in a pallet that is here is all there. */
  private static void unitsAgree(Floor.State state) {
    List<LotId> inside =
        state.units().values().stream().flatMap(unit -> unit.content().stream()).toList();
    assertThat(inside).doesNotHaveDuplicates();
    for (Container unit : state.units().values()) {
      assertThat(unit.content()).isNotEmpty();
      assertThat(unit.told()).isBetween(0, unit.content().size());
      for (LotId lot : unit.content()) {
        Stock stock = Objects.requireNonNull(state.stock().get(lot), lot.path());
        if (unit.shipped()) {
          assertThat(stock.place()).isEqualTo(Stock.Place.SHIPPED);
        } else {
          assertThat(stock.remaining().milligrams()).isPositive();
        }
      }
    }
  }

  private static LotId lot(Random random) {
    String gtin = GTINS.get(random.nextInt(GTINS.size()));
    String number = "L" + random.nextInt(12);
    return random.nextInt(4) == 0 ? LotId.ofSerial(gtin, number) : LotId.ofLot(gtin, number);
  }

  private void book(Movement movement) {
    switch (movement) {
      case Movement.Received(LotId _, var mass, long _) -> received += mass.milligrams();
      case Movement.Scrapped(LotId _, var mass) -> scrapped += mass.milligrams();
      case Movement.Shipped(LotId _, var mass) -> shipped += mass.milligrams();
      case Movement.Worked(Order order) -> told.put(order.id(), order);
      case Movement.Corrected(Movement.Received(LotId _, var mass, long _)) ->
          received -= mass.milligrams();
      case Movement.Corrected(Movement.Scrapped(LotId _, var mass)) ->
          scrapped -= mass.milligrams();
      case Movement.Corrected(Movement.Shipped(LotId _, var mass)) -> shipped -= mass.milligrams();
      case Movement.Corrected wrong -> throw new AssertionError(wrong);
    }
  }

  private void conserves(Floor floor) {
    long in = 0;
    long out = 0;
    for (Order order : told.values()) {
      in += order.inputs().stream().map(LotQuantity::mass).mapToLong(m -> m.milligrams()).sum();
      out += order.out().milligrams();
    }
    long stock = floor.newestFirst().mapToLong(lot -> lot.remaining().milligrams()).sum();
    assertThat(received + out).isEqualTo(stock + in + scrapped + shipped);
    assertThat(floor.newestFirst()).allMatch(lot -> lot.remaining().milligrams() >= 0);
    assertThat(floor.newestFirst())
        .allMatch(lot -> lot.typed().milligrams() >= 0 && lot.typed().compareTo(lot.mass()) <= 0);
    told.forEach(
        (id, order) -> floor.order(id).ifPresent(known -> assertThat(known).isEqualTo(order)));
  }

  private static List<Object> lasting(FloorFixture at) {
    Floor.State state = at.floor.state();
    return List.of(
        Map.copyOf(state.stock()),
        Map.copyOf(state.running()),
        Map.copyOf(state.orders()),
        Map.copyOf(state.pending()),
        Map.copyOf(state.benches().benches()),
        Map.copyOf(state.benches().parked()),
        Map.copyOf(state.silos()),
        Map.copyOf(state.units()),
        Map.copyOf(state.benches().opened()));
  }

  /** What waits for a weight is no longer waiting when it was weighed, well or not. */
  private static List<Object> without(Object lasting) {
    List<?> all = (List<?>) lasting;
    return List.of(
        all.get(0),
        all.get(1),
        all.get(2),
        all.get(4),
        all.get(5),
        all.get(6),
        all.get(7),
        all.get(8));
  }
}
