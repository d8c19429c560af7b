package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tracegram.ledger.emission.EmissionFactor.Unit;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.quantity.Volume;
import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DirectPostingTest {
  private static DirectPosting post(String kg, Unit unit, DirectAmount amount) {
    return DirectPosting.of(FactorSamples.entry(FactorSamples.factor("f", kg, unit)), amount);
  }

  private static DirectPosting posted(long micrograms) {
    return new DirectPosting.Posted(new Co2e(micrograms), Optional.empty());
  }

  @Test
  void pricesEachUnitByItsOwnFactor() {
    Energy kwh = Energy.ofWattHours(1_000);

    assertThat(post("0.18231", Unit.KWH_GROSS, new DirectAmount.GrossEnergy(kwh)))
        .isEqualTo(posted(182_310_000));
    assertThat(post("0.20199", Unit.KWH_NET, new DirectAmount.NetEnergy(kwh)))
        .isEqualTo(posted(201_990_000));
    assertThat(post("2.02633", Unit.CUBIC_METRE, new DirectAmount.Gas(Volume.ofCubicMetres(10))))
        .isEqualTo(posted(20_263_300_000L));
    assertThat(post("2.58354", Unit.LITRE, new DirectAmount.Liquid(Volume.ofLitres(10))))
        .isEqualTo(posted(25_835_400_000L));
    assertThat(post("2.99763", Unit.KG, new DirectAmount.FuelMass(new Mass(1_000_000))))
        .isEqualTo(posted(2_997_630_000L));
  }

  @Test
  void refusesToTakeGrossForNetOrAnyOtherUnit() {
    DirectAmount gross = new DirectAmount.GrossEnergy(Energy.ofWattHours(1_000));

    assertThat(post("0.2", Unit.KWH_NET, gross))
        .isInstanceOfSatisfying(
            DirectPosting.Refused.class,
            refused -> assertThat(refused.reason()).contains("KWH_NET", "KWH_GROSS"));
    assertThat(post("0.2", Unit.KWH, gross)).isInstanceOf(DirectPosting.Refused.class);
    assertThat(post("2", Unit.LITRE, new DirectAmount.Gas(Volume.ofLitres(1))))
        .isInstanceOf(DirectPosting.Refused.class);
  }

  @Test
  void pricesATopUpByTheNamedGwp() {
    DirectAmount topUp = new DirectAmount.RefrigerantTopUp(new Mass(2_500_000));

    assertThat(post("1924", Unit.KG, topUp))
        .as("2.5 kg R410A")
        .isEqualTo(posted(4_810_000_000_000L));
    EmissionFactor unnamed =
        new EmissionFactor("r410a", new BigDecimal("1924"), Unit.KG, "", "", " ", "", "");
    assertThat(DirectPosting.of(FactorSamples.entry(unnamed), topUp))
        .isInstanceOf(DirectPosting.Refused.class);
  }

  @Test
  void keepsBiogenicCo2Apart() {
    FactorSet.Entry diesel = FactorSamples.set().entry("diesel").orElseThrow();

    assertThat(DirectPosting.of(diesel, new DirectAmount.Liquid(Volume.ofLitres(1))))
        .isEqualTo(
            new DirectPosting.Posted(new Co2e(2_583_540_000L), Optional.of(new Co2e(120_000_000))));
  }

  @Test
  void refusesWhatIsBeyondTheRange() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () ->
                post(
                    "25200", Unit.KG, new DirectAmount.RefrigerantTopUp(new Mass(Long.MAX_VALUE))));
  }

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
