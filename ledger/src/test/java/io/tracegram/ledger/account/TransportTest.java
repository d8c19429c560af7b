package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.Packaging;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.plant.Transport.Distance;
import io.tracegram.ledger.plant.Transport.Leg;
import io.tracegram.ledger.plant.Transport.Mode;
import io.tracegram.ledger.plant.Transport.Route;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What bringing and packing lots adds to them, to be checked by hand. */
class TransportTest {
  private static final LotId A = LotId.ofLot(HYDROXIDE, "A");
  private static final LotId P = LotId.ofLot(SULPHATE, "P");
  private static final LotId Q = LotId.ofLot(SULPHATE, "Q");
  private static final Mass HUNDRED = new Mass(100_000_000);

  /** 1,480 km by road at 0.1 kg/tkm and 10,000.5 km by sea at 0.016. */
  private static final Route ROUTE =
      new Route(
          "mine",
          List.of(HYDROXIDE),
          List.of(
              new Leg(Mode.ROAD, tonneKm("0.1"), Distance.declared(1_480_000)),
              new Leg(Mode.SEA, tonneKm("0.016"), new Distance(10_000_500, 1_300))));

  @Test
  void aReceivedLotTakesOnItsLegsEachRoundedOnce() {
    PlantFixture plant = plant(more -> more.with(new Transport(List.of(ROUTE))));
    plant.read(START, 0, 0);
    receive(plant);

    LotDetail detail = detail(plant, A);
    assertThat(detail.brought().transport())
        .as("0.1 t × 1,480 km × 0.1 = 14.8 kg, 0.1 t × 10,000.5 km × 0.016 = 16.0008 kg")
        .isEqualTo(30_800_800_000L);
    assertThat(detail.brought().inherited()).isEqualTo(200_000_000_000L);
    assertThat(detail.brought().secondary()).isEqualTo(230_800_800_000L);
    LotState lot = plant.ledger.lot(A).orElseThrow();
    assertThat(lot.account().orElseThrow().total()).isEqualTo(new Co2e(230_800_800_000L));
    assertThat(lot.haul()).contains(new Haul(ROUTE, HUNDRED));
  }

  @Test
  void whatIsMadeOfItCarriesItsTransportAsAComponentOfItsOwn() {
    PlantFixture plant =
        plant(
            more ->
                more.with(new Transport(List.of(ROUTE)))
                    .with(new Packaging(List.of(new Packaging.Item(SULPHATE, perKg("0.05"))))));
    plant.read(START, 0, 0);
    receive(plant);
    weighed(plant, "feed", HYDROXIDE, "A", 2, 50);
    weighed(plant, "out", SULPHATE, "P", 8, 40);
    plant.read(START + QUARTER, 0, 0);

    LotDetail detail = detail(plant, P);
    assertThat(detail.brought().transport()).isEqualTo(15_400_400_000L);
    assertThat(detail.direct().packaging()).as("40 kg × 0.05").isEqualTo(2_000_000_000L);
    LotAccount account = plant.ledger.lot(P).orElseThrow().account().orElseThrow();
    assertThat(account.own().co2e()).isEqualTo(new Co2e(2_000_000_000L));
    assertThat(account.own().co2e().plus(account.inherited())).isEqualTo(account.total());
    assertThat(account.total()).isEqualTo(detail.carried().total(Basis.LB_ANNUAL));
    assertThat(account.secondary()).isEqualTo(account.total());
  }

  @Test
  void packagingPerPieceIsOncePerLabelAndNotAgainWhenALotIsSplit() {
    PlantFixture plant =
        plant(
            more ->
                more.with(new Packaging(List.of(new Packaging.Item(SULPHATE, perPiece("1.5"))))));
    plant.read(START, 0, 0);
    receive(plant);
    weighed(plant, "feed", HYDROXIDE, "A", 2, 100);
    weighed(plant, "out", SULPHATE, "P", 5, 100);
    card(plant, "TGM:SPLIT", 6);
    plant.scan(START + 7 * 60_000, "feed", SULPHATE, "P");
    weighed(plant, "feed", SULPHATE, "Q", 8, 40);
    card(plant, "TGM:FINISH", 9);
    plant.read(START + QUARTER, 0, 0);

    assertThat(detail(plant, P).direct().packaging()).isEqualTo(1_500_000_000L);
    assertThat(detail(plant, Q).direct().packaging()).isZero();
    assertThat(detail(plant, Q).brought().packaging()).as("40 of 100 kg").isEqualTo(600_000_000L);
  }

