package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.EventQuery.Clause;
import io.tracegram.runtime.epcis.EventQuery.Comparison;
import io.tracegram.runtime.epcis.EventQuery.Order;
import io.tracegram.runtime.epcis.EventQuery.Range;
import io.tracegram.runtime.web.RequestRefused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads query parameters of the standard (EPCIS 2.0 §8.2.7.1); what is not known, not readable or
 * not offered here is refused with the reason. Single-threaded, for one query.
 */
final class EventQueryReader {
  private static final int PAGE = 30;
  private static final int LARGEST_PAGE = 1_000;
  private static final int MOST_VALUES = 100;
  private static final int SHOWN = 60;
  private static final long MOST_COUNT = 1_000_000;

  private static final Pattern NUMERIC =
      Pattern.compile(
          "(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue|percRank)"
              + "(?:_([A-Z0-9]{2,4}))?");
  private static final Pattern TIMED =
      Pattern.compile(
          "(GE|LT)_(eventTime|recordTime|time|startTime|endTime|errorDeclaration_?Time)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,40}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?");
  private static final Map<String, Field> NUMBERS =
      Map.of(
          "quantity", Field.QUANTITY,
          "value", Field.VALUE,
          "minValue", Field.MIN_VALUE,
          "maxValue", Field.MAX_VALUE,
          "meanValue", Field.MEAN_VALUE,
          "sDev", Field.STANDARD_DEVIATION,
          "percValue", Field.PERCENTILE_VALUE,
          "percRank", Field.PERCENTILE_RANK);
  private static final Map<String, Field> TIMES =
      Map.of(
          "time", Field.SENSOR_TIME,
          "startTime", Field.SENSOR_START,
          "endTime", Field.SENSOR_END,
          "errorDeclarationTime", Field.ERROR_TIME,
          "errorDeclaration_Time", Field.ERROR_TIME);

  private final SortedMap<String, String> parameters;
  private final List<Clause> clauses = new ArrayList<>();
  private Range eventMicros = Range.ALL;
  private Range recordMillis = Range.ALL;

  private EventQueryReader(SortedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads a query.
   *
   * @param parameters each name once
   * @throws RequestRefused with the standard's QueryParameterException
   */
  static EventQuery read(Map<String, String> parameters, PageToken tokens) {
    return new EventQueryReader(new TreeMap<>(parameters)).read(tokens);
  }

  private EventQuery read(PageToken tokens) {
    Optional<Order> order = Optional.empty();
    boolean descending = true;
    boolean directed = false;
    OptionalLong limit = OptionalLong.empty();
    OptionalLong most = OptionalLong.empty();
    int perPage = PAGE;
    Optional<String> token = Optional.empty();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue();
      switch (name) {
        case "orderBy" -> order = Optional.of(order(value));
        case "orderDirection" -> {
          directed = true;
          descending = descending(value);
        }
        case "eventCountLimit" -> limit = OptionalLong.of(count(name, value, 1, MOST_COUNT));
        case "maxEventCount" -> most = OptionalLong.of(count(name, value, 0, MOST_COUNT));
        case "perPage" -> perPage = perPage(value);
        case "nextPageToken" -> token = Optional.of(value);
        default -> filter(name, value);
      }
    }
    if (limit.isPresent() && most.isPresent()) {
      throw refused("eventCountLimit and maxEventCount exclude each other: give one of them");
    }
    if (limit.isPresent() && order.isEmpty()) {
      throw refused("eventCountLimit says how many of an order: give orderBy too");
    }
    if (directed && order.isEmpty()) {
      throw refused("orderDirection is the direction of an order: give orderBy too");
    }
    String fingerprint = fingerprint();
    return new EventQuery(
        clauses,
        eventMicros,
        recordMillis,
        order.orElse(Order.RECORD_TIME),
        descending,
        limit,
        most,
        perPage,
        token.map(text -> tokens.read(text, fingerprint)),
        fingerprint);
  }

  private String fingerprint() {
    SortedMap<String, String> deciding = new TreeMap<>(parameters);
    deciding.remove("perPage");
    deciding.remove("nextPageToken");
    return deciding.toString();
  }

