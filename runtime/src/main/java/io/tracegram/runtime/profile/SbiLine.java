package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.ScaleReply.Failed;
import io.tracegram.runtime.profile.ScaleReply.Refused;
import io.tracegram.runtime.profile.ScaleReply.Unreadable;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a Sartorius scale prints upon {@code ESC P}: 14 columns and CR LF, before which an ID
 * code of 6 columns may stand. The unit is there only if the weight is stable. Pure.
 */
final class SbiLine {
  private static final int COLUMNS = 14;
  private static final int ID_COLUMNS = 6;
  private static final Set<String> LOAD = Set.of("", "N", "G", "G#");

  /** The sign, the number to column 10, a space, the unit in three columns. */
  private static final Pattern WEIGHT =
      Pattern.compile("([+ -])(?=.{9} .{3}) *(\\d{1,9}(?:\\.\\d{1,8})?) ([A-Za-z/%]{0,3}) *");

  private static final Pattern ERROR = Pattern.compile("(?:E|Err|ERR) +\\d{1,3}|[A-Z]{3}\\.ERR");

  private SbiLine() {}

  static ScaleReply read(String line) {
    if (line.length() > COLUMNS + ID_COLUMNS) {
      return new Unreadable();
    }
    boolean withId = line.length() > COLUMNS;
    String id = withId ? line.substring(0, ID_COLUMNS).strip() : "";
    String data = withId ? line.substring(ID_COLUMNS) : line;
    return id.equals("Stat") || isCode(data.strip()) ? code(data.strip()) : weight(id, data);
  }

  private static ScaleReply weight(String id, String data) {
    // a device server may cut spaces at the end
    Matcher weight = WEIGHT.matcher(data + " ".repeat(COLUMNS - data.length()));
    if (!weight.matches() || weight.end(2) != 10) {
      return new Unreadable();
    }
    if (!LOAD.contains(id)) {
      return Refused.OTHER;
    }
    if (weight.group(3).isEmpty()) {
      return Refused.MOVING;
    }
    String sign = weight.group(1).equals("-") ? "-" : "";
    return new ShownWeight(sign + weight.group(2), weight.group(3)).reply(ShownWeight.WITH_TONNES);
  }

  private static boolean isCode(String text) {
    return !(code(text) instanceof Unreadable);
  }

  private static ScaleReply code(String text) {
    return switch (text) {
      case "H", "High" -> Refused.OVERLOAD;
      case "L", "Low" -> Refused.UNDERLOAD;
      case "C", "Cal. Ext.", "Cal.Ext." ->
          new Refused(
              "weight.unstable",
              "the scale adjusts itself: wait until it is done, then scan again");
      default ->
          ERROR.matcher(text).matches()
              ? new Failed(
                  "scale.error", "the scale reports " + text + ": see its manual, then scan again")
              : new Unreadable();
    };
  }
}
