package io.tracegram.ledger.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.custody.Order;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.LotGraph;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.CustodyModels;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.HalfEven;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random floors: whatever is mixed, split, lost, told late, nothing more is claimed than came. */
class ClaimPropertyTest {
  private static final String GTIN = PlantFixture.HYDROXIDE;
  private static final List<MaterialClaim> CLAIMS =
      List.of(Claims.ORIGIN, Claims.COBALT, Claims.RECYCLED);

  /** A floor on which each work takes from some lots and makes some. */
  private static final class Floor {
    final Random random;
    final LotGraph graph = new LotGraph(LotGraph.empty());
    final PlantModel plant;
    final CustodyModel model;
    final Map<LotId, Long> left = new LinkedHashMap<>();
    final Map<LotId, Long> mass = new LinkedHashMap<>();
    final List<Work> works = new ArrayList<>();
    final List<LotId> received = new ArrayList<>();
    ClaimBook book = new ClaimBook(ClaimBook.empty(), graph);

    Floor(long seed) {
      random = new Random(seed);
      model = CustodyModel.values()[random.nextInt(CustodyModel.values().length)];
      PlantModel one = PlantFixture.plant("1");
      plant =
          new PlantModel(
              one.facility(),
              one.name(),
              one.operator(),
              one.timeZone(),
              one.simulated(),
              one.agents(),
              one.grid(),
              one.carriers(),
              one.workstations(),
              one.meters(),
              one.scales(),
              one.scanners(),
              one.materials(),
              Additions.NONE.with(new CustodyModels(Optional.of(model), List.of())));
    }

    long massOf(LotId lot) {
      return mass.getOrDefault(lot, 0L);
    }

    long leftOf(LotId lot) {
      return left.getOrDefault(lot, 0L);
    }

    LotId lot() {
      return LotId.ofLot(GTIN, "L" + mass.size());
    }

    void receive() {
      LotId lot = lot();
      long milligrams = 1L + random.nextInt(1_000);
      graph.carry(lot, new Mass(milligrams), Burden.NONE);
      book.moved(plant, new Movement.Received(lot, new Mass(milligrams), 5));
      mass.put(lot, milligrams);
      left.put(lot, milligrams);
      received.add(lot);
    }

    void claim(int leaf) {
      LotId lot = received.get(random.nextInt(received.size()));
      book.told(
          plant,
          leaf,
          Claims.ofLot(
              lot.path(),
              CustodyModel.values()[random.nextInt(3)],
              CLAIMS.get(random.nextInt(CLAIMS.size()))));
    }

    void work(int number) {
      List<LotQuantity> inputs = new ArrayList<>();
      long in = 0;
      List<LotId> lots = List.copyOf(left.keySet());
      for (int i = 0; i <= random.nextInt(3); i++) {
        LotId lot = lots.get(random.nextInt(lots.size()));
        long rest = left.getOrDefault(lot, 0L);
        if (rest > 0 && inputs.stream().noneMatch(input -> input.lot().equals(lot))) {
          long taken = random.nextBoolean() ? rest : 1L + random.nextInt((int) rest);
          left.put(lot, rest - taken);
          inputs.add(new LotQuantity(lot, new Mass(taken)));
          in += taken;
        }
      }
      List<Order.Output> outputs = new ArrayList<>();
      long out = in - (in > 1 && random.nextBoolean() ? random.nextInt((int) in) : 0);
      for (int i = 0; i < 2 && out > 0; i++) {
        LotId lot = lot();
        long part = i == 1 || random.nextBoolean() ? out : 1L + random.nextInt((int) out);
        out -= part;
        Order.Kind kind = random.nextInt(5) == 0 ? Order.Kind.SCRAP : Order.Kind.PRODUCT;
        outputs.add(new Order.Output(lot, new Mass(part), kind));
        mass.put(lot, part);
        left.put(lot, part);
      }
      if (!inputs.isEmpty() && !outputs.isEmpty()) {
        told(new Order("w@" + number, "w", number, number + 1L, inputs, outputs));
      }
    }

    void told(Order order) {
      Work work =
          new Work(
              order.id(),
              order.startMillis(),
              order.endMillis(),
              order.inputs().stream()
                  .map(input -> new Work.Input(input.lot(), input.mass()))
                  .toList(),
              order.outputs().stream()
                  .map(
                      output ->
                          new Work.Output(
                              output.lot(),
                              output.mass(),
                              output.kind() == Order.Kind.PRODUCT,
                              Burden.NONE))
                  .toList());
      works.add(work);
      graph.work(work);
      book.moved(plant, new Movement.Worked(order));
    }
  }

