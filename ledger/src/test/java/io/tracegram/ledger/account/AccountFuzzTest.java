package io.tracegram.ledger.account;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.fuzz.Strictness;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Cost;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one account, or refused. */
class AccountFuzzTest {
  static Stream<byte[]> seeds() {
    Share share = new Share(new Energy(1_000), new Co2e(380));
    TreeMap<String, Share> direct = new TreeMap<>();
    direct.put("calciner@12", share);
    direct.put("furnace@1234", share);
    LotId lot = LotId.ofLot(PlantFixture.HYDROXIDE, "A1");
    return Stream.of(
            new AccountCodec.Account.OfInterval(
                1,
                new IntervalAccount(0, 900_000, share, direct, share, share, share, new Energy(7))),
            new AccountCodec.Account.OfLot(
                1,
                new LotAccount(
                    lot,
                    "Hydroxide",
                    new Mass(1_000_000),
                    share,
                    new Co2e(5),
                    new Co2e(2),
                    List.of(
                        new LotAccount.Input(
                            lot,
                            "Sulphate",
                            new Mass(4),
                            new Co2e(5),
                            LotAccount.Basis.PASSPORT)))),
            new AccountCodec.Account.OfFacility(2, facility()),
            new AccountCodec.Account.OfPeriod(2, month()),
            new AccountCodec.Account.OfLot(
                3, byComponent(lot, PrimaryPolicy.DEFAULT, Coverage.NONE)),
            new AccountCodec.Account.OfLot(3, byComponent(lot, STRICT, Coverage.NONE)),
            new AccountCodec.Account.OfLot(3, byComponent(lot, PrimaryPolicy.DEFAULT, claimed())),
            new AccountCodec.Account.OfLot(3, byComponent(lot, STRICT, claimed())),
            new AccountCodec.Account.OfAbsorption(3, overhead()),
            new AccountCodec.Account.OfLot(4, byComponent(lot, STRICT, claimed())),
            new AccountCodec.Account.OfAbsorption(4, overhead()))
        .map(AccountCodec::encode);
  }

  private static final PrimaryPolicy STRICT = new PrimaryPolicy(PrimaryData.STRICT, true);

  private static Coverage claimed() {
    return new Coverage(
        Stream.of(Claims.everything())
            .map(
                claim -> new HeldClaim("Mine Oy", claim, CustodyModel.SEGREGATED, new Mass(900), 7))
            .toList());
  }

  private static LotAccount byComponent(LotId lot, PrimaryPolicy policy, Coverage claims) {
    Burden brought = Burden.inherited(new Co2e(5), new Co2e(2));
    return new LotAccount(
        lot,
        "Hydroxide",
        new Mass(1_000_000),
        new Energy(7),
        List.of(
            new LotAccount.Input(
                lot, "Sulphate", new Mass(4), new Co2e(5), LotAccount.Basis.DECLARED)),
        new LotDetail(
            new Revision(1, 5, 6),
            Basis.LB_ANNUAL,
            new Burden(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 8 | 1 << 9),
            Burden.transport(new Co2e(3)),
            brought,
            policy),
        claims);
  }

  private static AbsorptionAccount overhead() {
    Burden some = Burden.waste(new Co2e(12));
    return new AbsorptionAccount(
        Revision.FIRST,
        Absorption.DEFAULT,
        new Absorbed(
            0,
            900_000,
            some,
            new Cost(new Energy(4), some, new Cost.Unknown(0, 1, 2, 3, 4, 5)),
            some,
            some,
            1_000));
  }

  private static PeriodAccount month() {
    Matched matched =
        new Matched(
            List.of(
                new Part(
                    new Source.OfInstrument("go", Instrument.Type.CERTIFICATE),
                    new Energy(5),
                    Optional.of(Co2e.ZERO)),
                new Part(new Source.ResidualMix("mix"), new Energy(5), Optional.of(new Co2e(3))),
                new Part(new Source.GridAverageFlagged("grid"), new Energy(5), Optional.empty()),
                new Part(new Source.Unpriced(), new Energy(5), Optional.empty())),
            new Used(new TreeMap<>(Map.of("go", 5L))));
    return new PeriodAccount(
        0,
        900_000,
        new Revision(2, 5, 6),
        1,
        0,
        facility().postings(),
        List.of(
            new PeriodAccount.Part(
                Cell.Kind.IDLE,
                new Energy(10),
                List.of(
                    new PeriodAccount.Amount(Basis.LB_ANNUAL, Optional.of(new Co2e(3))),
                    new PeriodAccount.Amount(Basis.MB_ANNUAL, Optional.empty())))),
        Optional.of(
            new Market(
                "held 1",
                List.of("grid"),
                matched,
                Optional.of(new Market.Hourly(matched, List.of(4L, -1L))))));
  }

  private static FacilityInterval facility() {
    return new FacilityInterval(
        900_000,
        new Revision(1, 7, 9),
        Basis.LB_ANNUAL,
        List.of(
            new Posting(
                "grid",
                "electricity",
                Scope.SCOPE_2,
                10,
                new Co2e(3),
                List.of(
                    new Price(Basis.LB_ANNUAL, Optional.of(new Co2e(2)), "factor 1", false),
                    new Price(Basis.LB_HOURLY, Optional.empty(), "grid", true)))),
        List.of(
            new Entry("electricity", "furnace", Cell.direct("furnace@1"), 4),
            new Entry("electricity", Entry.SITE, Cell.OVERHEAD, 6)),
        List.of(new MeterSlice("grid", true, new Slice(4, 3, 2, 1, 9, 5, 6, 7, 8), 3, 4)),
        List.of(new Mark(Entry.SITE, Mark.Kind.RECONCILED)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(input, AccountCodec::decode, AccountCodec::encode);
  }
}
