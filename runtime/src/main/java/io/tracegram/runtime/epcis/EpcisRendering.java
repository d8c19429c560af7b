package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.custody.BusinessTransaction;
import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEvent.ErrorDeclaration;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.Weighing;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Renders one plant's custody events as EPCIS 2.0 JSON-LD. Lots are EPC classes with a quantity in
 * kg, serialised items are EPCs, both as GS1 Digital Link URIs; what is in a silo is an EPC class
 * with an identifier of the plant's own. Each EPCIS event class has a method of its own. An event
 * has the same id and content whenever and by whomever it is rendered; what the ledger does not
 * know is left out, not invented. Immutable.
 */
final class EpcisRendering {
  private static final String CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
  private static final String NAMESPACE = "https://tracegram.io/ns/";

  /** The URL name space of RFC 9562 §6.6. */
  private static final UUID URL_SPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  private final ZoneId zone;
  private final PlantUris uris;

  EpcisRendering(PlantModel plant) {
    zone = ZoneId.of(plant.timeZone());
    uris = new PlantUris(plant);
  }

  static ArrayNode context() {
    return Json.array().add(CONTEXT).add(Json.object().put("tracegram", NAMESPACE));
  }

  /** Renders an event; the declaration of its error has its id too. */
  ObjectNode event(CustodyEvent event) {
    ObjectNode json =
        Json.object()
            .put("type", type(event))
            .put("eventID", "urn:uuid:" + id(event))
            .put("eventTime", Json.time(event.eventMillis()))
            .put("eventTimeZoneOffset", offset(event.eventMillis()));
    switch (event.type()) {
      case RECEIVED -> object(json, event, "OBSERVE", "receiving", "in_progress");
      case SHIPPED -> object(json, event, "OBSERVE", "shipping", "in_transit");
      case SCRAPPED -> object(json, event, "DELETE", "destroying", "disposed");
      case TRANSFORMED, SPLIT -> transformation(json, event);
      case PACKED, ASSOCIATED -> children(json, event, "ADD", "packing");
      case UNPACKED, DISSOCIATED -> children(json, event, "DELETE", "unpacking");
      case TRANSACTED -> transaction(json, event);
    }
    json.set("readPoint", Json.object().put("id", uris.place("scanner", event.readPoint())));
    json.set("bizLocation", Json.object().put("id", uris.location(event.bizLocation())));
    parties(json, event);
    event.detail().transaction().ifPresent(known -> json.set("bizTransactionList", list(known)));
    if (!event.detail().weighings().isEmpty()) {
      json.set("sensorElementList", Json.array(event.detail().weighings(), this::sensor));
    }
    event.error().ifPresent(error -> json.set("errorDeclaration", declaration(error)));
    return json.put("tracegram:leaf", event.cause());
  }

  private static String type(CustodyEvent event) {
    return switch (event.type()) {
      case RECEIVED, SHIPPED, SCRAPPED -> "ObjectEvent";
      case TRANSFORMED, SPLIT -> "TransformationEvent";
      case PACKED, UNPACKED -> "AggregationEvent";
      case ASSOCIATED, DISSOCIATED -> "AssociationEvent";
      case TRANSACTED -> "TransactionEvent";
    };
  }

  private void object(
      ObjectNode json, CustodyEvent event, String action, String step, String disposition) {
    lots(json, event, "epcList", "quantityList");
    json.put("action", action).put("bizStep", step).put("disposition", disposition);
  }

  private void children(ObjectNode json, CustodyEvent event, String action, String step) {
    json.put("parentID", uris.unit(event.detail().units().getFirst()));
    lots(json, List.of(), event.outputs(), "childEPCs", "childQuantityList");
    json.put("action", action).put("bizStep", step).put("disposition", "in_progress");
  }

  private void transaction(ObjectNode json, CustodyEvent event) {
    boolean ships = event.destination().isPresent();
    object(
        json, event, "ADD", ships ? "shipping" : "receiving", ships ? "in_transit" : "in_progress");
  }

