package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.ScaleReply.Failed;
import io.tracegram.runtime.profile.ScaleReply.Refused;
import io.tracegram.runtime.profile.ScaleReply.Unreadable;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what an Ohaus scale prints: the number right-justified in 9, 11 or 12 columns, a space, the
 * unit, {@code ?} if the weight moves, and a legend. Pure.
 */
final class OhausLine {
  private static final Pattern WEIGHT =
      Pattern.compile(
          "( *(-?) *(\\d{1,9}(?:\\.\\d{1,8})?)) ([A-Za-z%:]{1,5}) *(\\??) *([A-Za-z][A-Za-z ]{0,15})?");

  /** A number of another width may have lost digits. */
  private static final Set<Integer> WIDTHS = Set.of(9, 11, 12);

  private static final Set<String> LOAD = Set.of("", "NET", "N", "G", "B");
  private static final Pattern ERROR = Pattern.compile("Err(?:or)? ?(\\d{1,2}(?:\\.\\d{1,2})?)");

  private OhausLine() {}

  static ScaleReply read(String line) {
    Matcher weight = WEIGHT.matcher(line);
    if (weight.matches() && WIDTHS.contains(weight.end(1))) {
      return weight(weight);
    }
    if (line.strip().equals("ES")) {
      return new Failed(
          "scale.no-command",
          "the scale answers ES to the command SP: set its interface to Ohaus standard commands");
    }
    Matcher error = ERROR.matcher(line.strip());
    return error.matches() ? error(error.group(1)) : new Unreadable();
  }

  private static ScaleReply weight(Matcher weight) {
    if (!weight.group(5).isEmpty()) {
      return Refused.MOVING;
    }
    String legend = weight.group(6) == null ? "" : weight.group(6).strip();
    if (!LOAD.contains(legend)) {
      return Refused.OTHER;
    }
    return new ShownWeight(weight.group(2) + weight.group(3), weight.group(4))
        .reply(ShownWeight.WITHOUT_TONNES);
  }

  private static ScaleReply error(String number) {
    return switch (number) {
      case "8.3" -> Refused.OVERLOAD;
      case "8.4" -> Refused.UNDERLOAD;
      default ->
          new Failed(
              "scale.error", "the scale reports error " + number + ": see its manual, scan again");
    };
  }
}
