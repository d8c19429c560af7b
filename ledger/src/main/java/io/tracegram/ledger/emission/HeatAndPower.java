package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The efficiency method, which splits the fuel of a combined heat and power plant by what separate
 * plants would have burnt: E_heat = E·(H/ηH)/(H/ηH + P/ηP).
 *
 * @param id stored with every split
 * @param powerPerMille ηP of a separate power plant, {@code [1, 1000]}
 * @param heatPerMille ηH of a separate boiler, {@code [1, 1000]}
 */
public record HeatAndPower(String id, int powerPerMille, int heatPerMille) {
  /** ηP 0.35, ηH 0.80: the defaults of the GHG Protocol's tool for combined heat and power. */
  public static final HeatAndPower DEFAULT = of(350, 800);

  /** Returns the method with these efficiencies, whose id names them. */
  public static HeatAndPower of(int powerPerMille, int heatPerMille) {
    return new HeatAndPower(
        "efficiency-" + powerPerMille + "-" + heatPerMille, powerPerMille, heatPerMille);
  }

  /** A split; heat + power is exactly what was split. */
  public record Split(String method, Co2e heat, Co2e power) {}

  public HeatAndPower {
    if (powerPerMille < 1 || powerPerMille > 1_000 || heatPerMille < 1 || heatPerMille > 1_000) {
      throw new IllegalArgumentException("method " + id + ": an efficiency is 1 to 1000 ‰");
    }
  }

  /**
   * Splits what the fuel emitted, the unit left over to the larger remainder; empty if the plant
   * gave neither heat nor power.
   *
   * @param heat ≥ 0
   * @param power ≥ 0
   */
  public Optional<Split> split(Co2e fuel, Energy heat, Energy power) {
    if (heat.milliwattHours() < 0 || power.milliwattHours() < 0) {
      throw new IllegalArgumentException("heat and power are not negative");
    }
    if (heat.milliwattHours() == 0 && power.milliwattHours() == 0) {
      return Optional.empty();
    }
    // H/ηH : P/ηP = H·ηP : P·ηH, with the common divisor of the efficiencies taken out
    int common =
        BigInteger.valueOf(powerPerMille).gcd(BigInteger.valueOf(heatPerMille)).intValueExact();
    long[] parts =
        LargestRemainder.partition(
            fuel.micrograms(),
            List.of(
                Math.multiplyExact(heat.milliwattHours(), powerPerMille / common),
                Math.multiplyExact(power.milliwattHours(), heatPerMille / common)));
    return Optional.of(new Split(id, new Co2e(parts[0]), new Co2e(parts[1])));
  }
}
