package io.tracegram.cloud.declaration;

import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.ledger.custody.LotId;
import java.util.List;
import java.util.Optional;

/**
 * What the central service knows, for pages and API. Thread-safe; methods may wait for the
 * database, so never call them on an event loop.
 */
public interface CloudReadModel {
  /** Returns all configured facilities, in the order of the configuration. */
  List<FacilityOverview> facilities();

  /** Returns all finished items, newest first, at most 1,000. */
  List<FinishedItem> items();

  /** Returns the declarations of all finished items, newest first, at most 1,000. */
  List<Declaration> declarations();

  /** Returns an item's declaration, empty while its account is not final. */
  Optional<Declaration> declaration(LotId item);

  /** Returns the published JSON-LD of an item, byte for byte; empty until it is published. */
  Optional<byte[]> document(LotId item);

  /** Returns what is wrong with goods, the newest first. */
  ExceptionQueries.Page exceptions(ExceptionQueries.Question question);

  /** Returns a lot as its producer accounts for it, empty if no facility has a final account. */
  Optional<LotOverview> lot(LotId lot);
}
