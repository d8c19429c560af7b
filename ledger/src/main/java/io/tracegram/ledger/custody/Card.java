package io.tracegram.ledger.custody;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A printed action card: what its scan does at the workstation of its scanner. */
enum Card {
  START,
  FINISH,
  SPLIT,
  SCRAP,
  UNDO;

  static final String PREFIX = "TGM:";

  static Optional<Card> of(String text) {
    return Arrays.stream(values()).filter(card -> text.equals(PREFIX + card)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(card -> PREFIX + card).collect(Collectors.joining(", "));
  }
}
