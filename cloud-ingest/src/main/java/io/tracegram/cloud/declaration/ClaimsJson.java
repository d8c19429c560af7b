package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Json;

/** What is claimed of a lot or item, worded as its custody model lets it be, as JSON. Stateless. */
final class ClaimsJson {
  private ClaimsJson() {}

  /** Returns the claims; each leaf is of the log of the facility that made the item. */
  static ArrayNode of(Coverage claims, Mass whole) {
    return Json.array(claims.claims(), held -> claim(held, whole));
  }

  private static ObjectNode claim(HeldClaim held, Mass whole) {
    return Json.object()
        .put("claim", ClaimText.of(held.claim()))
        .put("wording", ClaimText.wording(held, whole))
        .put("company", held.company())
        .put("signedBy", ClaimText.signedBy(held.key()))
        .put("supplierKey", held.key().map(Hash::hex).orElse(null))
        .put("massKg", held.mass().kilograms())
        .put("percent", ClaimText.percent(held.mass(), whole))
        .put("custodyModel", ClaimText.model(held.model()))
        .put("leafIndex", held.leaf());
  }
}
