package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.ScaleReply.Failed;
import io.tracegram.runtime.profile.ScaleReply.Refused;
import io.tracegram.runtime.profile.ScaleReply.Unreadable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the reply to the command {@code S} (MT-SICS Reference Manual, level 0): {@code S S 100.00
 * g}. Pure.
 */
final class MtSicsLine {
  private static final Pattern STABLE =
      Pattern.compile("S S +(-?\\d{1,9}(?:\\.\\d{1,9})?) ([A-Za-z]{1,5}) *");

  private MtSicsLine() {}

  static ScaleReply read(String line) {
    Matcher stable = STABLE.matcher(line);
    if (stable.matches()) {
      return new ShownWeight(stable.group(1), stable.group(2)).reply(ShownWeight.WITH_TONNES);
    }
    return switch (line.strip()) {
      case "S I" ->
          new Refused(
              "weight.unstable",
              "the scale found no stable weight: keep hands and wind off, then scan again");
      case "S +" -> Refused.OVERLOAD;
      case "S -" -> Refused.UNDERLOAD;
      case "ES", "EL" ->
          new Failed(
              "scale.no-command",
              "the scale answers "
                  + line.strip()
                  + " to the command S: set its interface to MT-SICS level 0");
      case "ET" ->
          new Failed(
              "scale.transmission",
              "the scale reports a transmission error: check baud rate, parity and cable");
      default -> line.startsWith("S D ") ? Refused.MOVING : new Unreadable();
    };
  }
}
