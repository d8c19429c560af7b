package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.RequestRefused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what people enter, strictly: what is not known or not exact is refused. Stateless. */
final class EntryJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final List<String> TYPES = List.of("discontinuity", "amount", "weight");
  private static final String KWH = "kwh";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,6})?");

  /** Bytes in UTF-8 that the statement has room for. */
  private static final int TEXT = 256;

  private static final long MAX_VALUE = 1L << 53;
  private static final long YEAR_10000 = 253_402_300_800_000L;

  private EntryJson() {}

  /**
   * Reads an entry; amounts stand under a key that names the unit of their meter.
   *
   * @param plant whose meters are known, empty if none is declared
   * @throws RequestRefused saying what is wrong with it
   */
  static ManualEntry entry(String body, Optional<PlantModel> plant) {
    JsonNode entry = object(parse(body), "the entry");
    List<String> types = TYPES.stream().filter(entry::has).toList();
    if (types.size() != 1) {
      throw RequestRefused.bad("an entry has one of " + String.join(", ", TYPES));
    }
    String type = types.getFirst();
    only(entry, "the entry", List.of("person", "reason", type));
    JsonNode said = object(entry.path(type), type);
    return new ManualEntry(
        id(entry, "person"),
        text(entry, "reason"),
        switch (type) {
          case "discontinuity" -> discontinuity(said, plant);
          case "amount" -> amount(said, plant);
          default -> weight(said);
        });
  }

  private static ManualEntry.Entry weight(JsonNode said) {
    only(said, "weight", List.of("scanner", "scan", "kg"));
    JsonNode scan = said.path("scan");
    if (!scan.canConvertToExactIntegral() || scan.longValue() < 0) {
      throw RequestRefused.bad("scan is missing, or not the leaf of a scan");
    }
    long milligrams = millionths(said, "kg", "kg > 0");
    if (milligrams == 0) {
      throw RequestRefused.bad("kg is nothing: what weighs nothing is no lot");
    }
    return new ManualEntry.Entry.TypedWeight(
        id(said, "scanner"), scan.longValue(), new Mass(milligrams));
  }

  /**
   * Reads who approves.
   *
   * @throws RequestRefused saying what is wrong
   */
  static String approver(String body) {
    JsonNode approval = object(parse(body), "the approval");
    only(approval, "the approval", List.of("person"));
    return id(approval, "person");
  }

  private static ManualEntry.Entry discontinuity(JsonNode said, Optional<PlantModel> plant) {
    String meter = id(said, "meter");
    String unit = unit(meter, plant);
    String finalKey = "final" + Character.toUpperCase(unit.charAt(0)) + unit.substring(1);
    String initialKey = "initial" + Character.toUpperCase(unit.charAt(0)) + unit.substring(1);
    only(said, "discontinuity", List.of("meter", "at", finalKey, initialKey));
    return new ManualEntry.Entry.Discontinuity(
        meter, time(said, "at"), register(said, finalKey, unit), register(said, initialKey, unit));
  }

  private static ManualEntry.Entry amount(JsonNode said, Optional<PlantModel> plant) {
    String meter = id(said, "meter");
    String unit = unit(meter, plant);
    only(said, "amount", List.of("meter", "from", "to", unit, "method"));
    long from = time(said, "from");
    long to = time(said, "to");
    if (to <= from) {
      throw RequestRefused.bad("to must be after from");
    }
    return new ManualEntry.Entry.Amount(
        meter, from, to, register(said, unit, unit), id(said, "method"));
  }

  /** Returns the key of the unit in which a meter counts: that of its carrier's factor. */
  private static String unit(String meter, Optional<PlantModel> plant) {
    return plant
        .flatMap(model -> model.meter(meter).flatMap(counting -> model.carrier(counting.carrier())))
        .map(carrier -> carrier.factor().unit())
        .map(
            unit ->
                switch (unit) {
                  case KWH, KWH_GROSS, KWH_NET -> KWH;
                  case CUBIC_METRE -> "m3";
                  case LITRE -> "litre";
                  case KG -> "kg";
                  case TONNE_KM, PIECE -> throw new IllegalStateException(unit.name());
                })
        .orElse(KWH);
  }

  static JsonNode parse(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw RequestRefused.bad("the body is no JSON object: " + e.getOriginalMessage());
    }
  }

  static JsonNode object(JsonNode node, String what) {
    if (!node.isObject()) {
      throw RequestRefused.bad(what + " must be a JSON object");
    }
    return node;
  }

  static void only(JsonNode object, String what, List<String> keys) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                throw RequestRefused.bad(
                    what + " has a key that is not known; there are " + String.join(", ", keys));
              }
            });
  }

  static String id(JsonNode object, String name) {
    String text = object.path(name).textValue();
    if (text == null || !ID.matcher(text).matches()) {
      throw RequestRefused.bad(
          name + " is missing, or not 1 to 40 letters, digits, dots, dashes or underscores");
    }
    return text;
  }

  private static String text(JsonNode object, String name) {
    String text = object.path(name).textValue();
    if (text == null || text.isBlank() || text.getBytes(StandardCharsets.UTF_8).length > TEXT) {
      throw RequestRefused.bad(name + " is missing, or longer than " + TEXT + " bytes");
    }
    return text;
  }

  static long time(JsonNode object, String name) {
    String text = object.path(name).textValue();
    try {
      if (text != null) {
        long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
        if (millis >= 0 && millis < YEAR_10000) {
          return millis;
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw RequestRefused.bad(name + " is no time; write it as 2026-03-01T06:00:00Z");
    }
    throw RequestRefused.bad(name + " is missing, or no time after 1970");
  }

  private static long register(JsonNode object, String name, String unit) {
    return millionths(object, name, (unit.equals(KWH) ? "kWh" : unit) + " ≥ 0");
  }

  /** Reads a decimal string or a JSON number exactly, in millionths of its unit. */
  private static long millionths(JsonNode object, String name, String unit) {
    JsonNode value = object.path(name);
    String text = value.isNumber() ? value.decimalValue().toPlainString() : value.textValue();
    if (text == null || !DECIMAL.matcher(text).matches()) {
      throw RequestRefused.bad(
          "%s is missing, or no decimal of %s with at most 6 digits after the point"
              .formatted(name, unit));
    }
    long exact = new BigDecimal(text).movePointRight(6).longValueExact();
    if (exact > MAX_VALUE) {
      throw RequestRefused.bad(name + " is more than a register can hold");
    }
    return exact;
  }
}
