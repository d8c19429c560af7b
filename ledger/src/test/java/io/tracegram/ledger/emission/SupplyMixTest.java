package io.tracegram.ledger.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.quantity.Energy;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SupplyMixTest {
  private static final long MAX = 1L << 60;

  private static SupplyMix mix(long in, long out, long generated, long charged, long discharged) {
    return SupplyMix.of(
        new SupplyMix.Flows(
            new Energy(in),
            new Energy(out),
            new Energy(generated),
            new Energy(charged),
            new Energy(discharged)),
        false);
  }

  @Test
  void usesWhatItGeneratesLessWhatItExports() {
    SupplyMix mix = mix(100, 30, 50, 0, 0);

    assertThat(mix.grid()).isEqualTo(new Energy(100));
    assertThat(mix.own()).isEqualTo(new Energy(20));
    assertThat(mix.load()).isEqualTo(new Energy(120));
  }

  @Test
  void givesNoCreditForExportBeyondGeneration() {
    SupplyMix mix = mix(100, 60, 50, 0, 0);

    assertThat(mix.grid()).isEqualTo(new Energy(100));
    assertThat(mix.own()).isEqualTo(Energy.ZERO);
    assertThat(mix.load()).isEqualTo(new Energy(90));
  }

  @Test
  void postsStoredPowerWhenItIsCharged() {
    SupplyMix charging = mix(100, 0, 0, 40, 0);
    SupplyMix discharging = mix(20, 0, 0, 0, 36);

    assertThat(charging.purchased(Basis.LB_ANNUAL)).isEqualTo(new Energy(100));
    assertThat(charging.load()).isEqualTo(new Energy(60));
    assertThat(discharging.purchased(Basis.LB_ANNUAL)).isEqualTo(new Energy(20));
    assertThat(discharging.storage()).isEqualTo(new Energy(36));
    assertThat(discharging.load()).isEqualTo(new Energy(56));
  }

  @Test
  void countsGenerationWhoseCertificatesWereSoldAsPurchasedByMarketOnly() {
    SupplyMix sold =
        SupplyMix.of(
            new SupplyMix.Flows(
                new Energy(100), Energy.ZERO, new Energy(50), Energy.ZERO, Energy.ZERO),
            true);

    assertThat(sold.purchased(Basis.MB_HOURLY)).isEqualTo(new Energy(150));
    assertThat(sold.own(Basis.MB_HOURLY)).isEqualTo(Energy.ZERO);
    assertThat(sold.purchased(Basis.LB_ANNUAL)).isEqualTo(new Energy(100));
    assertThat(sold.own(Basis.LB_ANNUAL)).isEqualTo(new Energy(50));
  }

  @Test
  void flagsMoreOutThanInAsAnImbalance() {
    SupplyMix mix = mix(10, 30, 5, 0, 0);

    assertThat(mix.load()).isEqualTo(Energy.ZERO);
    assertThat(mix.imbalance()).isEqualTo(new Energy(15));
  }

  @Test
  void refusesANegativeFlow() {
    assertThatIllegalArgumentException().isThrownBy(() -> mix(-1, 0, 0, 0, 0));
  }

  @Property
  void conservesEnergyAndIsNeverNegative(
      @ForAll @LongRange(min = 0, max = MAX) long in,
      @ForAll @LongRange(min = 0, max = MAX) long out,
      @ForAll @LongRange(min = 0, max = MAX) long generated,
      @ForAll @LongRange(min = 0, max = MAX) long charged,
      @ForAll @LongRange(min = 0, max = MAX) long discharged) {
    SupplyMix mix = mix(in, out, generated, charged, discharged);

    assertThat(mix.load().minus(mix.imbalance()).milliwattHours())
        .isEqualTo(in + generated + discharged - out - charged);
    assertThat(mix.own().milliwattHours()).isEqualTo(Math.max(0, generated - out));
    assertThat(mix.storage().milliwattHours()).isBetween(0L, discharged);
    assertThat(mix.load().milliwattHours()).isNotNegative();
    assertThat(mix.imbalance().milliwattHours()).isNotNegative();
    assertThat(mix.load().milliwattHours() == 0 || mix.imbalance().milliwattHours() == 0).isTrue();
    long supplied = mix.grid().plus(mix.own()).plus(mix.storage()).milliwattHours();
    assertThat(mix.load().milliwattHours() + charged)
        .as("what is used came from somewhere, but for an imbalance")
        .isLessThanOrEqualTo(supplied + mix.imbalance().milliwattHours());
  }
}
