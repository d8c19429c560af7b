package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.FactorDocument;
import io.tracegram.ledger.plant.PlantModel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far the accounts had come after each leaf. Single-threaded. */
final class HeadBook {
  private static final int MOST_PLANTS = 256;

  private final TreeMap<Long, Long> closes = new TreeMap<>();
  private final TreeMap<Long, PlantModel> plants = new TreeMap<>();
  private final TreeMap<Long, StatedFactors> stated = new TreeMap<>();
  private long forgotten;

  /**
   * All of it, by the leaf that changed it.
   *
   * @param forgotten leaf before which a plant model is no longer known
   */
  record State(
      SortedMap<Long, Long> closes,
      SortedMap<Long, PlantModel> plants,
      SortedMap<Long, StatedFactors> stated,
      long forgotten) {}

  HeadBook(State state) {
    closes.putAll(state.closes);
    plants.putAll(state.plants);
    stated.putAll(state.stated);
    forgotten = state.forgotten;
  }

  static State empty() {
    return new State(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0);
  }

  State state() {
    return new State(closes, plants, stated, forgotten);
  }

  /** Notes through when a leaf left the accounts closed. */
  void closed(long leaf, OptionalLong through) {
    if (through.isPresent()
        && (closes.isEmpty() || closes.lastEntry().getValue() != through.getAsLong())) {
      closes.put(leaf, through.getAsLong());
    }
  }

  /** Notes that a leaf put a plant model in force. */
  void declared(long leaf, PlantModel plant) {
    plants.put(leaf, plant);
    if (plants.size() > MOST_PLANTS) {
      plants.pollFirstEntry();
      forgotten = plants.firstKey();
    }
  }

  /** Notes a document of factors that a leaf put in force; of many, the oldest are forgotten. */
  void declared(long leaf, FactorDocument document) {
    StatedFactors before = stated(leaf);
    StatedFactors now = before.with(document);
    if (!now.equals(before)) {
      stated.put(leaf, now);
      if (stated.size() > MOST_PLANTS) {
        stated.pollFirstEntry();
      }
    }
  }

  /** Returns what the first {@code size} leaves stated of factors. */
  StatedFactors stated(long size) {
    Map.Entry<Long, StatedFactors> last = stated.lowerEntry(size);
    return last == null ? StatedFactors.NONE : last.getValue();
  }

  /** Returns how far the first {@code size} leaves brought the accounts; empty if forgotten. */
  Optional<LedgerHead> at(long size) {
    if (size <= forgotten && forgotten > 0) {
      return Optional.empty();
    }
    Map.Entry<Long, Long> close = closes.lowerEntry(size);
    Map.Entry<Long, PlantModel> plant = plants.lowerEntry(size);
    OptionalLong closedThrough =
        close == null ? OptionalLong.empty() : OptionalLong.of(close.getValue());
    return Optional.of(
        new LedgerHead(
            size,
            Optional.ofNullable(plant).map(Map.Entry::getValue),
            closedThrough,
            closedThrough,
            stated(size)));
  }
}
