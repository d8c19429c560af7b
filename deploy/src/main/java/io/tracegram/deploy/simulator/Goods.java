package io.tracegram.deploy.simulator;

import io.tracegram.ledger.custody.Gs1ElementString;
import io.tracegram.ledger.custody.LotId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A lot or an item that can be scanned and weighed. Immutable.
 *
 * @param label what the scanner sends: AIM identifier and GS1 element string
 * @param grams net weight, g
 */
record Goods(String label, long grams) {
  static final String COBALT_HYDROXIDE = "09520000000011";
  static final String COBALT_SULPHATE = "09520000000028";
  static final String COMPONENTS_KIT = "09520000000035";
  static final String BATTERY_PACK = "09520000000042";

  private static final long LIGHTEST_DRUM_GRAMS = 500_000;
  private static final long DRUM_STEP_GRAMS = 1_250;
  private static final long DRUM_STEPS = 7;
  private static final long YIELD_PER_MILLE = 925;
  private static final long KIT_GRAMS = 61_750;
  private static final long SCALE_STEP_GRAMS = 10;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A drum from the supplier, labelled with a GS1-128 bar code. */
  static Goods drum(Instant roundStart, long round) {
    return new Goods(
        "]C101" + COBALT_HYDROXIDE + "10HY-" + STAMP.format(roundStart),
        LIGHTEST_DRUM_GRAMS + Math.floorMod(round, DRUM_STEPS) * DRUM_STEP_GRAMS);
  }

  /** The sulphate that a drum yields, in what the scale can show. */
  static Goods sulphate(Instant roundStart, Goods drum) {
    return new Goods(
        "]Q301" + COBALT_SULPHATE + "10CS-" + STAMP.format(roundStart),
        drum.grams() * YIELD_PER_MILLE / 1_000 / SCALE_STEP_GRAMS * SCALE_STEP_GRAMS);
  }

  /** Returns what the label names. */
  LotId lot() {
    return switch (Gs1ElementString.parse(label.substring(1, 3), label.substring(3))) {
      case Gs1ElementString.Parsed parsed -> parsed.lot().orElseThrow();
      case Gs1ElementString.NotGs1(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** The same goods under another number. */
  Goods relabelled(String suffix) {
    return new Goods(label + suffix, grams);
  }

  /** The same label on another weight, rounded down to what the scale can show. */
  Goods times(long numerator, long denominator) {
    return new Goods(label, grams * numerator / denominator / SCALE_STEP_GRAMS * SCALE_STEP_GRAMS);
  }

  /** A kit of everything else that a pack is made of. */
  static Goods kit(Instant roundStart) {
    return new Goods("]Q301" + COMPONENTS_KIT + "10KIT-" + STAMP.format(roundStart), KIT_GRAMS);
  }

  /** The pack made of sulphate and kit: a serialised item. */
  static Goods pack(Instant roundStart, Goods sulphate, Goods kit) {
    return new Goods(
        "]d201" + BATTERY_PACK + "21BP-" + STAMP.format(roundStart),
        sulphate.grams() + kit.grams());
  }
}
