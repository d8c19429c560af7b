package io.tracegram.cloud.declaration;

import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import java.util.List;
import java.util.Optional;

/**
 * All that an item was made of, back to what came from outside; immutable.
 *
 * @param stops each followed by what it was made of itself
 * @param whole false if there is more than is told
 */
public record Journey(List<Stop> stops, boolean whole) {
  /**
   * A part of a lot that went into another one.
   *
   * @param depth 1 for what went into the item itself
   * @param into the lot that it went into
   * @param part what went in, and where its figure is proven
   * @param account of the whole lot by its maker; empty where no facility here made it
   * @param footprint on which the part rests, if its supplier declared it
   */
  public record Stop(
      int depth,
      LotId into,
      Declaration.Component part,
      Optional<LotAccount> account,
      Optional<Footprint> footprint) {}

  /**
   * A supplier's declared footprint in the log of the facility that received its lot.
   *
   * @param key thumbprint of the supplier's key that signed it; empty if it came unsigned
   * @param proofUrl its leaf and a tlog-proof, as JSON
   */
  public record Footprint(String origin, long leaf, Optional<Hash> key, String proofUrl) {}

  public Journey {
    stops = List.copyOf(stops);
  }

  /** Returns what went into the item itself. */
  public List<Declaration.Component> components() {
    return stops.stream().filter(stop -> stop.depth() == 1).map(Stop::part).toList();
  }
}
