package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.cloud.footprint.Passport;
import io.tracegram.cloud.footprint.ProvenLeaf;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PrimaryPolicy;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The read model as the API gives it: quantities are decimal strings with the unit in the name,
 * times are ISO 8601 UTC. Stateless.
 */
final class DeclarationJson {
  private DeclarationJson() {}

  static ObjectNode facility(FacilityOverview facility) {
    ObjectNode json =
        Json.object()
            .put("id", facility.id())
            .put("name", facility.name())
            .put("origin", facility.origin())
            .put("simulated", facility.simulated())
            .put("mirroredSize", facility.mirroredSize())
            .put("auditedSize", facility.auditedSize())
            .put("asOf", facility.auditedSize())
            .put("energyKwh", facility.energy().kilowattHours())
            .<ObjectNode>set(
                "co2eKg",
                Json.object()
                    .put("locationBased", facility.co2e().map(Co2e::kilograms).orElse(null)))
            .put("lots", facility.lots())
            .<ObjectNode>set(
                "witnesses", Json.array(facility.witnesses(), DeclarationJson::witness));
    ObjectNode witnessed = json.putObject("witnessed").put("policy", facility.witnessed().policy());
    facility.witnessed().size().ifPresent(size -> witnessed.put("size", size));
    facility.witnessed().by().forEach(witnessed.putArray("by")::add);
    facility.lastSeen().ifPresent(time -> json.put("lastSeen", time.toString()));
    facility
        .checkpoint()
        .ifPresent(
            note -> {
              Checkpoint head = Checkpoint.parse(note.text());
              json.set(
                  "checkpoint",
                  Json.object()
                      .put("size", head.size())
                      .put("root", Base64.getEncoder().encodeToString(head.root().bytes()))
                      .put("note", note.format()));
            });
    switch (facility.verdict()) {
      case FacilityOverview.Verdict.Verified() -> json.put("verdict", "VERIFIED");
      case FacilityOverview.Verdict.InProgress() -> json.put("verdict", "IN_PROGRESS");
      case FacilityOverview.Verdict.Failed(long leaf, String reason) ->
          json.put("verdict", "FAILED").put("failedLeaf", leaf).put("reason", reason);
    }
    return json;
  }

  static ObjectNode declaration(Declaration declaration) {
    ObjectNode json =
        Json.object()
            .put("url", declaration.url())
            .put("item", declaration.item().path())
            .put("product", declaration.product())
            .put("serial", declaration.serial())
            .put("facility", declaration.facility())
            .put("facilityName", declaration.facilityName())
            .put("simulated", declaration.simulated())
            .put("massKg", declaration.mass().kilograms())
            .put("co2eKg", declaration.total().kilograms())
            .put("ownKg", declaration.own().kilograms())
            .put("ownKwh", declaration.ownEnergy().kilowattHours())
            .put("inheritedKg", declaration.inherited().kilograms())
            .put("secondaryKg", declaration.secondary().kilograms())
            .put("primaryDataShare", share(declaration.primaryDataShare()))
            .put("primaryDataPolicy", policy(declaration.primaryPolicy()))
            .put("primaryDataPolicyMixed", declaration.primaryPolicy().mixed())
            .<ObjectNode>set(
                "components", Json.array(declaration.components(), DeclarationJson::component))
            .<ObjectNode>set("journey", JourneyJson.of(declaration.journey()))
            .put("journeyIsWhole", declaration.journey().whole())
            .<ObjectNode>set("claims", ClaimsJson.of(declaration.claims(), declaration.mass()))
            .<ObjectNode>set("evidence", evidence(declaration.evidence()))
            .put("asOf", declaration.evidence().checkpointSize());
    return json.set(
        "published", declaration.published().map(DeclarationJson::published).orElse(null));
  }

  private static ObjectNode published(Declaration.Published published) {
    return Json.object()
        .put("origin", published.origin())
        .put("leafIndex", published.leaf())
        .put("revision", published.revision())
        .put("documentSha256", published.documentHash())
        .put("documentUrl", published.documentUrl())
        .put("evidence", published.logged() ? "logged" : "signed")
        .put("current", published.current());
  }

