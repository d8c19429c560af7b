package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one encoding of {@code account} results: one facility interval, month, lot or month's
 * overhead each. Stateless.
 */
public final class AccountCodec {
  private static final int INTERVAL = 1;
  private static final int LOT = 2;
  private static final int FACILITY_INTERVAL = 3;
  private static final int PERIOD = 4;
  private static final int LOT_DETAIL = 5;
  private static final int ABSORPTION = 6;
  private static final int LOT_CLAIMS = 7;
  private static final int LAST = LOT_CLAIMS;
  private static final int MOST_ITEMS = LotAccountCodec.MOST_ITEMS;
  private static final int TEXT = 256;
  private static final int ITEMS = 1_000;

  private AccountCodec() {}

  /** What an {@code account} leaf holds, with the calculator version that made it. */
  public sealed interface Account {
    int calculatorVersion();

    /** A facility's quarter of an hour by the first calculator. */
    record OfInterval(int calculatorVersion, IntervalAccount account) implements Account {}

    /** A facility's quarter of an hour since the second calculator. */
    record OfFacility(int calculatorVersion, FacilityInterval account) implements Account {}

    /** A facility's month. */
    record OfPeriod(int calculatorVersion, PeriodAccount account) implements Account {}

    /** A lot. */
    record OfLot(int calculatorVersion, LotAccount account) implements Account {}

    /** The overhead of a facility's month. */
    record OfAbsorption(int calculatorVersion, AbsorptionAccount account) implements Account {}
  }

  public static byte[] encode(Account account) {
    return switch (account) {
      case Account.OfInterval(int version, IntervalAccount interval) -> encode(version, interval);
      case Account.OfFacility(int version, FacilityInterval interval) -> {
        CborWriter out = new CborWriter().array(9).integer(FACILITY_INTERVAL).integer(version);
        FacilityIntervalCodec.write(out, interval);
        yield out.toByteArray();
      }
      case Account.OfPeriod(int version, PeriodAccount month) -> {
        CborWriter out =
            new CborWriter().array(PeriodAccountCodec.ITEMS).integer(PERIOD).integer(version);
        PeriodAccountCodec.write(out, month);
        yield out.toByteArray();
      }
      case Account.OfLot(int version, LotAccount lot) -> {
        if (lot.detail().isEmpty()) {
          yield encode(version, lot);
        }
        CborWriter out =
            new CborWriter()
                .array(LotAccountCodec.items(lot))
                .integer(lot.claims().isNone() ? LOT_DETAIL : LOT_CLAIMS)
                .integer(version);
        LotAccountCodec.write(out, version, lot, lot.detail().get());
        yield out.toByteArray();
      }
      case Account.OfAbsorption(int version, AbsorptionAccount month) -> {
        CborWriter out =
            new CborWriter()
                .array(LotAccountCodec.ABSORPTION_ITEMS)
                .integer(ABSORPTION)
                .integer(version);
        LotAccountCodec.write(out, version, month);
        yield out.toByteArray();
      }
    };
  }

  /**
   * Reads an account strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static Account decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    int items = in.array(MOST_ITEMS);
    int type = (int) in.integer(INTERVAL, LAST);
    boolean named = (type == LOT_DETAIL || type == LOT_CLAIMS) && items == items(type) + 1;
    if (items != items(type) && !named) {
      throw new MalformedException("an account with " + items + " items", in.position());
    }
    int version = (int) in.integer(1, Integer.MAX_VALUE);
    try {
      Account account =
          switch (type) {
            case INTERVAL -> new Account.OfInterval(version, interval(in));
            case LOT -> new Account.OfLot(version, lot(in));
            case PERIOD -> new Account.OfPeriod(version, PeriodAccountCodec.read(in));
            case LOT_DETAIL ->
                new Account.OfLot(version, LotAccountCodec.lot(in, version, named, false));
            case LOT_CLAIMS ->
                new Account.OfLot(version, LotAccountCodec.lot(in, version, named, true));
            case ABSORPTION ->
                new Account.OfAbsorption(version, LotAccountCodec.absorption(in, version));
            default -> new Account.OfFacility(version, FacilityIntervalCodec.read(in));
          };
      in.end();
      return account;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException("account: " + e.getMessage(), in.position());
    }
  }

  private static int items(int type) {
    return switch (type) {
      case FACILITY_INTERVAL -> 9;
      case LOT_DETAIL -> LotAccountCodec.LOT_ITEMS;
      case LOT_CLAIMS -> LotAccountCodec.CLAIMED_LOT_ITEMS;
      case ABSORPTION -> LotAccountCodec.ABSORPTION_ITEMS;
      default -> 10;
    };
  }

  /** Returns the start of the interval that an encoded account is of, without reading it all. */
  static OptionalLong intervalStart(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    in.array(MOST_ITEMS);
    long type = in.integer(INTERVAL, LAST);
    in.integer();
    return type == INTERVAL || type == FACILITY_INTERVAL
        ? OptionalLong.of(in.integer())
        : OptionalLong.empty();
  }

