package io.tracegram.runtime.senml;

import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.senml.SenmlValue.Numeric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Applies what base fields say to the records that follow. Single-threaded, used once. */
final class SenmlResolver {
  private static final BigDecimal VERSION = BigDecimal.TEN;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:./_-]*");
  private static final List<SenmlField> VALUES =
      List.of(
          SenmlField.VALUE, SenmlField.TEXT_VALUE, SenmlField.FLAG_VALUE, SenmlField.DATA_VALUE);

  private final Map<SenmlField, SenmlValue> base = new EnumMap<>(SenmlField.class);
  private final Set<List<Object>> seen = new HashSet<>();

  List<SenmlRecord> resolve(List<Map<SenmlField, SenmlValue>> records) throws SenmlRefusal {
    if (records.size() > SenmlBounds.MOST_RECORDS) {
      throw new SenmlRefusal(
          "too-large",
          "the pack has "
              + records.size()
              + " records, at most "
              + SenmlBounds.MOST_RECORDS
              + " are read");
    }
    List<SenmlRecord> resolved = new ArrayList<>();
    for (Map<SenmlField, SenmlValue> record : records) {
      version(record);
      for (Map.Entry<SenmlField, SenmlValue> field : record.entrySet()) {
        if (field.getKey().isBase()) {
          base.put(field.getKey(), field.getValue());
        }
      }
      if (record.isEmpty() || record.keySet().stream().anyMatch(field -> !field.isBase())) {
        resolved.add(resolve(record));
      }
    }
    return resolved;
  }

  /** What a newer version means is not known (RFC 8428 §4.1); all records have the same. */
  private void version(Map<SenmlField, SenmlValue> record) throws SenmlRefusal {
    Optional<Numeric> version = number(record, SenmlField.BASE_VERSION);
    if (version.isPresent() && version.get().exact().compareTo(VERSION) != 0) {
      throw new SenmlRefusal("version", "the pack is of another version of SenML than 10");
    }
  }

  private SenmlRecord resolve(Map<SenmlField, SenmlValue> record) throws SenmlRefusal {
    String name =
        text(base, SenmlField.BASE_NAME).orElse("") + text(record, SenmlField.NAME).orElse("");
    if (name.length() > SenmlBounds.MOST_NAME || !NAME.matcher(name).matches()) {
      throw new SenmlRefusal("name", "the pack has a record named " + Excerpt.quoted(name));
    }
    BigDecimal time =
        sum(base, SenmlField.BASE_TIME, record, SenmlField.TIME)
            .map(Numeric::exact)
            .orElse(BigDecimal.ZERO);
    if (!seen.add(List.of(name, time.stripTrailingZeros()))) {
      throw new SenmlRefusal(
          "duplicate", "the pack says twice what " + Excerpt.quoted(name) + " was at one time");
    }
    Optional<SenmlValue> value = value(record, name);
    Optional<Numeric> sum =
        record.containsKey(SenmlField.SUM)
            ? sum(base, SenmlField.BASE_SUM, record, SenmlField.SUM)
            : Optional.empty();
    Optional<String> baseUnit = text(base, SenmlField.BASE_UNIT);
    if (value.isEmpty() && sum.isEmpty()) {
      throw new SenmlRefusal("no-value", Excerpt.quoted(name) + " has no value");
    }
    return new SenmlRecord(
        name,
        text(record, SenmlField.UNIT).or(() -> baseUnit),
        time,
        value,
        sum,
        number(record, SenmlField.UPDATE_TIME).map(Numeric::exact));
  }

  private Optional<SenmlValue> value(Map<SenmlField, SenmlValue> record, String name)
      throws SenmlRefusal {
    List<SenmlField> given = VALUES.stream().filter(record::containsKey).toList();
    if (given.size() > 1) {
      throw new SenmlRefusal("several-values", Excerpt.quoted(name) + " has several values");
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return switch (given.getFirst()) {
      case VALUE ->
          sum(base, SenmlField.BASE_VALUE, record, SenmlField.VALUE).map(number -> number);
      case TEXT_VALUE ->
          text(record, SenmlField.TEXT_VALUE).map(SenmlValue.Text::new).map(text -> text);
      case FLAG_VALUE -> {
        if (!(record.get(SenmlField.FLAG_VALUE) instanceof SenmlValue.Flag flag)) {
          throw wrongType(SenmlField.FLAG_VALUE, "true or false");
        }
        yield Optional.of(flag);
      }
      default -> Optional.of(data(record));
    };
  }

  /** In JSON, bytes are a text of base64url. */
  private static SenmlValue data(Map<SenmlField, SenmlValue> record) throws SenmlRefusal {
    return switch (record.get(SenmlField.DATA_VALUE)) {
      case SenmlValue.Data data -> data;
      case SenmlValue.Text(String text) when text.matches("[A-Za-z0-9_-]*") ->
          new SenmlValue.Data(text);
      case null, default -> throw wrongType(SenmlField.DATA_VALUE, "bytes");
    };
  }

  /** Of a base and its addition, what is missing counts as zero. */
  private static Optional<Numeric> sum(
      Map<SenmlField, SenmlValue> bases,
      SenmlField baseField,
      Map<SenmlField, SenmlValue> record,
      SenmlField field)
      throws SenmlRefusal {
    Optional<Numeric> base = number(bases, baseField);
    Optional<Numeric> own = number(record, field);
    return own.isEmpty() && base.isEmpty()
        ? Optional.empty()
        : Optional.of(own.orElse(Numeric.ZERO).plus(base.orElse(Numeric.ZERO)));
  }

  private static Optional<Numeric> number(Map<SenmlField, SenmlValue> from, SenmlField field)
      throws SenmlRefusal {
    return switch (from.get(field)) {
      case null -> Optional.empty();
      case Numeric number -> Optional.of(number);
      case SenmlValue.Text _, SenmlValue.Flag _, SenmlValue.Data _ ->
          throw wrongType(field, "a number");
    };
  }

  private static Optional<String> text(Map<SenmlField, SenmlValue> from, SenmlField field)
      throws SenmlRefusal {
    return switch (from.get(field)) {
      case null -> Optional.empty();
      case SenmlValue.Text(String text) -> Optional.of(text);
      case Numeric _, SenmlValue.Flag _, SenmlValue.Data _ -> throw wrongType(field, "a text");
    };
  }

  private static SenmlRefusal wrongType(SenmlField field, String expected) {
    return new SenmlRefusal("wrong-type", "'" + field.label() + "' must be " + expected);
  }
}