  private ArrayNode list(BusinessTransaction transaction) {
    String type =
        switch (transaction.type()) {
          case PURCHASE_ORDER -> "po";
          case CONSIGNMENT, SHIPMENT -> "bol";
        };
    return Json.array()
        .add(Json.object().put("type", type).put("bizTransaction", uris.transaction(transaction)));
  }

  private ObjectNode sensor(Weighing weighing) {
    ObjectNode element = Json.object();
    element.set(
        "sensorMetadata",
        Json.object()
            .put("time", Json.time(weighing.measuredMillis()))
            .put("deviceID", uris.place("scale", weighing.scale())));
    element.set(
        "sensorReport",
        Json.array()
            .add(
                Json.object()
                    .put("type", "Mass")
                    .put("value", kilograms(weighing.mass()))
                    .put("uom", "KGM")));
    return element;
  }

  private static BigDecimal kilograms(Mass mass) {
    return BigDecimal.valueOf(mass.milligrams(), 6).stripTrailingZeros();
  }

  private void lots(ObjectNode json, CustodyEvent event, String items, String quantities) {
    lots(json, event.detail().units(), event.outputs(), items, quantities);
  }

  private void transformation(ObjectNode json, CustodyEvent event) {
    lots(json, List.of(), event.inputs(), "inputEPCList", "inputQuantityList");
    lots(json, List.of(), event.outputs(), "outputEPCList", "outputQuantityList");
    if (!event.order().isEmpty()) {
      json.put("transformationID", uris.place("order", event.order()));
    }
    json.put("bizStep", "commissioning").put("disposition", "active");
  }

  private static ObjectNode declaration(ErrorDeclaration error) {
    return Json.object()
        .put("declarationTime", Json.time(error.declaredMillis()))
        .put("reason", "incorrect_data");
  }

  private void parties(ObjectNode json, CustodyEvent event) {
    String here = uris.facility();
    switch (event.type()) {
      case RECEIVED -> json.set("destinationList", Json.array().add(party("destination", here)));
      case SHIPPED -> {
        json.set("sourceList", Json.array().add(party("source", here)));
        event
            .destination()
            .ifPresent(
                to ->
                    json.set(
                        "destinationList", Json.array().add(party("destination", uris.party(to)))));
      }
      case TRANSFORMED, SPLIT, SCRAPPED, PACKED, UNPACKED, ASSOCIATED, DISSOCIATED, TRANSACTED -> {
        // nothing changes hands
      }
    }
  }

  private static ObjectNode party(String role, String uri) {
    return Json.object().put("type", "location").put(role, uri);
  }

  private void lots(
      ObjectNode json,
      List<ContainerId> units,
      List<LotQuantity> lots,
      String items,
      String quantities) {
    ArrayNode epcs = Json.array();
    units.forEach(unit -> epcs.add(uris.unit(unit)));
    ArrayNode amounts = Json.array();
    for (LotQuantity lot : lots) {
      if (lot.lot().isSerialised()) {
        epcs.add(uris.lot(lot.lot()));
      } else {
        amounts.add(
            Json.object()
                .put("epcClass", uris.lot(lot.lot()))
                .put("quantity", kilograms(lot.mass()))
                .put("uom", "KGM"));
      }
    }
    if (!epcs.isEmpty()) {
      json.set(items, epcs);
    }
    if (!amounts.isEmpty()) {
      json.set(quantities, amounts);
    }
  }

  private String offset(long millis) {
    ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochMilli(millis));
    return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId().substring(0, 6);
  }

  /** Names an event by what caused it: the same UUID (RFC 9562 §5.5) whoever renders it. */
  private UUID id(CustodyEvent event) {
    String name = uris.event(event.cause(), event.detail().part());
    byte[] hash = sha1(URL_SPACE, name.getBytes(StandardCharsets.UTF_8));
    hash[6] = (byte) ((hash[6] & 0x0F) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3F) | 0x80);
    ByteBuffer bits = ByteBuffer.wrap(hash);
    return new UUID(bits.getLong(), bits.getLong());
  }

  private static byte[] sha1(UUID space, byte[] name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(space.getMostSignificantBits())
              .putLong(space.getLeastSignificantBits())
              .array());
      return digest.digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}