  @Property(tries = 200)
  void noMoreIsClaimedThanCameAndNothingIsStrongerThanItsWeakestStep(@ForAll long seed) {
    Floor floor = floor(seed);
    for (LotId lot : floor.mass.keySet()) {
      for (HeldClaim held : floor.book.of(Stage.first(lot)).claims()) {
        assertThat(held.mass().milligrams()).isBetween(1L, floor.massOf(lot));
        assertThat(held.model()).isGreaterThanOrEqualTo(floor.model);
        if (!held.model().attributes()
            && held.model() != CustodyModel.CONTROLLED_BLENDING
            && !floor.received.contains(lot)) {
          assertThat(held.mass().milligrams())
              .as("what is kept apart covers all of a lot")
              .isEqualTo(floor.massOf(lot));
        }
      }
    }
    for (MaterialClaim claim : CLAIMS) {
      for (Work work : floor.works) {
        long in = work.inputs().stream().mapToLong(input -> part(floor, input, work, claim)).sum();
        long out =
            work.outputs().stream()
                .mapToLong(output -> covered(floor, output.lot().lot(), claim))
                .sum();
        assertThat(out).isLessThanOrEqualTo(in);
        if (!floor.model.attributes() && in == massIn(work) && massOut(work) == massIn(work)) {
          assertThat(out).as("nothing is lost, so nothing claimed is").isEqualTo(in);
        }
      }
      for (LotId lot : floor.mass.keySet()) {
        long taken =
            floor.works.stream()
                .flatMap(
                    work ->
                        work.inputs().stream()
                            .filter(input -> input.lot().lot().equals(lot))
                            .map(input -> part(floor, input, work, claim)))
                .mapToLong(Long::longValue)
                .sum();
        assertThat(taken).isLessThanOrEqualTo(covered(floor, lot, claim));
        if (floor.leftOf(lot) == 0) {
          assertThat(taken).as("the last one takes the rest").isEqualTo(covered(floor, lot, claim));
        }
      }
    }
  }

  @Property(tries = 60)
  void claimsToldLateGiveWhatTheyWouldHaveGivenAtOnce(@ForAll long seed) {
    Floor floor = floor(seed);
    ClaimBook anew = new ClaimBook(ClaimBook.empty(), floor.graph);
    for (LotId lot : floor.received) {
      anew.moved(floor.plant, new Movement.Received(lot, new Mass(floor.massOf(lot)), 5));
    }
    floor.book.told().all().forEach((leaf, said) -> anew.told(floor.plant, leaf, said.said()));
    for (LotId lot : floor.mass.keySet()) {
      Stage stage = Stage.first(lot);
      assertThat(anew.of(stage).claims())
          .containsExactlyInAnyOrderElementsOf(floor.book.of(stage).claims());
    }
  }

  @Property(tries = 100)
  void whatIsWithdrawnLeavesLotsAsIfItHadNeverBeenClaimed(@ForAll long seed) {
    Floor floor = floor(seed);
    ClaimBook never = new ClaimBook(ClaimBook.empty(), floor.graph);
    for (LotId lot : floor.received) {
      never.moved(floor.plant, new Movement.Received(lot, new Mass(floor.massOf(lot)), 5));
    }
    for (Map.Entry<Long, ToldClaim> claim : Map.copyOf(floor.book.told().all()).entrySet()) {
      if (floor.random.nextBoolean()) {
        floor.book.withdrawn(
            floor.plant,
            100 + claim.getKey(),
            new Body.ClaimWithdrawn(
                claim.getKey(), "Mine Oy", "quality", "p-7", "void", Optional.empty()));
      }
    }
    floor.book.told().all().entrySet().stream()
        .filter(claim -> claim.getValue().isInForce())
        .forEach(claim -> never.told(floor.plant, claim.getKey(), claim.getValue().said()));
    for (LotId lot : floor.mass.keySet()) {
      Stage stage = Stage.first(lot);
      assertThat(floor.book.of(stage).claims())
          .containsExactlyInAnyOrderElementsOf(never.of(stage).claims());
    }
  }

  private static Floor floor(long seed) {
    Floor floor = new Floor(seed);
    floor.receive();
    for (int step = 1; step <= 25; step++) {
      switch (floor.random.nextInt(4)) {
        case 0 -> floor.receive();
        case 1 -> floor.claim(step);
        default -> floor.work(step);
      }
      floor.book =
          new ClaimBook(
              StateCodec.read(ClaimBook.State.class, StateCodec.write(floor.book.state())),
              floor.graph);
    }
    return floor;
  }

  private static long covered(Floor floor, LotId lot, MaterialClaim claim) {
    return floor.book.of(Stage.first(lot)).claims().stream()
        .filter(held -> held.claim().equals(claim))
        .mapToLong(held -> held.mass().milligrams())
        .sum();
  }

  /** By the definition: each takes its part by mass of what is left, the last one the rest. */
  private static long part(Floor floor, Work.Input input, Work work, MaterialClaim claim) {
    long rest = covered(floor, input.lot().lot(), claim);
    long left = floor.massOf(input.lot().lot());
    for (Map.Entry<String, Mass> taking : floor.graph.takings(input.lot()).entrySet()) {
      long mass = taking.getValue().milligrams();
      long part = mass >= left ? rest : HalfEven.multiplyDivide(rest, mass, left);
      if (taking.getKey().equals(work.id())) {
        return part;
      }
      rest -= part;
      left -= mass;
    }
    return 0;
  }

  private static long massIn(Work work) {
    return work.inputs().stream().mapToLong(input -> input.mass().milligrams()).sum();
  }

  private static long massOut(Work work) {
    return work.outputs().stream().mapToLong(output -> output.mass().milligrams()).sum();
  }
}
