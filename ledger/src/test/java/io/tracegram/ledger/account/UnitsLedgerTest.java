package io.tracegram.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.FloorPlaces;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Units, tags and weighings through the whole ledger: leaves in, derived leaves out. */
class UnitsLedgerTest {
  private static final long MINUTE = 60_000L;
  private static final long START = PlantFixture.START;
  private static final String PALLET = "106141412345678908";
  private static final String PALLETS_TAG = "3174257BF4499602D2000000";
  private static final LotId A = LotId.ofLot(PlantFixture.HYDROXIDE, "A");
  private static final LotId B = LotId.ofLot(PlantFixture.HYDROXIDE, "B");

  /** A furnace with a packing table, and a gate on the way out. */
  private static PlantModel plant(boolean declared) {
    PlantModel plain = PlantFixture.plant("0.2");
    List<Scanner> scanners = new ArrayList<>(plain.scanners());
    scanners.add(bare("table", Scanner.Step.PACK));
    PlantModel packing =
        new PlantModel(
            plain.facility(),
            plain.name(),
            plain.operator(),
            plain.timeZone(),
            plain.simulated(),
            plain.agents(),
            plain.grid(),
            plain.carriers(),
            plain.workstations(),
            plain.meters(),
            plain.scales(),
            declared ? scanners : plain.scanners(),
            plain.materials(),
            Additions.NONE);
    return declared
        ? packing.with(
            Additions.NONE.with(new FloorPlaces(List.of(bare("gate", Scanner.Step.SHIP)), true)))
        : packing;
  }

  private static Scanner bare(String id, Scanner.Step step) {
    return new Scanner(id, "furnace", step, Optional.empty(), Optional.of("customer"));
  }

  private static PlantFixture packed() {
    PlantFixture plant = new PlantFixture(plant(true));
    plant.read(START, 0, 0);
    receive(plant, "A", 1);
    receive(plant, "B", 2);
    label(plant, 3, "table", "00" + PALLET);
    plant.scan(START + 4 * MINUTE, "table", PlantFixture.HYDROXIDE, "A");
    plant.scan(START + 5 * MINUTE, "table", PlantFixture.HYDROXIDE, "B");
    label(plant, 6, "table", "TGM:FINISH");
    return plant;
  }

  private static void receive(PlantFixture plant, String lot, int minute) {
    plant.scan(START + minute * MINUTE, "in", PlantFixture.HYDROXIDE, lot);
    plant.weigh(START + minute * MINUTE + 1, 100);
  }

  private static void label(PlantFixture plant, int minute, String scanner, String text) {
    plant.tell(
        START + minute * MINUTE, new Body.Scan(scanner, START + minute * MINUTE, "C1", text));
  }

  private static void tag(PlantFixture plant, int minute, String... epcs) {
    long millis = START + minute * MINUTE;
    plant.tell(
        millis,
        new Body.TagRead(
            "gate",
            Stream.of(epcs)
                .map(epc -> Content.of(HexFormat.of().parseHex(epc)))
                .map(epc -> new Tag(epc, 1, -40, millis * 1_000, millis, 1))
                .toList()));
  }

  private static List<Body.Derived> told(PlantFixture plant) {
    return plant.leaves.stream()
        .map(leaf -> Leaf.parse(leaf).statement().statement().body())
        .filter(body -> body instanceof Body.Derived d && d.kind() == Kind.CUSTODY_EVENT)
        .map(Body.Derived.class::cast)
        .toList();
  }

  private static List<CustodyEvent> events(PlantFixture plant) {
    return told(plant).stream()
        .map(derived -> CustodyEventCodec.decode(derived.content().bytes()))
        .toList();
  }

  @Test
  void aPalletThatPassesTheGateShipsItsLots() {
    PlantFixture plant = packed();
    ContainerId pallet = new ContainerId("00/" + PALLET);
    assertThat(plant.ledger.lot(A).orElseThrow().unit()).contains(pallet);
    tag(plant, 7, PALLETS_TAG);
    tag(plant, 8, PALLETS_TAG);
    assertThat(events(plant))
        .extracting(CustodyEvent::type)
        .containsExactly(
            CustodyEvent.Type.RECEIVED,
            CustodyEvent.Type.RECEIVED,
            CustodyEvent.Type.PACKED,
            CustodyEvent.Type.SHIPPED);
    assertThat(events(plant).getLast().detail().units()).containsExactly(pallet);
    assertThat(plant.ledger.lot(B).orElseThrow().state()).isEqualTo(LotState.State.SHIPPED);
    plant.read(START + PlantFixture.QUARTER, 1_000, 1_000);
    assertThat(plant.ledger.lot(A).orElseThrow().account()).isPresent();
  }

  @Test
  void aReplayOfTheLogTellsTheSame() {
    PlantFixture plant = packed();
    tag(plant, 7, PALLETS_TAG, "000000000000000000000000");
    FacilityLedger replayed = new FacilityLedger();
    for (int i = 0; i < plant.leaves.size(); i++) {
      replayed.apply(i, Leaf.parse(plant.leaves.get(i)));
      replayed = FacilityLedger.restore(replayed.snapshot());
    }
    assertThat(replayed.derivedMismatches()).isZero();
    assertThat(replayed.outstanding()).isEmpty();
    assertThat(replayed.snapshot()).isEqualTo(plant.ledger.snapshot());
  }

  @Test
  void eventsOfOneLeafAreNumberedFromZero() {
    PlantFixture plant = new PlantFixture(plant(true));
    plant.read(START, 0, 0);
    for (int serial = 1; serial <= 2; serial++) {
      label(plant, serial, "in", "01" + PlantFixture.HYDROXIDE + "21" + serial);
      plant.weigh(START + serial * MINUTE + 1, 100);
    }
    tag(plant, 4, "3036450E0000004000000001", "3036450E0000004000000002");
    List<Body.Derived> shipped = told(plant).subList(2, 4);
    assertThat(shipped).extracting(Body.Derived::ordinal).containsExactly(0, 1);
    assertThat(shipped).extracting(Body.Derived::cause).containsOnly(shipped.getFirst().cause());
    assertThat(events(plant).subList(2, 4))
        .extracting(event -> event.detail().part())
        .containsExactly(0, 1);
  }

  @Test
  void whatThePlantDoesNotDeclareIsNotInItsEvents() {
    PlantFixture plant = new PlantFixture(plant(false));
    plant.read(START, 0, 0);
    receive(plant, "A", 1);
    label(plant, 2, "in", "400PO-1");
    receive(plant, "B", 3);
    tag(plant, 4, PALLETS_TAG);
    assertThat(events(plant))
        .hasSize(2)
        .extracting(CustodyEvent::detail)
        .containsOnly(CustodyEvent.Detail.NONE);
    assertThat(events(packed()).getFirst().detail().weighings()).hasSize(1);
  }

  @Test
  void theFirstCalculatorsKnowNoUnits() {
    PlantFixture plant = new PlantFixture(plant(true), 2);
    plant.read(START, 0, 0);
    receive(plant, "A", 1);
    label(plant, 2, "table", "00" + PALLET);
    plant.scan(START + 3 * MINUTE, "table", PlantFixture.HYDROXIDE, "A");
    tag(plant, 4, PALLETS_TAG);
    assertThat(events(plant))
        .extracting(CustodyEvent::type, CustodyEvent::detail)
        .containsExactly(tuple(CustodyEvent.Type.RECEIVED, CustodyEvent.Detail.NONE));
  }
}