  @Test
  void productsOfAnOrderShareByPiecesWhereTheWorkstationSaysSo() {
    PlantFixture plant =
        plant(
            more ->
                more.with(
                    new Sharing(
                        List.of(
                            new Sharing.Rule(
                                "furnace", Optional.empty(), false, Sharing.Share.PIECES)))));
    plant.read(START, 0, 0);
    receive(plant);
    card(plant, "TGM:START", 2);
    weighed(plant, "feed", HYDROXIDE, "A", 3, 100);
    weighed(plant, "out", SULPHATE, "P", 5, 60);
    weighed(plant, "out", SULPHATE, "Q", 6, 40);
    card(plant, "TGM:FINISH", 7);
    plant.read(START + QUARTER, 0, 0);

    assertThat(detail(plant, P).brought().inherited()).isEqualTo(100_000_000_000L);
    assertThat(detail(plant, Q).brought().inherited()).isEqualTo(100_000_000_000L);
  }

  @Test
  void aPassportDecidesAmongTheRoutesOfAMaterialAndUntilThenTransportIsUnknown() {
    Route near =
        new Route(
            "refinery",
            List.of(HYDROXIDE),
            List.of(new Leg(Mode.RAIL, tonneKm("0.02"), Distance.declared(1_000))));
    Transport transport = new Transport(List.of(ROUTE, near));

    assertThat(transport.of(HYDROXIDE, Optional.of("refinery")))
        .isEqualTo(new Transport.Way.Taken(near));
    assertThat(transport.of(HYDROXIDE, Optional.empty())).isEqualTo(new Transport.Way.Unknown());
    assertThat(transport.of(SULPHATE, Optional.of("refinery")))
        .isEqualTo(new Transport.Way.Undeclared());

    PlantFixture plant = plant(more -> more.with(transport));
    plant.read(START, 0, 0);
    receive(plant);
    assertThat(detail(plant, A).brought().knows(Component.TRANSPORT)).isFalse();
    assertThat(detail(plant, A).brought().inherited()).isEqualTo(200_000_000_000L);
  }

  @Test
  void aPassportThatComesLaterAddsTheRouteOfItsFacility() {
    PlantModel model =
        PlantFixture.with(
            PlantFixture.plant("0.2"),
            more -> more.with(new Transport(List.of(new Route("mine", List.of(), ROUTE.legs())))));
    LotLedger lots = new LotLedger(LotLedger.empty(), new LinkedHashMap<>());
    lots.moved(model, new Movement.Received(P, HUNDRED, 0), 0);
    assertThat(lots.account(P)).isEmpty();

    LotAccount supplied =
        new LotAccount(P, "Sulphate", HUNDRED, Share.NONE, new Co2e(7), new Co2e(3), List.of());
    assertThat(lots.passport(model, new Arrivals.Passport("mine", supplied, 7), HUNDRED)).isTrue();

    LotAccount account = lots.account(P).orElseThrow();
    assertThat(account.total()).isEqualTo(new Co2e(30_800_800_007L));
    assertThat(account.secondary()).isEqualTo(new Co2e(30_800_800_003L));
    assertThat(lots.arrivals().route(P).orElseThrow().from()).isEqualTo("mine");
  }

  @Test
  void aReceiptThatIsUndoneBringsNothingAndTheNextOneItsOwn() {
    PlantFixture plant = plant(more -> more.with(new Transport(List.of(ROUTE))));
    plant.read(START, 0, 0);
    receive(plant);
    weighed(plant, "in", HYDROXIDE, "Z", 3, 1);

    assertThat(plant.ledger.lot(LotId.ofLot(HYDROXIDE, "Z")).orElseThrow().haul()).isPresent();
    undo(plant, 4);
    undo(plant, 5);
    assertThat(plant.ledger.lot(A)).isEmpty();
    weighed(plant, "in", HYDROXIDE, "A", 6, 50);
    assertThat(detail(plant, A).brought().transport()).isEqualTo(15_400_400_000L);
  }

