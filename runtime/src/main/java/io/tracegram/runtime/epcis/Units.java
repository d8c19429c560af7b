package io.tracegram.runtime.epcis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Units of measure that are compared with each other, by their UNECE Recommendation 20 codes: each
 * value becomes one in the SI unit of its dimension. Other codes compare with themselves only.
 * Immutable.
 */
final class Units {
  /** More digits than any instrument has; what a conversion must round, it rounds alike. */
  private static final MathContext DIGITS = new MathContext(24);

  private static final MathContext EXACT = new MathContext(40);
  private static final Map<String, Unit> BY_CODE = new HashMap<>();

  /**
   * How a unit becomes its dimension's: {@code (value + shift) × numerator / denominator}.
   *
   * @param dimension names what it measures
   */
  private record Unit(
      String dimension, BigDecimal shift, BigDecimal numerator, BigDecimal denominator) {}

  static {
    shifted("CEL", "273.15", "1", "1");
    shifted("FAH", "459.67", "5", "9");
    shifted("KEL", "0", "1", "1");
    all("mass", "KGM 1 GRM 0.001 MGM 0.000001 MC 0.000000001 TNE 1000 KTN 1000000 DTN 100");
    all("mass", "LBR 0.45359237 ONZ 0.028349523125 STN 907.18474 LTN 1016.0469088");
    all("mass", "CWA 45.359237 CWI 50.80234544 STI 6.35029318 APZ 0.0311034768");
    all("length", "MTR 1 DMT 0.1 CMT 0.01 MMT 0.001 KMT 1000 4H 0.000001 C45 0.000000001");
    all("length", "INH 0.0254 FOT 0.3048 YRD 0.9144 SMI 1609.344 NMI 1852");
    all("area", "MTK 1 CMK 0.0001 MMK 0.000001 KMK 1000000 HAR 10000 FTK 0.09290304");
    all("volume", "MTQ 1 LTR 0.001 DMQ 0.001 MLT 0.000001 CMQ 0.000001 HLT 0.1 CLT 0.00001");
    all("volume", "DLT 0.0001 GLL 0.003785411784 GLI 0.00454609 FTQ 0.028316846592");
    all("volume", "INQ 0.000016387064");
    all("energy", "JOU 1 KJO 1000 3B 1000000 GV 1000000000 D30 1000000000000 WHR 3600");
    all("energy", "KWH 3600000 MWH 3600000000 GWH 3600000000000 BTU 1055.05585262");
    all("energy", "D70 4.1868 E14 4186.8");
    all("power", "WTT 1 C31 0.001 KWT 1000 MAW 1000000");
    all("pressure", "PAL 1 A97 100 KPA 1000 MPA 1000000 BAR 100000 MBR 100 ATM 101325");
    all("pressure", "PS 6894.757293168 HN 133.322387415 74 0.001");
    all("time", "SEC 1 MIN 60 HUR 3600 DAY 86400 WEE 604800 C26 0.001 B98 0.000001");
    all("speed", "MTS 1 HM 0.44704");
    BY_CODE.put("KMH", new Unit("speed", BigDecimal.ZERO, decimal("5"), decimal("18")));
    all("voltage", "VLT 1 2Z 0.001 KVT 1000");
    all("current", "AMP 1 4K 0.001 B22 1000");
    all("frequency", "HTZ 1 KHZ 1000 MHZ 1000000 A86 1000000000");
    all("ratio", "C62 1 P1 0.01 59 0.000001");
  }

  private Units() {}

  /** Returns what values of this unit are compared under. */
  static String dimension(String code) {
    Unit unit = BY_CODE.get(code);
    return unit == null ? "unit:" + code : unit.dimension;
  }

  /** Converts a value to its dimension's unit. */
  static BigDecimal value(BigDecimal value, String code) {
    Unit unit = BY_CODE.get(code);
    return unit == null ? value : scaled(value.add(unit.shift, EXACT), unit);
  }

  /** Converts a difference, such as a standard deviation: a scale's zero does not matter to it. */
  static BigDecimal difference(BigDecimal value, String code) {
    Unit unit = BY_CODE.get(code);
    return unit == null ? value : scaled(value, unit);
  }

  private static BigDecimal scaled(BigDecimal value, Unit unit) {
    return value.multiply(unit.numerator, EXACT).divide(unit.denominator, EXACT).round(DIGITS);
  }

  private static void shifted(String code, String shift, String numerator, String denominator) {
    BY_CODE.put(
        code, new Unit("temperature", decimal(shift), decimal(numerator), decimal(denominator)));
  }

  /** Takes codes, each with its factor. */
  private static void all(String dimension, String codes) {
    String[] words = codes.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      BY_CODE.put(
          words[i], new Unit(dimension, BigDecimal.ZERO, decimal(words[i + 1]), BigDecimal.ONE));
    }
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
