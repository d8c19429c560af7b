package io.tracegram.runtime.senml;

import java.util.List;
import java.util.Map;

/**
 * What came in one message, resolved. Immutable.
 *
 * @param records in the order sent; no name twice for the same time
 */
public record SenmlPack(List<SenmlRecord> records) {
  public SenmlPack {
    records = List.copyOf(records);
  }

  /** What comes of a body. */
  public sealed interface Parsed {}

  /** A pack whose every record is sound. */
  public record Sound(SenmlPack pack) implements Parsed {}

  /**
   * No pack that can be believed.
   *
   * @param code stable: {@code too-large}, {@code malformed}, {@code wrong-type}, {@code version},
   *     {@code must-understand}, {@code name}, {@code duplicate}, {@code no-value}, {@code
   *     several-values}, {@code not-a-number}, {@code number-size}
   * @param reason for a person
   */
  public record Refused(String code, String reason) implements Parsed {}

  /** Reads a whole body; never throws on hostile bytes. */
  public static Parsed parse(SenmlFormat format, byte[] body) {
    try {
      if (body.length > SenmlBounds.MOST_BYTES) {
        throw new SenmlRefusal(
            "too-large",
            "the pack has " + body.length + " bytes, at most " + SenmlBounds.MOST_BYTES);
      }
      List<Map<SenmlField, SenmlValue>> records =
          switch (format) {
            case JSON -> SenmlJson.read(body);
            case CBOR -> SenmlCbor.read(body);
          };
      return new Sound(new SenmlPack(new SenmlResolver().resolve(records)));
    } catch (SenmlRefusal e) {
      return new Refused(e.code(), e.reason());
    }
  }
}
