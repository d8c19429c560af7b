package io.tracegram.ledger.custody;

import java.util.ArrayList;
import java.util.List;

/**
 * A unit with the lots in it; immutable.
 *
 * @param content in the order in which it was put in
 * @param told how many of them an event has told: the first so many
 * @param shipped whether it has left with all that is in it
 */
record Container(ContainerId id, List<LotId> content, int told, boolean shipped) {
  Container {
    content = List.copyOf(content);
  }

  static Container empty(ContainerId id) {
    return new Container(id, List.of(), 0, false);
  }

  boolean isTold(LotId lot) {
    return content.indexOf(lot) < told;
  }

  List<LotId> untold() {
    return content.subList(told, content.size());
  }

  Container with(LotId lot) {
    List<LotId> more = new ArrayList<>(content);
    more.add(lot);
    return new Container(id, more, told, shipped);
  }

  Container without(LotId lot) {
    List<LotId> less = new ArrayList<>(content);
    less.remove(lot);
    return new Container(id, less, isTold(lot) ? told - 1 : told, shipped);
  }

  Container allTold() {
    return new Container(id, content, content.size(), shipped);
  }

  Container gone() {
    return new Container(id, content, told, true);
  }
}