  private void filter(String name, String value) {
    Matcher numeric = NUMERIC.matcher(name);
    Matcher timed = TIMED.matcher(name);
    if (numeric.matches()) {
      compared(name, numeric, value);
    } else if (timed.matches()) {
      timed(name, timed, value);
    } else {
      List<Term> terms = new ArrayList<>();
      for (String one : values(name, value)) {
        terms.addAll(TermParameters.terms(name, one));
      }
      clauses.add(new Clause.AnyOf(terms));
    }
  }

  private void compared(String name, Matcher parts, String text) {
    Field field = NUMBERS.get(parts.group(2));
    String unit = parts.group(3) == null ? "" : parts.group(3);
    if (field == null
        || (unit.isEmpty() && field != Field.QUANTITY && field != Field.PERCENTILE_RANK)) {
      throw refused(name + " needs a unit, such as " + name + "_CEL (UNECE Recommendation 20)");
    }
    if (!unit.isEmpty() && field == Field.PERCENTILE_RANK) {
      throw refused("a percRank has no unit: use " + name.substring(0, name.lastIndexOf('_')));
    }
    Comparison how = Comparison.valueOf(parts.group(1));
    List<BigDecimal> values = new ArrayList<>();
    for (String one : how == Comparison.EQ ? values(name, text) : List.of(text)) {
      values.add(EventTerms.inUnit(field, decimal(name, one), unit));
    }
    String dimension = unit.isEmpty() ? "" : Units.dimension(unit);
    clauses.add(new Clause.Compared(new Term(field, dimension), how, values));
  }

  private static BigDecimal decimal(String name, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw refused(name + " is no decimal number: " + shown(text));
    }
    return new BigDecimal(text);
  }

  private void timed(String name, Matcher parts, String text) {
    Instant moment = moment(name, text);
    boolean from = parts.group(1).equals("GE");
    switch (parts.group(2)) {
      case "eventTime" -> eventMicros = bounded(eventMicros, from, EventTerms.micros(moment));
      case "recordTime" -> recordMillis = bounded(recordMillis, from, moment.toEpochMilli());
      default -> {
        Field field = TIMES.get(parts.group(2));
        if (field == null) {
          throw new AssertionError(name);
        }
        BigDecimal micros = BigDecimal.valueOf(EventTerms.micros(moment));
        clauses.add(
            new Clause.Compared(
                new Term(field, ""), from ? Comparison.GE : Comparison.LT, List.of(micros)));
      }
    }
  }

  private static Range bounded(Range range, boolean from, long bound) {
    return from
        ? new Range(OptionalLong.of(bound), range.to())
        : new Range(range.from(), OptionalLong.of(bound));
  }

  private static Instant moment(String name, String text) {
    // a plus sign that was not encoded arrives as a space
    return EpcisTime.instant(text.replace(' ', '+'))
        .orElseThrow(
            () ->
                refused(
                    name
                        + " is no time: "
                        + shown(text)
                        + "; write it as 2026-03-01T06:00:00.000Z"));
  }

  private static Order order(String value) {
    return switch (value) {
      case "eventTime" -> Order.EVENT_TIME;
      case "recordTime" -> Order.RECORD_TIME;
      default ->
          throw refused(
              "orderBy is eventTime or recordTime here; extension fields are not offered");
    };
  }

  private static boolean descending(String value) {
    return switch (value) {
      case "DESC" -> true;
      case "ASC" -> false;
      default -> throw refused("orderDirection is ASC or DESC, not " + shown(value));
    };
  }

  /** Reads how many are wanted on a page. */
  static int perPage(String text) {
    return (int) count("perPage", text, 1, LARGEST_PAGE);
  }

  private static long count(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused(name + " is no whole number: " + shown(text));
    }
    throw refused(name + " must be from " + least + " to " + most);
  }

  private static List<String> values(String name, String text) {
    List<String> values = List.of(text.split("\\|", -1));
    if (values.size() > MOST_VALUES) {
      throw refused(name + " has more than " + MOST_VALUES + " values");
    }
    return values;
  }

  static RequestRefused refused(String detail) {
    return EpcisProblem.QUERY_PARAMETER.refusal(detail);
  }

  static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
