package io.tracegram.ledger.emission;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Emission factors of one edition of one publisher; immutable.
 *
 * @param id of the set with its edition, such as {@code desnz-2026}; {@code [a-z0-9-]{1,40}}
 * @param url where the publisher's own file is found
 * @param sha256 of the publisher's own file in hexadecimal, empty where it was not at hand
 */
public record FactorSet(
    String id, String publisher, String url, Optional<String> sha256, List<Entry> entries)
    implements FactorDocument {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** How far a value was checked against its source; the ordinal is the wire form. */
  public enum Confirmation {
    /** Read in the source that the factor names, or in a stored copy of its data. */
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
      Confirmation confirmation) {
    public Entry {
      biogenicKgPerUnit.ifPresent(value -> requireBounded("biogenic CO2", factor, value));
      uncertaintyPercent.ifPresent(value -> requireBounded("uncertainty", factor, value));
      if (factor.u95Percent().isPresent()) {
        throw new IllegalArgumentException(
            "the uncertainty of factor " + factor.id() + " stands beside it in a set");
      }
    }

    private static void requireBounded(String what, EmissionFactor factor, BigDecimal value) {
      if (!EmissionFactor.isBounded(value)) {
        throw new IllegalArgumentException(
            "the " + what + " of factor " + factor.id() + " is negative or too long");
      }
    }
  }

  public FactorSet {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a factor set is [a-z0-9-]{1,40}: " + id);
    }
    if (sha256.isPresent() && !SHA256.matcher(sha256.get()).matches()) {
      throw new IllegalArgumentException("factor set " + id + ": a sha-256 is 64 digits 0-9a-f");
    }
    entries = List.copyOf(entries);
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.factor().id())) {
        throw new IllegalArgumentException(
            "factor " + entry.factor().id() + " stands twice in factor set " + id);
      }
    }
  }

  /** Returns the factor of this id. */
  public Optional<Entry> entry(String factor) {
    return entries.stream().filter(entry -> entry.factor().id().equals(factor)).findFirst();
  }
}
