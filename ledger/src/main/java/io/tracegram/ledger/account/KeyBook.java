package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys registered in a log so far, by role and holder. Single-threaded. */
public final class KeyBook {
  private final Map<Holder, List<PublicKey>> keys;

  private record Holder(KeyRole role, String name) {}

  /** All of it; not copied. */
  record State(Map<Holder, List<PublicKey>> keys) {}

  KeyBook(State state) {
    this.keys = state.keys;
  }

  /** Starts empty. */
  public KeyBook() {
    this(new State(new LinkedHashMap<>()));
  }

  State state() {
    return new State(keys);
  }

  public void register(Body.KeyRegistered registered) {
    List<PublicKey> held =
        keys.computeIfAbsent(
            new Holder(registered.role(), registered.holder()), holder -> new ArrayList<>());
    if (!held.contains(registered.key())) {
      held.add(registered.key());
    }
  }

  /** Returns a holder's keys, oldest first. */
  public List<PublicKey> of(KeyRole role, String holder) {
    return List.copyOf(keys.getOrDefault(new Holder(role, holder), List.of()));
  }
}
