package io.tracegram.ledger.lot;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.HalfEven;
import io.tracegram.ledger.quantity.LargestRemainder;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongBinaryOperator;

/**
 * CO2e by {@link Component}, µg, negative for a correction; immutable.
 *
 * @param secondary the part that rests on secondary factors
 * @param unknown a bit per component, set if a part of it is not known
 */
public record Burden(
    long scope1,
    long scope2Annual,
    long scope2Hourly,
    long upstream,
    long transport,
    long packaging,
    long waste,
    long inherited,
    long biogenic,
    long scope2Market,
    long scope2MarketHourly,
    long secondary,
    int unknown) {
  /** Components, and the secondary part. */
  private static final int AMOUNTS = 12;

  private static final int SECONDARY = AMOUNTS - 1;

  public static final Burden NONE = new Burden(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public Burden {
    if (unknown < 0 || unknown >= 1 << Component.values().length) {
      throw new IllegalArgumentException("no such components: " + unknown);
    }
  }

  /** Nothing but some µg of one component, on primary data. */
  public static Burden only(Component component, long micrograms) {
    int index = component.ordinal();
    return of(i -> i == index ? micrograms : 0, 0);
  }

  /**
   * Amounts of all components.
   *
   * @param components in their order
   */
  public static Burden of(long[] components, long secondary, int unknown) {
    return of(i -> i == SECONDARY ? secondary : components[i], unknown);
  }

  /** What came in with a declared total. */
  public static Burden inherited(Co2e total, Co2e secondary) {
    return only(Component.INHERITED, total.micrograms()).withSecondary(secondary.micrograms());
  }

  public static Burden transport(Co2e legs) {
    return bySecondaryFactor(Component.TRANSPORT, legs);
  }

  public static Burden packaging(Co2e packed) {
    return bySecondaryFactor(Component.PACKAGING, packed);
  }

  public static Burden waste(Co2e treatment) {
    return bySecondaryFactor(Component.WASTE, treatment);
  }

  private static Burden bySecondaryFactor(Component component, Co2e co2e) {
    return only(component, co2e.micrograms()).withSecondary(co2e.micrograms());
  }

  /** Nothing known, and something of a component unknown. */
  public static Burden unknown(Component component) {
    return NONE.but(1 << component.ordinal());
  }

  /** Returns what is known of a component, µg. */
  public long of(Component component) {
    return amount(component.ordinal());
  }

  /** Says whether all of a component is known. */
  public boolean knows(Component component) {
    return (unknown & 1 << component.ordinal()) == 0;
  }

  /** Says whether all that counts in a sum on a basis is known, what is upstream aside. */
  public boolean isKnown(Basis basis) {
    return knows(Component.SCOPE_1) && knows(Component.scope2(basis)) && knows(Component.INHERITED);
  }

  /** Returns the sum of what is known, with the scope 2 of a basis. */
  public Co2e total(Basis basis) {
    long sum = Math.addExact(scope1, of(Component.scope2(basis)));
    sum = Math.addExact(sum, upstream);
    sum = Math.addExact(sum, transport);
    sum = Math.addExact(sum, packaging);
    sum = Math.addExact(sum, waste);
    return new Co2e(Math.addExact(sum, inherited));
  }

  public Burden plus(Burden other) {
    return zip(other, Math::addExact, unknown | other.unknown);
  }

  /** Returns the difference of what is known; unknown stays what is unknown here. */
  public Burden minus(Burden other) {
    return zip(other, Math::subtractExact, unknown);
  }

  /** Returns the part that goes with a mass, each component rounded half to even. */
  public Burden share(Mass part, Mass whole) {
    return ratio(part.milligrams(), whole.milligrams());
  }

  /** Returns each component times {@code part / whole}, rounded half to even. */
  public Burden ratio(long part, long whole) {
    return of(i -> HalfEven.multiplyDivide(amount(i), part, whole), unknown);
  }

  /**
   * Partitions every component by largest remainder; the parts add up exactly.
   *
   * @param weights ≥ 0, one of them positive
   */
  public List<Burden> partition(long[] weights) {
    long[][] parts = new long[AMOUNTS][];
    for (int i = 0; i < AMOUNTS; i++) {
      parts[i] = LargestRemainder.partition(amount(i), weights);
    }
    List<Burden> burdens = new ArrayList<>();
    for (int w = 0; w < weights.length; w++) {
      int weight = w;
      burdens.add(of(i -> parts[i][weight], weights[w] == 0 ? 0 : unknown));
    }
    return burdens;
  }

  /** Returns the same with another part on secondary factors, µg. */
  public Burden withSecondary(long other) {
    return of(i -> i == SECONDARY ? other : amount(i), unknown);
  }

  /**
   * Returns the same amounts with more components not known.
   *
   * @param components a bit each
   */
  public Burden lacking(int components) {
    return of(this::amount, unknown | components);
  }

  /** Returns the same amounts with other components unknown. */
  Burden but(int otherUnknown) {
    return of(this::amount, otherUnknown);
  }

  /** Says whether nothing is carried, and nothing unknown. */
  public boolean isNone() {
    return equals(NONE);
  }

  private Burden zip(Burden other, LongBinaryOperator operator, int unknownOfBoth) {
    return of(i -> operator.applyAsLong(amount(i), other.amount(i)), unknownOfBoth);
  }

  private long amount(int index) {
    return switch (index) {
      case 0 -> scope1;
      case 1 -> scope2Annual;
      case 2 -> scope2Hourly;
      case 3 -> upstream;
      case 4 -> transport;
      case 5 -> packaging;
      case 6 -> waste;
      case 7 -> inherited;
      case 8 -> biogenic;
      case 9 -> scope2Market;
      case 10 -> scope2MarketHourly;
      default -> secondary;
    };
  }

  private static Burden of(IntToLongFunction amount, int unknown) {
    return new Burden(
        amount.applyAsLong(0),
        amount.applyAsLong(1),
        amount.applyAsLong(2),
        amount.applyAsLong(3),
        amount.applyAsLong(4),
        amount.applyAsLong(5),
        amount.applyAsLong(6),
        amount.applyAsLong(7),
        amount.applyAsLong(8),
        amount.applyAsLong(9),
        amount.applyAsLong(10),
        amount.applyAsLong(11),
        unknown);
  }
}
