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

  private static final String AT_PORTAL = PREFIX + UNDO + ":";

  static Optional<Card> of(String text) {
    return Arrays.stream(values()).filter(card -> text.equals(PREFIX + card)).findFirst();
  }

  /** Returns the portal whose last read a card takes back, since nobody can scan a card there. */
  static Optional<String> undoneAt(String text) {
    return text.startsWith(AT_PORTAL)
        ? Optional.of(text.substring(AT_PORTAL.length()))
        : Optional.empty();
  }

  static String all() {
    return Arrays.stream(values()).map(card -> PREFIX + card).collect(Collectors.joining(", "));
  }
}
