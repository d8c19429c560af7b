package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Energy;

/**
 * Where the electricity of one interval came from: load = import + generation + discharged − export
 * − charged.
 *
 * <p>Export is taken from generation first, then from storage, then from the grid; it never
 * credits, so what was imported is priced whole. Charging is consumption, posted in the quarter in
 * which the power was bought; what is discharged is therefore supplied at zero. Own generation
 * whose certificates were sold stays own by location; by market it counts as purchased, for its
 * claim is another's (GHG Protocol Scope 2 Guidance ch. 6: null power takes the residual mix).
 *
 * @param grid imported, ≥ 0: all of it is priced as purchased
 * @param own generation used on site, ≥ 0
 * @param storage discharged for use on site, ≥ 0: posted when it was charged
 * @param load what the site used beside charging, ≥ 0
 * @param imbalance what left beyond what came in, ≥ 0: a Problem when positive, never energy
 * @param certificatesSold whether the certificates of the generation were sold
 */
public record SupplyMix(
    Energy grid,
    Energy own,
    Energy storage,
    Energy load,
    Energy imbalance,
    boolean certificatesSold) {

  /** What the meters counted in one interval, each ≥ 0. */
  public record Flows(
      Energy imported, Energy exported, Energy generated, Energy charged, Energy discharged) {
    public Flows {
      if (imported.milliwattHours() < 0
          || exported.milliwattHours() < 0
          || generated.milliwattHours() < 0
          || charged.milliwattHours() < 0
          || discharged.milliwattHours() < 0) {
        throw new IllegalArgumentException("a register's energy is not negative");
      }
    }
  }

  /**
   * Balances the flows of one interval.
   *
   * @throws ArithmeticException if a sum is beyond {@code long}
   */
  public static SupplyMix of(Flows flows, boolean certificatesSold) {
    Energy fromGeneration = least(flows.exported(), flows.generated());
    Energy fromStorage = least(flows.exported().minus(fromGeneration), flows.discharged());
    Energy in = flows.imported().plus(flows.generated()).plus(flows.discharged());
    Energy net = in.minus(flows.exported().plus(flows.charged()));
    boolean balanced = net.milliwattHours() >= 0;
    return new SupplyMix(
        flows.imported(),
        flows.generated().minus(fromGeneration),
        flows.discharged().minus(fromStorage),
        balanced ? net : Energy.ZERO,
        balanced ? Energy.ZERO : Energy.ZERO.minus(net),
        certificatesSold);
  }

  /** Returns what counts as purchased on a basis, to be priced as grid electricity. */
  public Energy purchased(Basis basis) {
    return isClaimedByOthers(basis) ? grid.plus(own) : grid;
  }

  /** Returns what counts as own generation on a basis, to be priced by its own factor. */
  public Energy own(Basis basis) {
    return isClaimedByOthers(basis) ? Energy.ZERO : own;
  }

  private boolean isClaimedByOthers(Basis basis) {
    return certificatesSold
        && switch (basis) {
          case MB_ANNUAL, MB_HOURLY -> true;
          case LB_ANNUAL, LB_HOURLY, PCF_LIFECYCLE -> false;
        };
  }

  private static Energy least(Energy a, Energy b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
