package io.tracegram.cloud.declaration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A declaration as JSON-LD, with the GS1 Web Vocabulary where it has the words. The bytes depend on
 * nothing but what is declared, so that their hash can be logged. Stateless.
 */
public final class LinkedData {
  private LinkedData() {}

  /** Returns the document that is published, UTF-8. */
  public static byte[] document(Declaration declaration) {
    return Json.compact(of(declaration)).getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode of(Declaration declaration) {
    ObjectNode json = Json.object();
    json.set(
        "@context",
        Json.object()
            .put("@vocab", "https://tracegram.io/ns/")
            .put("gs1", "https://ref.gs1.org/voc/"));
    json.put("@id", declaration.url())
        .put("@type", "ProductSustainabilityDeclaration")
        .put("simulated", declaration.simulated());
    json.set(
        "product",
        product(declaration.item(), declaration.product())
            .put("gs1:hasSerialNumber", declaration.serial())
            .put("massKg", declaration.mass().kilograms()));
    json.put("facility", declaration.facility())
        .put("facilityName", declaration.facilityName())
        .put("co2eKg", declaration.total().kilograms())
        .put("ownCo2eKg", declaration.own().kilograms())
        .put("ownEnergyKwh", declaration.ownEnergy().kilowattHours())
        .put("inheritedCo2eKg", declaration.inherited().kilograms())
        .put("secondaryInInheritedCo2eKg", declaration.secondary().kilograms())
        .put(
            "primaryDataShare",
            declaration.primaryDataShare().map(BigDecimal::toPlainString).orElse(null))
        .put(
            "primaryDataPolicy",
            declaration.primaryPolicy().policy().name().toLowerCase(Locale.ROOT))
        .put("primaryDataPolicyMixed", declaration.primaryPolicy().mixed())
        .put("scope2Basis", "location-based")
        .put(
            "boundary",
            "energy and fuels of the production steps, their share of the plant's overhead, and what"
                + " the components brought along");
    json.set("components", Json.array(declaration.components(), LinkedData::component));
    json.set("journey", JourneyJson.of(declaration.journey()));
    json.put("journeyIsWhole", declaration.journey().whole());
    json.set("claims", ClaimsJson.of(declaration.claims(), declaration.mass()));
    json.set("evidence", evidence(declaration.evidence()));
    return json.put("asOf", declaration.evidence().leafIndex() + 1);
  }

  private static ObjectNode component(Declaration.Component component) {
    ObjectNode json =
        product(component.lot(), component.product())
            .put("gs1:hasBatchLotNumber", component.lot().number())
            .put("facility", component.facility())
            .put("massKg", component.mass().kilograms())
            .put("co2eKg", component.co2e().kilograms())
            .put("basis", component.basis().name().toLowerCase(Locale.ROOT));
    return json.set("evidence", evidence(component.evidence()));
  }

  private static ObjectNode product(LotId lot, String name) {
    return Json.object()
        .put("@id", "https://id.gs1.org" + Links.item(lot))
        .put("@type", "gs1:Product")
        .put("gs1:gtin", lot.gtin())
        .put("gs1:productName", name);
  }

  private static ObjectNode evidence(Declaration.Evidence evidence) {
    return Json.object()
        .put("origin", evidence.origin())
        .put("leaf", evidence.leafIndex())
        .set("proof", Json.object().put("@id", evidence.proofUrl()));
  }
}
