package io.tracegram.ledger.lot;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.lot.Absorbed.Slot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps the history of silos as it was drawn: what a poured lot turns out to carry late joins what
 * is in its silo now, or is a variance where nothing is left, exactly. So a change costs one step,
 * however many lots were poured in or drawn since. Single-threaded.
 */
final class Blends {
  private final Map<String, LotId> contents;
  private final Absorber absorber;
  private final Function<LotId, LotNode> nodes;

  /**
   * Goes on.
   *
   * @param contents of each silo
   */
  Blends(Map<String, LotId> contents, Absorber absorber, Function<LotId, LotNode> nodes) {
    this.contents = new LinkedHashMap<>(contents);
    this.absorber = absorber;
    this.nodes = nodes;
  }

  Map<String, LotId> state() {
    return new LinkedHashMap<>(contents);
  }

  /** Notes what is in a silo after a pour. */
  void poured(Work told) {
    told.blend().ifPresent(content -> contents.put(content.silo(), content));
  }

  /** Takes what an accounted pour brings now, where its content handed on something else. */
  void late(Job pour, LotId content, Burden brought) {
    Burden off = brought.minus(nodes.apply(content).carried().orElse(Burden.NONE)).but(0);
    join(pour, content.silo(), off.minus(pour.late()));
    pour.late(off);
  }

  /** Undoes a pour: what came late into its content is in the silo as it was before. */
  void undone(Job pour, Work told) {
    Optional<LotId> content = pour.work().blend();
    if (content.isEmpty() || told.blend().isPresent()) {
      return;
    }
    String silo = content.get().silo();
    contents.remove(silo);
    pour.work().inputs().stream()
        .map(input -> input.lot().lot())
        .filter(LotId::isContent)
        .forEach(before -> contents.put(silo, before));
    join(pour, silo, nodes.apply(content.get()).late().minus(pour.late()));
    pour.late(Burden.NONE);
  }

  private void join(Job pour, String silo, Burden late) {
    LotId now = contents.get(silo);
    if (late.isNone()) {
      return;
    }
    if (now == null || nodes.apply(now).isUsedUp()) {
      absorber.add(pour.work().endMillis() - 1, Slot.late(late));
    } else {
      nodes.apply(now).join(late);
    }
  }
}
