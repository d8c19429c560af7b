package io.tracegram.ledger.custody;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An accepted scan with what it changed, to be undone; immutable.
 *
 * @param before what it changed, without what was not there
 * @param after what it changed
 * @param weighed its scale, if it waits for a weight and changed nothing yet
 * @param parked outputs that it parked
 * @param unparked outputs that it completed
 */
record Taken(
    Act act,
    String text,
    Books before,
    Books after,
    List<Parked> parked,
    List<Parked> unparked,
    List<CustodyEvent> events,
    Moved moved,
    Optional<String> weighed) {
  /** A part of the books. */
  record Books(
      Map<LotId, Stock> lots,
      Map<String, Order> orders,
      Map<String, Bench> benches,
      Map<String, SiloContent> silos,
      Map<ContainerId, Container> units,
      Map<String, Opened> opened) {
    static Books empty() {
      return new Books(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }
  }

  /** Movements that only a correction takes back; only shipped are several. */
  record Moved(
      Optional<Movement.Received> received,
      Optional<Movement.Scrapped> scrapped,
      List<Movement.Shipped> shipped) {
    static final Moved NOTHING = new Moved(Optional.empty(), Optional.empty(), List.of());

    static Moved of(List<Movement> movements) {
      Moved moved = NOTHING;
      List<Movement.Shipped> shipped = new ArrayList<>();
      for (Movement movement : movements) {
        moved =
            switch (movement) {
              case Movement.Received lot ->
                  new Moved(Optional.of(lot), moved.scrapped, moved.shipped);
              case Movement.Scrapped lot ->
                  new Moved(moved.received, Optional.of(lot), moved.shipped);
              case Movement.Shipped lot -> {
                shipped.add(lot);
                yield moved;
              }
              case Movement.Worked _, Movement.Corrected _ -> moved;
            };
      }
      return new Moved(moved.received, moved.scrapped, List.copyOf(shipped));
    }
  }

  static Taken waiting(Act act, String scale) {
    return new Taken(
        act,
        "",
        Books.empty(),
        Books.empty(),
        List.of(),
        List.of(),
        List.of(),
        Moved.NOTHING,
        Optional.of(scale));
  }
}
