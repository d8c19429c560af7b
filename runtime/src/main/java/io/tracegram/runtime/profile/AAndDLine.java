package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.ScaleReply.Failed;
import io.tracegram.runtime.profile.ScaleReply.Refused;
import io.tracegram.runtime.profile.ScaleReply.Unreadable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads A&D's standard format: {@code ST,+00123.45 g}, with the result of a comparison or what is
 * weighed as a second header where the scale is so set. Pure.
 */
final class AAndDLine {
  private static final Pattern DATA =
      Pattern.compile(
          "(ST|US|QT),(?:(OK|HI|LO|--|GS|G |NT|N |TR|T |PT),)?"
              + "([+-])(\\d{1,9}(?:\\.\\d{1,9})?) {0,3}([A-Za-z%]{1,3}) *");

  private static final Pattern OUT_OF_RANGE =
      Pattern.compile("OL,(?:[A-Z -]{2},)?([+-]?)[0-9. E+]{0,16} *[A-Za-z%]{0,3} *");

  private static final Pattern ERROR = Pattern.compile("EC,E\\d{1,3} *");

  private AAndDLine() {}

  static ScaleReply read(String line) {
    Matcher data = DATA.matcher(line);
    if (data.matches()) {
      return weight(data);
    }
    Matcher outOfRange = OUT_OF_RANGE.matcher(line);
    if (outOfRange.matches()) {
      return outOfRange.group(1).equals("-") ? Refused.UNDERLOAD : Refused.OVERLOAD;
    }
    return ERROR.matcher(line).matches()
        ? new Failed(
            "scale.error",
            "the scale reports " + line.strip().substring(3) + ": see its manual, then scan again")
        : new Unreadable();
  }

  private static ScaleReply weight(Matcher data) {
    if (data.group(1).equals("US")) {
      return Refused.MOVING;
    }
    String second = data.group(2) == null ? "" : data.group(2).strip();
    if (data.group(1).equals("QT")
        || second.equals("TR")
        || second.equals("T")
        || second.equals("PT")) {
      return Refused.OTHER;
    }
    String sign = data.group(3).equals("-") ? "-" : "";
    return new ShownWeight(sign + data.group(4), data.group(5)).reply(ShownWeight.WITHOUT_TONNES);
  }
}
