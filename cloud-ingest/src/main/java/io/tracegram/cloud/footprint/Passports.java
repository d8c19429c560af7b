package io.tracegram.cloud.footprint;

import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes passports of audited lots. Thread-safe; blocks on database and disk. */
public final class Passports {
  private final Map<String, MirroredLog> logs;
  private final LotQueries lots;

  /**
   * @param logs by facility id
   */
  public Passports(Map<String, MirroredLog> logs, LotQueries lots) {
    this.logs = Map.copyOf(logs);
    this.lots = lots;
  }

  /**
   * Returns the passport of a lot.
   *
   * @param facility the maker, empty to take whoever made it
   * @return empty if no such lot has an audited final account
   */
  public Optional<Passport> passport(LotId lot, Optional<String> facility) {
    List<StoredLot> candidates =
        facility.isPresent() ? lots.lot(facility.get(), lot).stream().toList() : lots.lot(lot);
    return candidates.stream().flatMap(stored -> passport(stored).stream()).findFirst();
  }

  /** Returns lots of a maker whose newest account replaced another in a later leaf, in order. */
  public List<StoredLot> restatedAfter(String facility, long leaf, int limit) {
    return lots.restatedAfter(facility, leaf, limit);
  }

  /**
   * Returns the leaf of a supplier's footprint in a facility's log with its proof; empty if none is
   * mirrored there. Other leaves are nobody's business who does not hold the log.
   */
  public Optional<ProvenLeaf> footprint(String facility, long index) {
    MirroredLog log = logs.get(facility);
    if (log == null || index < 0 || index >= log.size()) {
      return Optional.empty();
    }
    byte[] leaf = log.entries(index, index + 1).getFirst();
    return Leaf.parse(leaf).statement().statement().body() instanceof Body.SupplierFootprint
        ? Optional.of(new ProvenLeaf(facility, log.origin(), Content.of(leaf), log.prove(index)))
        : Optional.empty();
  }

  private Optional<Passport> passport(StoredLot stored) {
    MirroredLog log = logs.get(stored.facility());
    if (log == null || stored.leaf() >= log.size()) {
      return Optional.empty();
    }
    byte[] leaf = log.entries(stored.leaf(), stored.leaf() + 1).getFirst();
    return Optional.of(
        new Passport(
            stored.facility(),
            log.origin(),
            Content.of(leaf),
            log.prove(stored.leaf()),
            stored.account()));
  }
}
