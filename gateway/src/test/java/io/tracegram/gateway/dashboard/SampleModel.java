package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.MeterState;
import io.tracegram.ledger.account.OrderState;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fixed parts of {@link SamplePlant}. Immutable. */
final class SampleModel {
  static final LotId HYDROXIDE = LotId.ofLot("09520000000011", "CH-2611");
  static final LotId SULFATE = LotId.ofLot("09520000000028", "CS-0311-A");
  static final LotId OXIDE = LotId.ofLot("09520000000028", "CS-0312/B");
  static final LotId DRUM = LotId.ofSerial("09520000000035", "DRUM-77");

  private static final EmissionFactor GRID =
      new EmissionFactor(
          "grid-fi",
          new BigDecimal("0.03589"),
          EmissionFactor.Unit.KWH,
          "2024",
          "generation",
          "AR5",
          "Ember, Yearly Electricity Data",
          "CC BY 4.0");

  private final PlantModel plant;
  private final PrivateKey agent = PrivateKey.generate(Algorithm.ES256, new SecureRandom());
  private final PrivateKey log = PrivateKey.generate(Algorithm.ED25519, new SecureRandom());
  private boolean priced = true;

  SampleModel(String name) {
    plant =
        new PlantModel(
            "refinery",
            name,
            "refinery.example",
            "Europe/Helsinki",
            true,
            List.of("refinery-agent"),
            GRID,
            List.of(
                new PlantModel.Workstation("dock", "Dock"),
                new PlantModel.Workstation("calciner", "Calciner"),
                new PlantModel.Workstation("dissolver", "Dissolver")),
            List.of(
                meter("main", "Grid connection", Optional.empty(), Optional.empty(), 2_000_000),
                meter(
                    "calciner-meter",
                    "Calciner",
                    Optional.of("main"),
                    Optional.of("calciner"),
                    1_500_000),
                meter(
                    "dissolver-meter",
                    "Dissolver",
                    Optional.of("main"),
                    Optional.of("dissolver"),
                    400_000)),
            List.of("floor-scale"),
            List.of(
                new PlantModel.Scanner(
                    "dock-in",
                    "dock",
                    PlantModel.Scanner.Step.RECEIVE,
                    Optional.of("floor-scale"),
                    Optional.empty())),
            List.of(
                new PlantModel.Material("09520000000011", "Cobalt hydroxide", Optional.empty()),
                new PlantModel.Material("09520000000028", "Cobalt sulfate", Optional.empty()),
                new PlantModel.Material(
                    "09520000000035", "Cobalt sulfate, drum", Optional.empty())));
  }

  PlantModel plant() {
    return plant;
  }

  /** A working day: the calciner starts at six, the second shift is quieter. */
  IntervalAccount interval(long start, int quarter) {
    boolean working = quarter >= 24;
    long lots = working ? 14_200 + 900L * Math.abs((quarter * 7) % 11 - 5) : 0;
    long idle = working ? (quarter % 9 == 0 ? 4_100 : 650) : 2_300 + 40L * (quarter % 5);
    long overhead = 1_850 + 35L * ((quarter * 5) % 7);
    long unattributed = quarter >= 40 && quarter <= 42 ? 5_200 : 0;
    List<Long> weights = List.of(lots, idle, overhead, unattributed);
    Energy total = SamplePlant.kilowattHours(lots + idle + overhead + unattributed);
    Co2e posting = GRID.of(total);
    long[] carbon = LargestRemainder.partition(posting.micrograms(), weights);
    SortedMap<String, Share> direct = new TreeMap<>();
    if (lots > 0) {
      direct.put("calciner@311", share(lots, carbon[0]));
    }
    return new IntervalAccount(
        start,
        start + IntervalAccount.LENGTH_MILLIS,
        new Share(total, posting),
        direct,
        share(idle, carbon[1]),
        share(overhead, carbon[2]),
        share(unattributed, carbon[3]),
        quarter == 41 ? SamplePlant.kilowattHours(3_000) : Energy.ZERO);
  }

  private static Share share(long hundredths, long micrograms) {
    return new Share(SamplePlant.kilowattHours(hundredths), new Co2e(micrograms));
  }

  List<MeterState> meters(long now, Energy total, long size, boolean calcinerLost) {
    return List.of(
        new MeterState(
            plant.meters().get(0),
            OptionalLong.of(now - 10_000),
            new Energy(4_812_345_000_000L).plus(total),
            OptionalLong.of(842_310_000L),
            "",
            1_204,
            size - 2),
        new MeterState(
            plant.meters().get(1),
            OptionalLong.of(now - (calcinerLost ? 400_000 : 10_000)),
            new Energy(1_207_400_250_000L),
            OptionalLong.of(655_120_000L),
            calcinerLost ? "no answer from the meter for 35 s" : "",
            1_180,
            size - 40),
        new MeterState(
            plant.meters().get(2),
            OptionalLong.empty(),
            Energy.ZERO,
            OptionalLong.empty(),
            "",
            0,
            -1));
  }

  /** From now on a factor is missing for part of what is made. */
  void loseFactor() {
    priced = false;
  }

