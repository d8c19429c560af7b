package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  /** Each by its definition; none of them rounds. */
  @ParameterizedTest
  @CsvSource({
    "1500, GRM, 1.5, KGM",
    "2.5, TNE, 2500, KGM",
    "1, LBR, 453.59237, GRM",
    "16, ONZ, 1, LBR",
    "14, LBR, 1, STI",
    "2000, LBR, 1, STN",
    "2240, LBR, 1, LTN",
    "20, CWI, 1, LTN",
    "12, INH, 1, FOT",
    "3, FOT, 1, YRD",
    "1760, YRD, 1, SMI",
    "1, NMI, 1852, MTR",
    "1, FTK, 929.0304, CMK",
    "1000, LTR, 1, MTQ",
    "1, GLL, 231, INQ",
    "1, FTQ, 1728, INQ",
    "1, KWH, 3.6, 3B",
    "1, GWH, 3.6, D30",
    "1, ATM, 1.01325, BAR",
    "1, MBR, 1, A97",
    "1, WEE, 168, HUR",
    "36, KMH, 10, MTS",
    "50, P1, 0.5, C62",
    "1, P1, 10000, 59",
    "-40, CEL, -40, FAH",
    "100, CEL, 212, FAH",
    "0, KEL, -273.15, CEL",
    "0.1, 2Z, 0.0001, VLT"
  })
  void oneQuantityIsTheSameInBothUnits(
      BigDecimal one, String unit, BigDecimal other, String otherUnit) {
    assertThat(Units.dimension(unit)).isEqualTo(Units.dimension(otherUnit));
    assertThat(Units.value(one, unit)).isEqualByComparingTo(Units.value(other, otherUnit));
  }

  /** 1 K is 1.8 °F wide, wherever the scale begins. */
  @Test
  void aDifferenceOfTemperaturesKnowsNoZero() {
    assertThat(Units.difference(new BigDecimal("1.8"), "FAH")).isEqualByComparingTo("1");
    assertThat(Units.difference(new BigDecimal("1"), "CEL")).isEqualByComparingTo("1");
    assertThat(Units.value(new BigDecimal("0"), "CEL")).isEqualByComparingTo("273.15");
  }

  @Test
  void anUnknownUnitComparesWithItselfAlone() {
    assertThat(Units.dimension("XBX")).isEqualTo("unit:XBX").isNotEqualTo(Units.dimension("XPK"));
    assertThat(Units.value(new BigDecimal("3.70"), "XBX")).isEqualByComparingTo("3.7");
  }

  /** 5/9 has no end: both ways of saying the same temperature are rounded alike. */
  @Test
  void whatMustBeRoundedIsRoundedAlike() {
    BigDecimal fahrenheit = Units.value(new BigDecimal("70"), "FAH");
    assertThat(fahrenheit.precision()).isEqualTo(24);
    assertThat(fahrenheit.toString()).startsWith("294.2611111111111");
  }
}
