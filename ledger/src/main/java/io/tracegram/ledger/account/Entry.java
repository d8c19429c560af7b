package io.tracegram.ledger.account;

import io.tracegram.ledger.lot.Cell;
import java.util.Comparator;

/**
 * Where a part of a carrier's energy went.
 *
 * @param node id of the meter on whose own account it is, after all meters below it; {@link #SITE}
 *     for what no meter below the sources counted
 * @param amount mWh, or millionths of the carrier's unit
 */
public record Entry(String carrier, String node, Cell cell, long amount) {
  /** The place above all meters. */
  public static final String SITE = "site";

  /** The order in which remainders of a partition are given out. */
  static final Comparator<Entry> CANONICAL =
      Comparator.comparing(Entry::carrier).thenComparing(Entry::cell).thenComparing(Entry::node);
}
