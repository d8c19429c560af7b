package io.tracegram.gateway.replicate;

import io.tracegram.ledger.custody.LotId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lots that a supplier restated, as its central service lists them; immutable. A hint only: what
 * counts is the passport.
 *
 * @param revisions of the newest account of each
 * @param next leaf to go on from
 */
record RestatedLots(Map<LotId, Integer> revisions, long next) {
  private static final int MOST = 1_000;

  RestatedLots {
    revisions = Map.copyOf(revisions);
  }

  /** Reads a page; empty if it is none, or goes back. */
  static Optional<RestatedLots> read(String json, long after) {
    try {
      JsonObject page = new JsonObject(json);
      JsonArray lots = page.getJsonArray("lots", new JsonArray());
      Map<LotId, Integer> revisions = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(lots.size(), MOST); i++) {
        JsonObject lot = lots.getJsonObject(i);
        revisions.put(new LotId(lot.getString("lot", "")), lot.getInteger("revision", 0));
      }
      long next = page.getLong("next", after);
      return next < after ? Optional.empty() : Optional.of(new RestatedLots(revisions, next));
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
