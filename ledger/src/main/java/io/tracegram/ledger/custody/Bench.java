package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a workstation is at; immutable.
 *
 * @param order id of the running one
 * @param started whether a card began it, so that a card ends it
 * @param fed inputs of the running order with the times of their scans
 * @param mode what the last card means for the next labels
 * @param recent ids of ended orders, the last at the end, as far as a late scan may reach
 */
record Bench(
    Optional<String> order,
    boolean started,
    List<Fed> fed,
    Optional<Mode> mode,
    List<String> recent) {
  static final Bench IDLE =
      new Bench(Optional.empty(), false, List.of(), Optional.empty(), List.of());

  private static final int MOST_RECENT = 500;

  /** An input as it was scanned. */
  record Fed(LotQuantity lot, long millis, long leaf) {}

  /**
   * A card that waits for labels.
   *
   * @param lot that is split
   * @param parts of it so far
   */
  record Mode(Card card, Optional<LotId> lot, List<LotQuantity> parts) {
    Mode {
      parts = List.copyOf(parts);
    }

    static Mode of(Card card) {
      return new Mode(card, Optional.empty(), List.of());
    }
  }

  Bench {
    fed = List.copyOf(fed);
    recent = List.copyOf(recent);
  }

  boolean isIn(Card card) {
    return mode.filter(now -> now.card() == card).isPresent();
  }

  Bench begun(Order opened, boolean byCard) {
    return new Bench(Optional.of(opened.id()), byCard, List.of(), mode, recent);
  }

  Bench begunByCard() {
    return new Bench(order, true, fed, mode, recent);
  }

  Bench fed(List<Fed> inputs) {
    return new Bench(order, started, inputs, mode, recent);
  }

  Bench fed(Fed input) {
    List<Fed> more = new ArrayList<>(fed);
    more.add(input);
    return fed(more);
  }

  Bench in(Optional<Mode> next) {
    return new Bench(order, started, fed, next, recent);
  }

  /** No order runs any longer. */
  Bench ended() {
    return new Bench(Optional.empty(), false, List.of(), mode, recent);
  }

  Bench remembering(Order done) {
    List<String> ids = new ArrayList<>(recent);
    ids.add(done.id());
    return new Bench(
        order, started, fed, mode, ids.subList(Math.max(0, ids.size() - MOST_RECENT), ids.size()));
  }
}