  private static byte[] encode(int version, IntervalAccount interval) {
    CborWriter out = new CborWriter().array(10).integer(INTERVAL).integer(version);
    out.integer(interval.startMillis()).integer(interval.endMillis());
    share(out, interval.total());
    out.array(interval.direct().size());
    interval
        .direct()
        .forEach(
            (order, share) -> {
              out.array(2).text(order);
              share(out, share);
            });
    share(out, interval.idle());
    share(out, interval.overhead());
    share(out, interval.unattributed());
    out.integer(interval.interpolated().milliwattHours());
    return out.toByteArray();
  }

  private static IntervalAccount interval(CborReader in) {
    long start = in.integer(0, Long.MAX_VALUE);
    long end = in.integer(start, Long.MAX_VALUE);
    Share total = share(in);
    SortedMap<String, Share> direct = new TreeMap<>();
    int orders = in.array(ITEMS);
    for (int i = 0; i < orders; i++) {
      in.arrayOf(2);
      String order = in.text(TEXT);
      if (!direct.isEmpty() && direct.lastKey().compareTo(order) >= 0) {
        throw new MalformedException("orders are not sorted", in.position());
      }
      direct.put(order, share(in));
    }
    return new IntervalAccount(
        start, end, total, direct, share(in), share(in), share(in), new Energy(in.integer()));
  }

  private static byte[] encode(int version, LotAccount lot) {
    CborWriter out = new CborWriter().array(10).integer(LOT).integer(version);
    out.text(lot.lot().path()).text(lot.material()).integer(lot.mass().milligrams());
    share(out, lot.own());
    out.integer(lot.inherited().micrograms()).integer(lot.secondary().micrograms());
    out.integer(lot.total().micrograms());
    out.array(lot.inputs().size());
    for (LotAccount.Input input : lot.inputs()) {
      out.array(5)
          .text(input.lot().path())
          .text(input.material())
          .integer(input.mass().milligrams())
          .integer(input.inherited().micrograms())
          .integer(input.basis().ordinal());
    }
    return out.toByteArray();
  }

  private static LotAccount lot(CborReader in) {
    LotId id = new LotId(in.text(TEXT));
    String material = in.text(TEXT);
    Mass mass = new Mass(in.integer());
    Share own = share(in);
    Co2e inherited = new Co2e(in.integer());
    Co2e secondary = new Co2e(in.integer());
    long total = in.integer();
    List<LotAccount.Input> inputs = new ArrayList<>();
    int count = in.array(ITEMS);
    for (int i = 0; i < count; i++) {
      in.arrayOf(5);
      inputs.add(
          new LotAccount.Input(
              new LotId(in.text(TEXT)),
              in.text(TEXT),
              new Mass(in.integer()),
              new Co2e(in.integer()),
              LotAccount.Basis.values()[(int) in.integer(0, 2)]));
    }
    LotAccount account = new LotAccount(id, material, mass, own, inherited, secondary, inputs);
    if (account.total().micrograms() != total) {
      throw new MalformedException("a lot's total is not own + inherited", in.position());
    }
    return account;
  }

  private static void share(CborWriter out, Share share) {
    out.array(2).integer(share.energy().milliwattHours()).integer(share.co2e().micrograms());
  }

  private static Share share(CborReader in) {
    in.arrayOf(2);
    return new Share(new Energy(in.integer()), new Co2e(in.integer()));
  }
}
