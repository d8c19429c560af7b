package io.tracegram.ledger.plant;

import io.tracegram.ledger.plant.PlantModel.Scanner;
import java.util.List;

/**
 * Where tags are read, and how much the floor's events tell; immutable.
 *
 * @param portals readers of tags, bound to a workstation and a step as scanners are, without a
 *     scale
 * @param detailed whether events tell their weighings, and labels with an order's or a shipment's
 *     number open business transactions
 */
public record FloorPlaces(List<Scanner> portals, boolean detailed) {
  public static final FloorPlaces NONE = new FloorPlaces(List.of(), false);

  public FloorPlaces {
    portals = List.copyOf(portals);
    if (portals.stream().anyMatch(portal -> portal.scale().isPresent())) {
      throw new IllegalArgumentException("a portal has no scale");
    }
    if (portals.stream().anyMatch(portal -> portal.step().isOfSilo())) {
      throw new IllegalArgumentException("a portal fills no silo and draws from none");
    }
  }
}
