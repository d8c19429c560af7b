package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where every milligram of a time went; immutable. Opening stock is what was ever booked before;
 * closing stock is what is on the books now, less what was booked since: so the difference shows
 * whatever the books lost.
 *
 * @param materials by GTIN
 * @param process the orders, which take from stock and give back to it
 */
public record MassBalance(SortedMap<String, Material> materials, InOrders process) {
  private static final Material NOTHING = new Material(Mass.ZERO, MaterialFlow.NONE, Mass.ZERO);

  /** A material's stock. */
  public record Material(Mass opening, MaterialFlow flow, Mass closing) {
    /**
     * Returns opening + received + produced − consumed − shipped − scrapped − waste − closing: zero
     * in honest books.
     */
    public Mass difference() {
      return opening.plus(flow.net()).minus(closing);
    }
  }

  /**
   * What is in orders that run.
   *
   * @param in consumed by orders
   * @param out produced by orders
   * @param lost what ended orders took and did not give
   */
  public record InOrders(Mass opening, Mass in, Mass out, Mass lost, Mass closing) {
    /** Returns opening + in − out − lost − closing: zero in honest books. */
    public Mass difference() {
      return opening.plus(in).minus(out).minus(lost).minus(closing);
    }
  }

  public MassBalance {
    materials = Collections.unmodifiableSortedMap(new TreeMap<>(materials));
  }

  /** Returns a material's line; all zero if nothing of it was ever booked. */
  public Material of(String gtin) {
    return materials.getOrDefault(gtin, NOTHING);
  }

  /** Returns the sum of all materials. */
  public Material total() {
    return materials.values().stream()
        .reduce(
            NOTHING,
            (sum, line) ->
                new Material(
                    sum.opening.plus(line.opening),
                    sum.flow.plus(line.flow),
                    sum.closing.plus(line.closing)));
  }
}
