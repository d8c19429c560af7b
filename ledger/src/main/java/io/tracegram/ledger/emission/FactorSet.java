package io.tracegram.ledger.emission;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Emission factors of one edition of one publisher; immutable.
 *
 * @param id of the set with its edition, such as {@code desnz-2026}; {@code [a-z0-9-]{1,40}}
 * @param url where the publisher's own file is found
 * @param sha256 of the publisher's own file in hexadecimal, empty where it was not at hand
 */
public record FactorSet(
    String id, String publisher, String url, Optional<String> sha256, List<Entry> entries) {

  /** How far a value was checked against its source; the ordinal is the wire form. */
  public enum Confirmation {
    /** Read in the publisher's own file. */
    CONFIRMED,
    /** Read in a transcription of it: to be confirmed before it is published as fact. */
    TRANSCRIBED,
    /** Made up for a demonstration. */
    ILLUSTRATIVE
  }

  /**
   * One factor of the set.
   *
   * @param biogenicKgPerUnit biogenic CO2 beside it, reported outside the scopes
   * @param uncertaintyPercent half the width of its 95 % interval, if the publisher states one
   */
  public record Entry(
      EmissionFactor factor,
      Optional<BigDecimal> biogenicKgPerUnit,
      Optional<BigDecimal> uncertaintyPercent,
      Confirmation confirmation) {}

  public FactorSet {
    entries = List.copyOf(entries);
  }

  /** Returns the factor of this id. */
  public Optional<Entry> entry(String factor) {
    return entries.stream().filter(entry -> entry.factor().id().equals(factor)).findFirst();
  }
}
