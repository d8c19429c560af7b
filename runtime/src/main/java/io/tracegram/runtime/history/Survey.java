package io.tracegram.runtime.history;

import io.tracegram.ledger.evidence.Hash;
import java.util.List;

/**
 * What a whole file holds. Immutable.
 *
 * @param file SHA-256 of its bytes
 * @param rows that will be imported
 * @param badRows that will not be
 * @param bad the first of those, at most {@link History#MAX_FINDINGS}
 * @param falls how often a register is lower than in the row before
 * @param fallen the first of those
 * @param missingSlots periods between the first and the last row that have no row
 * @param emptyCells cells of meters without a value
 * @param startMillis start of the first period of interval energy, the first reading else
 * @param endMillis end of the last row
 * @param meters ids, in the order of the columns
 */
public record Survey(
    Hash file,
    long rows,
    long badRows,
    List<Finding> bad,
    long falls,
    List<Finding> fallen,
    long missingSlots,
    long emptyCells,
    long startMillis,
    long endMillis,
    List<String> meters) {
  public Survey {
    bad = List.copyOf(bad);
    fallen = List.copyOf(fallen);
    meters = List.copyOf(meters);
  }
}