  List<OrderState> running(long now, long size) {
    return List.of(
        new OrderState(
            "calciner@" + Math.max(1, size - 300),
            "calciner",
            now - 4_980_000,
            List.of(new LotQuantity(HYDROXIDE, new Mass(512_400_000L))),
            Optional.empty(),
            share(73_150, 26_253_535_000L),
            priced));
  }

  List<LotState> lots(long size) {
    Share own = new Share(SamplePlant.kilowattHours(188_420), new Co2e(67_623_938_000L));
    LotAccount.Input input =
        new LotAccount.Input(
            HYDROXIDE,
            "Cobalt hydroxide",
            new Mass(498_250_000L),
            new Co2e(2_940_123_456_789L),
            LotAccount.Basis.SECONDARY);
    LotAccount account =
        new LotAccount(
            SULFATE,
            "Cobalt sulfate",
            new Mass(431_900_000L),
            own,
            new Co2e(2_940_123_456_789L),
            new Co2e(2_940_123_456_789L),
            List.of(input));
    return List.of(
        lot(
            OXIDE,
            "Cobalt sulfate",
            LotState.State.PRODUCED,
            428_150_000L,
            Optional.empty(),
            OptionalLong.empty()),
        lot(
            SULFATE,
            "Cobalt sulfate",
            LotState.State.SHIPPED,
            431_900_000L,
            Optional.of(account),
            OptionalLong.of(size - 260)),
        lot(
            HYDROXIDE,
            "Cobalt hydroxide",
            LotState.State.IN_STOCK,
            1_500_000_000L,
            Optional.empty(),
            OptionalLong.empty()));
  }

  private LotState lot(
      LotId lot,
      String material,
      LotState.State state,
      long milligrams,
      Optional<LotAccount> account,
      OptionalLong leaf) {
    return new LotState(
        lot,
        material,
        state,
        new Mass(milligrams),
        new Mass(milligrams),
        SamplePlant.MIDNIGHT + 40_000_000,
        account,
        leaf,
        share(42_000, 15_073_800_000L),
        priced || account.isPresent(),
        Optional.empty(),
        Optional.empty(),
        true,
        Mass.ZERO);
  }

  List<CustodyEvent> events(long midnight) {
    return List.of(
        new CustodyEvent(
            CustodyEvent.Type.RECEIVED,
            midnight + 21_600_000,
            101,
            List.of(),
            List.of(new LotQuantity(HYDROXIDE, new Mass(1_500_000_000L))),
            "dock-in",
            "refinery/dock",
            Optional.empty()),
        new CustodyEvent(
            CustodyEvent.Type.TRANSFORMED,
            midnight + 39_600_123,
            420,
            List.of(new LotQuantity(HYDROXIDE, new Mass(498_250_000L))),
            List.of(new LotQuantity(OXIDE, new Mass(431_900_500L))),
            "calciner-out",
            "refinery/calciner",
            Optional.empty()),
        new CustodyEvent(
            CustodyEvent.Type.TRANSFORMED,
            midnight + 41_000_000,
            455,
            List.of(new LotQuantity(OXIDE, new Mass(200_000_000L))),
            List.of(new LotQuantity(DRUM, new Mass(200_000_000L))),
            "calciner-out",
            "refinery/calciner",
            Optional.empty()),
        new CustodyEvent(
            CustodyEvent.Type.SHIPPED,
            midnight + 43_200_000,
            460,
            List.of(),
            List.of(new LotQuantity(SULFATE, new Mass(431_900_000L))),
            "dock-out",
            "refinery/dock",
            Optional.of("cell-plant")));
  }

  LeafEvidence evidence(long index, long size) {
    Series series =
        new Series(
            "main",
            Register.ENERGY_IMPORT,
            "SN-1",
            1_000,
            List.of(new Reading(SamplePlant.MIDNIGHT, 4_812_345_000_000L)));
    Leaf leaf =
        new Leaf(
            SamplePlant.MIDNIGHT + 1_000,
            0,
            SignedStatement.sign(
                new Statement(
                    "refinery",
                    "refinery-agent",
                    1,
                    1,
                    index + 1,
                    Hash.ZERO,
                    SamplePlant.MIDNIGHT,
                    1_000,
                    ClockStatus.RELATIVE,
                    new Body.Readings(List.of(series))),
                agent));
    NoteKey key = new NoteKey(plant.origin(), NoteKey.Type.LOG, log.publicKey());
    Hash hash = Leaf.hash(leaf.encoded());
    SignedNote checkpoint =
        SignedNote.signedBy(new Checkpoint(plant.origin(), size, hash).text(), key, log);
    return new LeafEvidence(
        index,
        leaf,
        Optional.of(new TlogProof(index, List.of(hash, hash), checkpoint)),
        List.of(new LeafEvidence.Timestamp("tsa-1", SamplePlant.MIDNIGHT, size)));
  }

  private static PlantModel.Meter meter(
      String id, String name, Optional<String> parent, Optional<String> workstation, long watts) {
    return new PlantModel.Meter(
        id,
        name,
        parent,
        parent.isEmpty() ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
        workstation,
        "schneider/iem3155",
        "",
        "0.5",
        watts);
  }
}
