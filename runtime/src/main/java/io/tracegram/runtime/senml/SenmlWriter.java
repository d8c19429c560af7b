package io.tracegram.runtime.senml;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a pack of records that are resolved already: for simulators. Pure, stateless. */
public final class SenmlWriter {
  private SenmlWriter() {}

  /**
   * Returns the pack's bytes.
   *
   * @throws IllegalArgumentException if a record has a sum, bytes, or an update time
   */
  public static byte[] write(SenmlFormat format, SenmlPack pack) {
    return switch (format) {
      case JSON -> json(pack.records()).getBytes(StandardCharsets.UTF_8);
      case CBOR -> cbor(pack.records());
    };
  }

  private static String json(List<SenmlRecord> records) {
    StringBuilder json = new StringBuilder("[");
    for (SenmlRecord record : records) {
      json.append(json.length() == 1 ? "{" : ",{");
      json.append("\"n\":").append(quoted(record.name()));
      record.unit().ifPresent(unit -> json.append(",\"u\":").append(quoted(unit)));
      if (record.time().signum() != 0) {
        json.append(",\"t\":").append(record.time().toPlainString());
      }
      switch (value(record)) {
        case SenmlValue.Numeric number ->
            json.append(",\"v\":").append(number.exact().toPlainString());
        case SenmlValue.Text(String text) -> json.append(",\"vs\":").append(quoted(text));
        case SenmlValue.Flag(boolean set) -> json.append(",\"vb\":").append(set);
        case SenmlValue.Data data -> throw unwritten();
      }
      json.append('}');
    }
    return json.append(']').toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean plain = character >= ' ' && character != '"' && character != '\\';
      quoted.append(plain ? String.valueOf(character) : "\\u%04x".formatted((int) character));
    }
    return quoted.append('"').toString();
  }

  private static byte[] cbor(List<SenmlRecord> records) {
    ByteArrayOutputStream cbor = new ByteArrayOutputStream();
    head(cbor, 4, records.size());
    for (SenmlRecord record : records) {
      boolean timed = record.time().signum() != 0;
      head(cbor, 5, 2 + (record.unit().isPresent() ? 1 : 0) + (timed ? 1 : 0));
      label(cbor, SenmlField.NAME);
      text(cbor, record.name());
      record
          .unit()
          .ifPresent(
              unit -> {
                label(cbor, SenmlField.UNIT);
                text(cbor, unit);
              });
      if (timed) {
        label(cbor, SenmlField.TIME);
        decimal(cbor, record.time());
      }
      value(cbor, value(record));
    }
    return cbor.toByteArray();
  }

  private static void value(ByteArrayOutputStream cbor, SenmlValue value) {
    switch (value) {
      case SenmlValue.Numeric number -> {
        label(cbor, SenmlField.VALUE);
        decimal(cbor, number.exact());
      }
      case SenmlValue.Text(String text) -> {
        label(cbor, SenmlField.TEXT_VALUE);
        text(cbor, text);
      }
      case SenmlValue.Flag(boolean set) -> {
        label(cbor, SenmlField.FLAG_VALUE);
        cbor.write(set ? 0xF5 : 0xF4);
      }
      case SenmlValue.Data data -> throw unwritten();
    }
  }

  private static SenmlValue value(SenmlRecord record) {
    if (record.sum().isPresent() || record.updateTime().isPresent()) {
      throw unwritten();
    }
    return record.value().orElseThrow(SenmlWriter::unwritten);
  }

  private static IllegalArgumentException unwritten() {
    return new IllegalArgumentException("only numbers, texts and flags are written");
  }

  private static void label(ByteArrayOutputStream cbor, SenmlField field) {
    head(cbor, 0, field.number());
  }

  private static void text(ByteArrayOutputStream cbor, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(cbor, 3, utf8.length);
    cbor.writeBytes(utf8);
  }

  /** An integer, or a decimal fraction of exponent and bignum (RFC 8949 §3.4.4). */
  private static void decimal(ByteArrayOutputStream cbor, BigDecimal value) {
    if (value.scale() == 0 && value.unscaledValue().bitLength() < 63) {
      integer(cbor, value.longValueExact());
      return;
    }
    cbor.write(0xC4);
    head(cbor, 4, 2);
    integer(cbor, -value.scale());
    BigInteger mantissa = value.unscaledValue();
    cbor.write(mantissa.signum() < 0 ? 0xC3 : 0xC2);
    byte[] magnitude = (mantissa.signum() < 0 ? mantissa.not() : mantissa).toByteArray();
    head(cbor, 2, magnitude.length);
    cbor.writeBytes(magnitude);
  }

  private static void integer(ByteArrayOutputStream cbor, long value) {
    head(cbor, value < 0 ? 1 : 0, value < 0 ? ~value : value);
  }

  private static void head(ByteArrayOutputStream cbor, int major, long argument) {
    int bytes = argument < 24 ? 0 : argument < 1 << 8 ? 1 : argument < 1 << 16 ? 2 : 8;
    Map<Integer, Integer> infos = Map.of(0, (int) argument, 1, 24, 2, 25, 8, 27);
    cbor.write(major << 5 | infos.getOrDefault(bytes, 0));
    for (int shift = 8 * bytes - 8; shift >= 0; shift -= 8) {
      cbor.write((int) (argument >> shift));
    }
  }
}
