package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HeatAndPowerTest {
  @Test
  void splitsHeatAndPowerByTheEfficiencyMethod() {
    // H/ηH = 80/0.80 = 100, P/ηP = 35/0.35 = 100: halves, the odd µg to heat
    assertThat(
            HeatAndPower.DEFAULT.split(
                new Co2e(1_001), Energy.ofWattHours(80), Energy.ofWattHours(35)))
        .contains(new HeatAndPower.Split("efficiency-350-800", new Co2e(501), new Co2e(500)));
    assertThat(HeatAndPower.DEFAULT.split(new Co2e(5), Energy.ZERO, Energy.ZERO)).isEmpty();
  }

  @Property
  void splitsExactly(
      @ForAll @LongRange(min = 0) long fuel,
      @ForAll @LongRange(min = 1, max = 1L << 50) long heat,
      @ForAll @LongRange(min = 0, max = 1L << 50) long power) {
    HeatAndPower.Split split =
        HeatAndPower.DEFAULT
            .split(new Co2e(fuel), new Energy(heat), new Energy(power))
            .orElseThrow();

    assertThat(split.heat().plus(split.power())).isEqualTo(new Co2e(fuel));
    assertThat(split.heat().micrograms()).isNotNegative();
    assertThat(split.power().micrograms()).isNotNegative();
  }
}
