package io.tracegram.ledger.lot;

import java.util.Comparator;

/**
 * Where a part of an interval's energy goes; the order is the one in which ties are broken.
 *
 * @param order the production order, empty unless {@code DIRECT}
 */
public record Cell(Kind kind, String order) implements Comparable<Cell> {
  public static final Cell IDLE = new Cell(Kind.IDLE, "");
  public static final Cell OVERHEAD = new Cell(Kind.OVERHEAD, "");
  public static final Cell UNATTRIBUTED = new Cell(Kind.UNATTRIBUTED, "");

  private static final Comparator<Cell> CANONICAL =
      Comparator.comparing(Cell::kind).thenComparing(Cell::order);

  /** The kinds of destination. */
  public enum Kind {
    DIRECT,
    IDLE,
    OVERHEAD,
    UNATTRIBUTED
  }

  public static Cell direct(String order) {
    return new Cell(Kind.DIRECT, order);
  }

  @Override
  public int compareTo(Cell other) {
    return CANONICAL.compare(this, other);
  }
}