  /** What a plant of any routes, packagings and sharing declares comes back as it was. */
  @Property(tries = 100)
  void aModelWithRoutesComesBackAndAnyFlawIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    PlantModel model =
        PlantFixture.with(
            PlantFixture.plant("0.2"),
            more ->
                more.with(new Transport(List.of(ROUTE, route(random))))
                    .with(new Packaging(List.of(new Packaging.Item(SULPHATE, perPiece("0.25")))))
                    .with(
                        new Sharing(
                            List.of(
                                new Sharing.Rule(
                                    "furnace",
                                    Optional.of(Sharing.Weight.values()[random.nextInt(4)]),
                                    random.nextBoolean(),
                                    Sharing.Share.values()[random.nextInt(2)])))));
    byte[] encoded = PlantModelCodec.encode(model);
    assertThat(PlantModelCodec.decode(encoded)).isEqualTo(model);

    encoded[random.nextInt(encoded.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      assertThat(PlantModelCodec.encode(PlantModelCodec.decode(encoded))).isEqualTo(encoded);
    } catch (MalformedException refused) {
      assertThat(refused).hasMessageContaining(" ");
    }
  }

  @Test
  void refusesLegsAndPackagingBeyondAnyCarrier() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> new Leg(Mode.AIR, tonneKm("99999999999999"), Distance.declared(50_000_000)))
        .withMessageContaining("beyond any carrier");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Leg(Mode.AIR, perKg("1"), Distance.declared(1)))
        .withMessageContaining("not per tonne-km");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Distance.declared(0));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Packaging.Item(SULPHATE, perKg("999999999999999")))
        .withMessageContaining("beyond packaging");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Transport(List.of(ROUTE, ROUTE)))
        .withMessageContaining("two routes from mine");
  }

  private static Route route(Random random) {
    return new Route(
        "site-" + random.nextInt(9),
        List.of(),
        List.of(
            new Leg(
                Mode.values()[random.nextInt(Mode.values().length)],
                tonneKm("0." + random.nextInt(1_000)),
                new Distance(
                    1 + random.nextInt(50_000_000),
                    random.nextBoolean() ? 0 : 1_000 + random.nextInt(4_001)))));
  }

  private static PlantFixture plant(UnaryOperator<Additions> more) {
    return new PlantFixture(
        PlantFixture.with(
            PlantFixture.plant("0.2"),
            base ->
                more.apply(
                    base.with(new Absorption(Absorption.Policy.NONE, Absorption.Key.MASS)))));
  }

  private static void receive(PlantFixture plant) {
    weighed(plant, "in", HYDROXIDE, "A", 1, 100);
  }

  private static void weighed(
      PlantFixture plant, String scanner, String gtin, String lot, long minute, long kilograms) {
    plant.scan(START + minute * 60_000, scanner, gtin, lot);
    plant.weigh(START + minute * 60_000 + 1, kilograms);
  }

  private static void card(PlantFixture plant, String text, long minute) {
    tell(plant, "feed", text, minute);
  }

  private static void undo(PlantFixture plant, long minute) {
    tell(plant, "in", "TGM:UNDO", minute);
  }

  private static void tell(PlantFixture plant, String scanner, String text, long minute) {
    long millis = START + minute * 60_000;
    plant.tell(millis, new Body.Scan(scanner, millis, "Q3", text));
  }

  private static LotDetail detail(PlantFixture plant, LotId lot) {
    LotDetail detail =
        plant.ledger.lot(lot).orElseThrow().account().orElseThrow().detail().orElseThrow();
    assertThat(detail.absorbed()).isEqualTo(Burden.NONE);
    return detail;
  }

  private static EmissionFactor tonneKm(String value) {
    return factor(value, EmissionFactor.Unit.TONNE_KM);
  }

  private static EmissionFactor perKg(String value) {
    return factor(value, EmissionFactor.Unit.KG);
  }

  private static EmissionFactor perPiece(String value) {
    return factor(value, EmissionFactor.Unit.PIECE);
  }

  private static EmissionFactor factor(String value, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        "factor", new BigDecimal(value), unit, "1", "well-to-wheel", "AR5", "test", "none");
  }
}
