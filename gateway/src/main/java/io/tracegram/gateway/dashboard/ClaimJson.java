package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.claim.ToldClaim;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Json;
import java.util.Optional;
import java.util.OptionalLong;

/** Material claims as the JSON interface writes them. Stateless. */
final class ClaimJson {
  private ClaimJson() {}

  /** Returns what a leaf says. */
  static ObjectNode of(MaterialClaimed said) {
    return of(said, said.document().map(document -> document.signature().key()));
  }

  static ObjectNode of(ToldClaim told) {
    ObjectNode json = of(told.said(), told.key()).put("inForce", told.isInForce());
    told.withdrawn()
        .ifPresent(
            by ->
                json.set(
                    "withdrawn",
                    signed(Json.object(), by.signed().map(ToldClaim.Signed::key))
                        .put("leaf", by.leaf())
                        .put("reason", by.reason())));
    return json;
  }

  /** Returns what a leaf says. */
  static ObjectNode of(Body.ClaimWithdrawn said) {
    return signed(
        Json.object()
            .put("withdraws", said.claim())
            .put("company", said.company())
            .put("role", said.role())
            .put("person", said.person())
            .put("reason", said.reason()),
        said.document().map(document -> document.signature().key()));
  }

  private static ObjectNode of(MaterialClaimed said, Optional<Hash> key) {
    ObjectNode json = Json.object();
    switch (said.subject()) {
      case Subject.OfLot(String lot) -> json.put("lot", lot);
      case Subject.OfProduct(String gtin, Period valid) ->
          json.put("gtin", gtin)
              .put("validFrom", Json.time(valid.fromMillis()))
              .put("validTo", Json.time(valid.toMillis()));
    }
    json.put("company", said.company())
        .put("role", said.role())
        .put("person", said.person())
        .put("custodyModel", ClaimText.model(said.model()));
    return signed(json, key).set("claims", Json.array(said.claims(), ClaimJson::of));
  }

  /** Says who signed. */
  static ObjectNode signed(ObjectNode json, Optional<Hash> key) {
    return json.put("signedBy", ClaimText.signedBy(key))
        .put("supplierKey", key.map(Hash::hex).orElse(null));
  }

  static ObjectNode of(HeldClaim held, Mass whole, LogStatus log) {
    ObjectNode json = signed(of(held.claim()), held.key());
    return json.put("company", held.company())
        .put("massKg", held.mass().kilograms())
        .put("sharePercent", ClaimText.percent(held.mass(), whole))
        .put("custodyModel", ClaimText.model(held.model()))
        .put("wording", ClaimText.wording(held, whole) + ": " + ClaimText.of(held.claim()))
        .set("evidence", AccountJson.evidence(OptionalLong.of(held.leaf()), log));
  }

  private static ObjectNode of(MaterialClaim claim) {
    ObjectNode json = Json.object();
    switch (claim) {
      case MaterialClaim.Origin(String country, String site) ->
          json.put("claim", "origin").put("country", country).put("site", site);
      case MaterialClaim.RiskMaterial(var element, int ppm) ->
          json.put("claim", "risk-material")
              .put("material", StatementJson.word(element))
              .put("ppm", ppm);
      case MaterialClaim.Recycled(int ppm, var source) ->
          json.put("claim", "recycled").put("ppm", ppm).put("source", StatementJson.word(source));
      case MaterialClaim.Certificate(String scheme, String number, Period valid, Hash document) ->
          json.put("claim", "certificate")
              .put("scheme", scheme)
              .put("number", number)
              .put("validFrom", Json.time(valid.fromMillis()))
              .put("validTo", Json.time(valid.toMillis()))
              .put("sha256", document.hex());
      case MaterialClaim.DueDiligence(String title, Hash document) ->
          json.put("claim", "due-diligence").put("title", title).put("sha256", document.hex());
    }
    return json;
  }
}
