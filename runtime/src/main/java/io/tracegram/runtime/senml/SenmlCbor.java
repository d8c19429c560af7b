package io.tracegram.runtime.senml;

import io.tracegram.runtime.json.Excerpt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the records of a pack in CBOR (RFC 8428 §6), not yet resolved. Pure, stateless. */
final class SenmlCbor {
  private static final Map<BigInteger, SenmlField> FIELDS = fields();

  private SenmlCbor() {}

  static List<Map<SenmlField, SenmlValue>> read(byte[] body) throws SenmlRefusal {
    if (!(CborTree.read(body) instanceof CborItem.Items(List<CborItem> items))) {
      throw new SenmlRefusal("malformed", "the pack must be one CBOR array of records");
    }
    List<Map<SenmlField, SenmlValue>> records = new ArrayList<>();
    for (CborItem item : items) {
      if (!(item instanceof CborItem.Entries(List<CborItem.Entry> entries))) {
        throw new SenmlRefusal("malformed", "the pack has a record that is no map");
      }
      records.add(record(entries));
    }
    return records;
  }

  private static Map<SenmlField, SenmlValue> record(List<CborItem.Entry> entries)
      throws SenmlRefusal {
    Map<SenmlField, SenmlValue> record = new EnumMap<>(SenmlField.class);
    Set<CborItem> keys = new HashSet<>();
    for (CborItem.Entry entry : entries) {
      if (!keys.add(entry.key())) {
        throw new SenmlRefusal("malformed", "the pack has a field twice in one record");
      }
      switch (entry.key()) {
        case CborItem.Whole(BigInteger number) -> {
          SenmlField field = FIELDS.get(number);
          if (field == null) { // their table is conclusive (RFC 8428 §6)
            throw new SenmlRefusal("malformed", "the pack has a field of no known number");
          }
          record.put(field, value(field.label(), entry.value()));
        }
        case CborItem.Text(String label) -> SenmlJson.understood(label);
        default ->
            throw new SenmlRefusal(
                "malformed", "the pack has a field whose label is neither number nor text");
      }
    }
    return record;
  }

  private static SenmlValue value(String label, CborItem item) throws SenmlRefusal {
    return switch (item) {
      case CborItem.Whole(BigInteger value) ->
          new SenmlValue.Numeric(SenmlBounds.number(value, BigInteger.ZERO), BigDecimal.ZERO);
      case CborItem.Real(BigDecimal value, BigDecimal step) ->
          new SenmlValue.Numeric(SenmlBounds.number(value), step);
      case CborItem.NotFinite(String name) ->
          throw new SenmlRefusal("not-a-number", "'" + label + "' is " + name);
      case CborItem.Text(String text) ->
          new SenmlValue.Text(SenmlBounds.text(text, SenmlBounds.MOST_TEXT, label));
      case CborItem.Bytes(String data) ->
          new SenmlValue.Data(SenmlBounds.text(data, SenmlBounds.MOST_TEXT, label));
      case CborItem.Flag(boolean set) -> new SenmlValue.Flag(set);
      case CborItem.Items _, CborItem.Entries _, CborItem.Other _ ->
          throw new SenmlRefusal(
              "wrong-type", Excerpt.quoted(label) + " is neither number, text, flag nor bytes");
    };
  }

  private static Map<BigInteger, SenmlField> fields() {
    Map<BigInteger, SenmlField> fields = new HashMap<>();
    for (SenmlField field : SenmlField.values()) {
      fields.put(BigInteger.valueOf(field.number()), field);
    }
    return Map.copyOf(fields);
  }
}
