package io.tracegram.ledger.account;

import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
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

  /** Components of the third calculator: those on market-based figures came with the fourth. */
  private static final int FIRST_COMPONENTS = Component.BIOGENIC.ordinal() + 1;

  private static final Component[] COMPONENTS = Component.values();

  private static final int MARKET =
      1 << Component.SCOPE_2_MARKET.ordinal() | 1 << Component.SCOPE_2_MARKET_HOURLY.ordinal();

  private LotAccountCodec() {}

  private static boolean isMarket(int version) {
    return version > 3;
  }

  static void write(CborWriter out, int version, LotAccount lot, LotDetail detail) {
    out.text(lot.lot().path()).text(lot.material()).integer(lot.mass().milligrams());
    FacilityIntervalCodec.revision(out, detail.revision());
    out.integer(detail.headline().ordinal()).integer(lot.own().energy().milliwattHours());
    burden(out, version, detail.direct());
    burden(out, version, detail.absorbed());
    burden(out, version, detail.brought());
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
   * @param version of the calculator that made it
   * @param named whether it names its policy of primary data
   * @param claimed whether something is claimed of it
   */
  static LotAccount lot(CborReader in, int version, boolean named, boolean claimed) {
    LotId id = new LotId(in.text(TEXT));
    String material = in.text(TEXT);
    Mass mass = new Mass(in.integer());
    Revision revision = FacilityIntervalCodec.revision(in);
    Basis headline = Basis.values()[(int) in.integer(0, Basis.LB_HOURLY.ordinal())];
    Energy electricity = new Energy(in.integer());
    Burden direct = burden(in, version);
    Burden absorbed = burden(in, version);
    Burden inherited = burden(in, version);
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

  static void write(CborWriter out, int version, AbsorptionAccount account) {
    FacilityIntervalCodec.revision(out, account.revision());
    Absorbed absorbed = account.absorbed();
    out.integer(absorbed.fromMillis()).integer(absorbed.toMillis());
    out.array(2)
        .integer(account.absorption().policy().ordinal())
        .integer(account.absorption().key().ordinal());
    burden(out, version, absorbed.opening());
    cost(out, version, absorbed.pool());
    burden(out, version, absorbed.late());
    burden(out, version, absorbed.absorbed());
    out.integer(absorbed.key());
  }

  static AbsorptionAccount absorption(CborReader in, int version) {
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
        new Absorbed(
            from,
            to,
            burden(in, version),
            cost(in, version),
            burden(in, version),
            burden(in, version),
            in.integer()));
  }

  private static void cost(CborWriter out, int version, Cost cost) {
    Cost.Unknown unknown = cost.unknown();
    out.array(isMarket(version) ? 8 : 6).integer(cost.electricity().milliwattHours());
    burden(out, version, cost.co2e());
    out.integer(unknown.scope1())
        .integer(unknown.annual())
        .integer(unknown.hourly())
        .integer(unknown.upstream());
    if (isMarket(version)) {
      out.integer(unknown.market()).integer(unknown.marketHourly());
    }
  }

  private static Cost cost(CborReader in, int version) {
    in.arrayOf(isMarket(version) ? 8 : 6);
    return new Cost(
        new Energy(in.integer()),
        burden(in, version),
        new Cost.Unknown(
            in.integer(),
            in.integer(),
            in.integer(),
            in.integer(),
            isMarket(version) ? in.integer() : 0,
            isMarket(version) ? in.integer() : 0));
  }

  private static void burden(CborWriter out, int version, Burden burden) {
    int count = components(version);
    out.array(count + 2);
    for (int i = 0; i < count; i++) {
      out.integer(burden.of(COMPONENTS[i]));
    }
    out.integer(burden.secondary()).integer(burden.unknown() & (1 << count) - 1);
  }

  /** What the third calculator told knows no market-based figure, unless it is nothing at all. */
  private static Burden burden(CborReader in, int version) {
    int count = components(version);
    in.arrayOf(count + 2);
    long[] amounts = new long[COMPONENTS.length];
    for (int i = 0; i < count; i++) {
      amounts[i] = in.integer();
    }
    Burden burden = Burden.of(amounts, in.integer(), (int) in.integer(0, (1 << count) - 1));
    return isMarket(version) || burden.isNone() ? burden : burden.lacking(MARKET);
  }

  private static int components(int version) {
    return isMarket(version) ? COMPONENTS.length : FIRST_COMPONENTS;
  }
}
