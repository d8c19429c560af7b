package io.tracegram.ledger.emission;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The one encoding of a {@code factor-set} leaf's document: its type's number comes first.
 * Stateless.
 */
public final class FactorDocumentCodec {
  static final int TEXT = 1_024;
  private static final int SET = 1;
  private static final int SERIES = 2;
  static final int PORTFOLIO = 3;
  private static final int SERIES_ITEMS = 9;
  private static final int FACTOR_ITEMS = 9;
  private static final int ENTRIES = 10_000;

  private FactorDocumentCodec() {}

  /**
   * Writes a document.
   *
   * @throws IllegalArgumentException if a text is longer than 1,024 bytes, or there are more than
   *     10,000 factors or {@value SlotColumns#MAX_SLOTS} slots
   */
  public static byte[] encode(FactorDocument document) {
    return switch (document) {
      case FactorSet set -> encode(set);
      case IntensitySeries series -> encode(series);
      case InstrumentPortfolio portfolio -> InstrumentPortfolioCodec.encode(portfolio);
    };
  }

  /**
   * Reads a document strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static FactorDocument decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    int items = in.array(14);
    int type = (int) in.integer(SET, PORTFOLIO);
    if (type == SERIES ? items < SERIES_ITEMS : items != 6) {
      throw new MalformedException(
          "a factor set and a portfolio have 6 items, a series 9 or more", in.position());
    }
    try {
      FactorDocument document =
          switch (type) {
            case SET -> set(in);
            case SERIES -> series(in, items - SERIES_ITEMS);
            default -> InstrumentPortfolioCodec.read(in);
          };
      in.end();
      return document;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException("factor document: " + e.getMessage(), in.position());
    }
  }

  private static byte[] encode(FactorSet set) {
    CborWriter out = new CborWriter().array(6).integer(SET).text(set.id());
    text(out, set.publisher());
    text(out, set.url());
    out.bytes(set.sha256().map(HexFormat.of()::parseHex).orElse(new byte[0]));
    if (set.entries().size() > ENTRIES) {
      throw new IllegalArgumentException(set.id() + " has more than " + ENTRIES + " factors");
    }
    out.array(set.entries().size());
    for (FactorSet.Entry entry : set.entries()) {
      out.array(4);
      factor(out, entry.factor());
      optional(out, entry.biogenicKgPerUnit());
      optional(out, entry.uncertaintyPercent());
      out.integer(entry.confirmation().ordinal());
    }
    return out.toByteArray();
  }

  private static FactorSet set(CborReader in) {
    String id = in.text(TEXT);
    String publisher = in.text(TEXT);
    String url = in.text(TEXT);
    byte[] sha256 = in.bytes(32);
    int count = in.array(ENTRIES);
    List<FactorSet.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.arrayOf(4);
      entries.add(
          new FactorSet.Entry(
              factor(in),
              optional(in),
              optional(in),
              constant(in, FactorSet.Confirmation.values())));
    }
    return new FactorSet(
        id,
        publisher,
        url,
        sha256.length == 0 ? Optional.empty() : Optional.of(HexFormat.of().formatHex(sha256)),
        entries);
  }

  private static byte[] encode(IntensitySeries series) {
    CborWriter out =
        new CborWriter()
            .array(SERIES_ITEMS + FactorQualityCodec.items(series.quality()))
            .integer(SERIES)
            .text(series.id());
    text(out, series.zone());
    text(out, series.boundary());
    text(out, series.gwpSet());
    text(out, series.source());
    text(out, series.licence());
    out.integer(series.stepMillis());
    SlotColumns.write(out, series);
    FactorQualityCodec.write(out, series.quality());
    return out.toByteArray();
  }

  private static IntensitySeries series(CborReader in, int ofQuality) {
    String id = in.text(TEXT);
    String zone = in.text(TEXT);
    String boundary = in.text(TEXT);
    String gwpSet = in.text(TEXT);
    String source = in.text(TEXT);
    String licence = in.text(TEXT);
    long step = in.integer(IntensitySeries.QUARTER, 4 * IntensitySeries.QUARTER);
    return new IntensitySeries(
        id,
        zone,
        boundary,
        gwpSet,
        source,
        licence,
        step,
        SlotColumns.read(in, step),
        FactorQualityCodec.read(in, ofQuality));
  }

  /** Writes 9 items, and those of its quality. */
  static void factor(CborWriter out, EmissionFactor factor) {
    out.array(FACTOR_ITEMS + FactorQualityCodec.items(factor.quality()));
    text(out, factor.id());
    out.integer(factor.kgPerUnit().unscaledValue().longValueExact())
        .integer(factor.kgPerUnit().scale())
        .integer(factor.unit().ordinal());
    text(out, factor.edition());
    text(out, factor.boundary());
    text(out, factor.gwpSet());
    text(out, factor.source());
    text(out, factor.licence());
    FactorQualityCodec.write(out, factor.quality());
  }

  static EmissionFactor factor(CborReader in) {
    int items = in.array(14);
    return new EmissionFactor(
        in.text(TEXT),
        decimal(in),
        constant(in, EmissionFactor.Unit.values()),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        FactorQualityCodec.read(in, items - FACTOR_ITEMS));
  }

  private static void optional(CborWriter out, Optional<BigDecimal> value) {
    if (value.isEmpty()) {
      out.array(0);
    } else {
      out.array(2)
          .integer(value.get().unscaledValue().longValueExact())
          .integer(value.get().scale());
    }
  }

  private static Optional<BigDecimal> optional(CborReader in) {
    int items = in.array(2);
    if (items == 1) {
      throw new MalformedException("a decimal has two items", in.position());
    }
    return items == 0 ? Optional.empty() : Optional.of(decimal(in));
  }

  private static BigDecimal decimal(CborReader in) {
    return BigDecimal.valueOf(in.integer(), (int) in.integer(-18, 18));
  }

  static <T> T constant(CborReader in, T[] values) {
    return values[(int) in.integer(0, values.length - 1)];
  }

  static void text(CborWriter out, String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > TEXT) {
      throw new IllegalArgumentException("a text of a factor document is too long: " + text);
    }
    out.text(text);
  }
}