  static ObjectNode lot(LotOverview lot) {
    return Json.object()
        .put("lot", lot.account().lot().path())
        .put("facility", lot.facility())
        .<ObjectNode>set("account", account(lot.account()))
        .<ObjectNode>set("journey", JourneyJson.of(lot.journey()))
        .put("journeyIsWhole", lot.journey().whole())
        .<ObjectNode>set("evidence", evidence(lot.evidence()))
        .put("asOf", lot.evidence().checkpointSize());
  }

  static ObjectNode leaf(ProvenLeaf leaf) {
    return Json.object()
        .put("facility", leaf.facility())
        .put("origin", leaf.origin())
        .put("leafIndex", leaf.proof().index())
        .put("leaf", Base64.getEncoder().encodeToString(leaf.leaf().bytes()))
        .put("proof", leaf.proof().format());
  }

  /**
   * Returns lots that were restated, as a page.
   *
   * @param after leaf that was asked from; {@code next} is that to go on from
   */
  static ObjectNode restatements(List<StoredLot> lots, long after) {
    ObjectNode json = Json.object();
    ArrayNode page = json.putArray("lots");
    long next = after;
    for (StoredLot lot : lots) {
      page.addObject()
          .put("lot", lot.account().lot().path())
          .put("leaf", lot.leaf())
          .put("revision", lot.account().revision());
      next = lot.leaf();
    }
    return json.put("next", next);
  }

  static ObjectNode passport(Passport passport) {
    return Json.object()
        .put("lot", passport.account().lot().path())
        .put("facility", passport.facility())
        .put("origin", passport.origin())
        .put("leafIndex", passport.proof().index())
        .put("leaf", Base64.getEncoder().encodeToString(passport.leaf().bytes()))
        .put("proof", passport.proof().format())
        .<ObjectNode>set("account", account(passport.account()))
        .put("asOf", Checkpoint.parse(passport.proof().checkpoint().text()).size());
  }

  private static ObjectNode account(LotAccount account) {
    return Json.object()
        .put("material", account.material())
        .put("massKg", account.mass().kilograms())
        .put("co2eKg", account.total().kilograms())
        .put("ownKg", account.own().co2e().kilograms())
        .put("ownKwh", account.own().energy().kilowattHours())
        .put("inheritedKg", account.inherited().kilograms())
        .put("secondaryKg", account.secondary().kilograms())
        .put("primaryDataShare", share(account.primaryDataShare()))
        .put("primaryDataPolicy", policy(account.primaryPolicy()))
        .put("primaryDataPolicyMixed", account.primaryPolicy().mixed())
        .<ObjectNode>set("inputs", Json.array(account.inputs(), DeclarationJson::input));
  }

  private static @Nullable String share(Optional<BigDecimal> percent) {
    return percent.map(BigDecimal::toPlainString).orElse(null);
  }

  private static String policy(PrimaryPolicy primary) {
    return primary.policy().name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode input(LotAccount.Input input) {
    return Json.object()
        .put("lot", input.lot().path())
        .put("material", input.material())
        .put("massKg", input.mass().kilograms())
        .put("co2eKg", input.inherited().kilograms())
        .put("basis", basis(input.basis()));
  }

  private static ObjectNode component(Declaration.Component component) {
    return Json.object()
        .put("lot", component.lot().path())
        .put("product", component.product())
        .put("facility", component.facility())
        .put("massKg", component.mass().kilograms())
        .put("co2eKg", component.co2e().kilograms())
        .put("basis", basis(component.basis()))
        .<ObjectNode>set("evidence", evidence(component.evidence()));
  }

  private static ObjectNode evidence(Declaration.Evidence evidence) {
    return Json.object()
        .put("facility", evidence.facility())
        .put("origin", evidence.origin())
        .put("leafIndex", evidence.leafIndex())
        .put("state", evidence.state())
        .put("checkpointSize", evidence.checkpointSize())
        .put("proofUrl", evidence.proofUrl());
  }

  private static ObjectNode witness(FacilityOverview.Witness witness) {
    ObjectNode json = Json.object().put("name", witness.name());
    witness.size().ifPresent(size -> json.put("size", size));
    witness
        .cosignedAtSeconds()
        .ifPresent(seconds -> json.put("cosignedAt", Instant.ofEpochSecond(seconds).toString()));
    return json;
  }

  private static String basis(LotAccount.Basis basis) {
    return basis.name().toLowerCase(Locale.ROOT);
  }
}
