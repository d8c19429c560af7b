package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Cost;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;

/** Encodes lots with their components, and the overhead of months. Stateless. */
final class LotAccountCodec {
  /** Items of an encoded lot, with its type and version; one more if it names its policy. */
  static final int LOT_ITEMS = 12;

  /** Items of an encoded lot of which something is claimed. */
  static final int CLAIMED_LOT_ITEMS = 13;

  /** Most items of a lot. */
  static final int MOST_ITEMS = CLAIMED_LOT_ITEMS + 1;

  /** Items of an encoded month's overhead, with its type and version. */
  static final int ABSORPTION_ITEMS = 11;

  private static final int TEXT = 256;
  private static final int MOST_INPUTS = 1_000;
  private static final int MOST_COMPONENTS = 511;

  private LotAccountCodec() {}

  static void write(CborWriter out, LotAccount lot, LotDetail detail) {
    out.text(lot.lot().path()).text(lot.material()).integer(lot.mass().milligrams());
    FacilityIntervalCodec.revision(out, detail.revision());
    out.integer(detail.headline().ordinal()).integer(lot.own().energy().milliwattHours());
    burden(out, detail.direct());
    burden(out, detail.absorbed());
    burden(out, detail.brought());
    out.array(lot.inputs().size());
    for (LotAccount.Input input : lot.inputs()) {
      out.array(5)
          .text(input.lot().path())
          .text(input.material())
          .integer(input.mass().milligrams())
          .integer(input.inherited().micrograms())
          .integer(input.basis().ordinal());
    }
    if (!detail.primary().equals(PrimaryPolicy.DEFAULT)) {
      out.array(2)
          .integer(detail.primary().policy().ordinal())
          .integer(detail.primary().mixed() ? 1 : 0);
    }
    if (!lot.claims().isNone()) {
      lot.claims().write(out);
    }
  }

  /** Returns the items of a lot. */
  static int items(LotAccount lot) {
    boolean named =
        lot.detail().filter(known -> !known.primary().equals(PrimaryPolicy.DEFAULT)).isPresent();
    return (lot.claims().isNone() ? LOT_ITEMS : CLAIMED_LOT_ITEMS) + (named ? 1 : 0);
  }

  /**
   * Reads a lot.
   *
   * @param named whether it names its policy of primary data
   * @param claimed whether something is claimed of it
   */
  static LotAccount lot(CborReader in, boolean named, boolean claimed) {
    LotId id = new LotId(in.text(TEXT));
    String material = in.text(TEXT);
    Mass mass = new Mass(in.integer());
    Revision revision = FacilityIntervalCodec.revision(in);
    Basis headline = Basis.values()[(int) in.integer(0, Basis.LB_HOURLY.ordinal())];
    Energy electricity = new Energy(in.integer());
    Burden direct = burden(in);
    Burden absorbed = burden(in);
    Burden inherited = burden(in);
    List<LotAccount.Input> inputs = new ArrayList<>();
    Co2e brought = Co2e.ZERO;
    int count = in.array(MOST_INPUTS);
    for (int i = 0; i < count; i++) {
      in.arrayOf(5);
      LotAccount.Input input =
          new LotAccount.Input(
              new LotId(in.text(TEXT)),
              in.text(TEXT),
              new Mass(in.integer()),
              new Co2e(in.integer()),
              LotAccount.Basis.values()[(int) in.integer(0, LotAccount.Basis.values().length - 1)]);
      brought = brought.plus(input.inherited());
      inputs.add(input);
    }
    PrimaryPolicy primary = named ? primary(in) : PrimaryPolicy.DEFAULT;
    Coverage claims = claimed ? Coverage.read(in, mass) : Coverage.NONE;
    if (claimed && claims.isNone()) {
      throw new MalformedException("nothing is claimed of the lot", in.position());
    }
    LotAccount lot =
        new LotAccount(
            id,
            material,
            mass,
            electricity,
            inputs,
            new LotDetail(revision, headline, direct, absorbed, inherited, primary),
            claims);
    if (count > 0 && !brought.equals(lot.inherited())) {
      throw new MalformedException("inputs do not add up to what they brought", in.position());
    }
    return lot;
  }

  private static PrimaryPolicy primary(CborReader in) {
    in.arrayOf(2);
    PrimaryPolicy primary =
        new PrimaryPolicy(PrimaryData.values()[(int) in.integer(0, 1)], in.integer(0, 1) == 1);
    if (primary.equals(PrimaryPolicy.DEFAULT)) {
      throw new MalformedException("the policy that holds anyway is not named", in.position());
    }
    return primary;
  }

  static void write(CborWriter out, AbsorptionAccount account) {
    FacilityIntervalCodec.revision(out, account.revision());
    Absorbed absorbed = account.absorbed();
    out.integer(absorbed.fromMillis()).integer(absorbed.toMillis());
    out.array(2)
        .integer(account.absorption().policy().ordinal())
        .integer(account.absorption().key().ordinal());
    burden(out, absorbed.opening());
    cost(out, absorbed.pool());
    burden(out, absorbed.late());
    burden(out, absorbed.absorbed());
    out.integer(absorbed.key());
  }

  static AbsorptionAccount absorption(CborReader in) {
    Revision revision = FacilityIntervalCodec.revision(in);
    long from = in.integer(0, Long.MAX_VALUE);
    long to = in.integer(from, Long.MAX_VALUE);
    in.arrayOf(2);
    Absorption absorption =
        new Absorption(
            Absorption.Policy.values()[(int) in.integer(0, 2)],
            Absorption.Key.values()[(int) in.integer(0, 2)]);
    return new AbsorptionAccount(
        revision,
        absorption,
        new Absorbed(from, to, burden(in), cost(in), burden(in), burden(in), in.integer()));
  }

  private static void cost(CborWriter out, Cost cost) {
    out.array(6).integer(cost.electricity().milliwattHours());
    burden(out, cost.co2e());
    out.integer(cost.unknownScope1())
        .integer(cost.unknownAnnual())
        .integer(cost.unknownHourly())
        .integer(cost.unknownUpstream());
  }

  private static Cost cost(CborReader in) {
    in.arrayOf(6);
    return new Cost(
        new Energy(in.integer()),
        burden(in),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer());
  }

  private static void burden(CborWriter out, Burden burden) {
    out.array(11)
        .integer(burden.scope1())
        .integer(burden.scope2Annual())
        .integer(burden.scope2Hourly())
        .integer(burden.upstream())
        .integer(burden.transport())
        .integer(burden.packaging())
        .integer(burden.waste())
        .integer(burden.inherited())
        .integer(burden.biogenic())
        .integer(burden.secondary())
        .integer(burden.unknown());
  }

  private static Burden burden(CborReader in) {
    in.arrayOf(11);
    return new Burden(
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        (int) in.integer(0, MOST_COMPONENTS));
  }
}
