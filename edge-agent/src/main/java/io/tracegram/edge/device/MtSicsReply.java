package io.tracegram.edge.device;

import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the reply to the command {@code S} (MT-SICS Reference Manual, level 0): {@code S S 100.00
 * g}. Pure.
 */
final class MtSicsReply {
  private static final Pattern STABLE =
      Pattern.compile("S S +(-?\\d{1,9}(?:\\.\\d{1,9})?) ([A-Za-z]{1,5}) *");

  private MtSicsReply() {}

  static Observation read(String scale, String line) {
    Matcher stable = STABLE.matcher(line);
    if (stable.matches()) {
      return weight(scale, stable.group(1), stable.group(2));
    }
    return switch (line.strip()) {
      case "S I" ->
          refused(
              scale,
              "weight.unstable",
              "the scale found no stable weight: keep hands and wind off, then scan again");
      case "S +" ->
          refused(scale, "weight.overload", "the scale is overloaded: take load off, scan again");
      case "S -" ->
          refused(
              scale,
              "weight.underload",
              "the scale is below its range: put the pan back or zero it, then scan again");
      case "ES", "EL" ->
          new Observation.Bad(
              scale,
              "scale.no-command",
              "the scale answers "
                  + line.strip()
                  + " to the command S: set its interface to MT-SICS level 0");
      case "ET" ->
          new Observation.Bad(
              scale,
              "scale.transmission",
              "the scale reports a transmission error: check baud rate, parity and cable");
      default ->
          line.startsWith("S D ")
              ? refused(
                  scale,
                  "weight.unstable",
                  "the weight still moves: wait until the display stands still, then scan again")
              : new Observation.Bad(
                  scale,
                  "scale.bad-reply",
                  "the scale answers "
                      + Excerpt.of(line)
                      + ": check that it speaks MT-SICS and that nothing else uses its line");
    };
  }

  private static Observation weight(String scale, String number, String unit) {
    int milligramDigits =
        switch (unit) {
          case "mg" -> 0;
          case "g" -> 3;
          case "kg" -> 6;
          case "t" -> 9;
          default -> -1;
        };
    if (milligramDigits < 0) {
      return refused(
          scale,
          "weight.unit",
          "the scale weighs in " + Excerpt.of(unit) + ": set it to g, kg or t, then scan again");
    }
    BigDecimal milligrams = new BigDecimal(number).scaleByPowerOfTen(milligramDigits);
    if (milligrams.signum() <= 0) {
      return refused(
          scale,
          "weight.not-positive",
          "the scale shows "
              + number
              + " "
              + unit
              + ": put the load on, or tare and zero the scale, then scan again");
    }
    try {
      return new Observation.Weighed(scale, new Mass(milligrams.longValueExact()));
    } catch (ArithmeticException e) {
      return refused(
          scale,
          "weight.resolution",
          "the scale shows " + number + " " + unit + ", finer than a milligram or beyond range");
    }
  }

  private static Observation refused(String scale, String code, String reason) {
    return new Observation.Refused(scale, code, reason);
  }
}
