package io.tracegram.runtime.epcis;

import io.tracegram.ledger.custody.BusinessTransaction;
import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.plant.PlantModel;
import java.net.URI;
import java.util.Arrays;

/**
 * Names what one plant's events are about: GS1 keys as Digital Links, the plant's own things by
 * URIs below it. Immutable.
 */
final class PlantUris {
  private static final String DIGITAL_LINK = "https://id.gs1.org/";

  private final PlantModel plant;
  private final String home;
  private final String facility;

  PlantUris(PlantModel plant) {
    this.plant = plant;
    home = "https://" + plant.operator() + "/";
    facility = plant.facility();
  }

  String facility() {
    return location(facility);
  }

  /** Names the event of a leaf, and part 1 and on of it. */
  String event(long cause, int part) {
    return home + facility + "/log/" + cause + "/custody-event" + (part == 0 ? "" : "/" + part);
  }

  String location(String path) {
    return home + segments(path);
  }

  String place(String kind, String id) {
    return facility() + "/" + kind + "/" + segments(id);
  }

  /** A destination is a URI, or a name that means something to the operator of this plant. */
  String party(String destination) {
    return destination.matches("[a-z][a-z0-9+.-]*:[!-~]+") && isUri(destination)
        ? destination
        : place("party", destination);
  }

  private static boolean isUri(String text) {
    try {
      return URI.create(text).isAbsolute();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  String lot(LotId lot) {
    return LotClass.uri(plant, lot);
  }

  /** A tag of no GS1 key means something in this plant alone; EPCIS takes no raw EPC URN. */
  String unit(ContainerId unit) {
    return unit.isGs1()
        ? DIGITAL_LINK
            + unit.path().substring(0, unit.path().indexOf('/') + 1)
            + LotClass.encoded(unit.number())
        : place("tag", unit.path().substring(unit.path().indexOf(".x") + 2));
  }

  /** An order's number is its customer's: it means something together with the plant alone. */
  String transaction(BusinessTransaction transaction) {
    return switch (transaction.type()) {
      case PURCHASE_ORDER ->
          facility() + "/purchase-order/" + LotClass.encoded(transaction.number());
      case CONSIGNMENT, SHIPMENT ->
          DIGITAL_LINK
              + transaction.type().identifier()
              + "/"
              + LotClass.encoded(transaction.number());
    };
  }

  private static String segments(String path) {
    return String.join("/", Arrays.stream(path.split("/", -1)).map(LotClass::encoded).toList());
  }
}
