package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import java.util.List;
import java.util.Optional;

/**
 * One facility as its integrator describes it. Immutable.
 *
 * @param facility id used in topics, leaves and the log's origin; {@code [a-z0-9-]{1,40}}
 * @param operator the operator's domain; the log's origin is {@code operator/facility}
 * @param timeZone IANA id; views and periods are local, the accounts are UTC
 * @param simulated true if the devices are simulators: shown on every page
 * @param agents ids of the agents that report for this facility
 * @param gridFactor location-based factor of the grid, per kWh
 * @param meters exactly one root with role {@link Meter.Role#GRID_IMPORT}
 */
public record PlantModel(
    String facility,
    String name,
    String operator,
    String timeZone,
    boolean simulated,
    List<String> agents,
    EmissionFactor gridFactor,
    List<Workstation> workstations,
    List<Meter> meters,
    List<String> scales,
    List<Scanner> scanners,
    List<Material> materials) {

  /** A place where lots are worked on. */
  public record Workstation(String id, String name) {}

  /**
   * An energy meter.
   *
   * @param parent the meter above it, empty for the root
   * @param workstation whose energy it counts, empty if shared
   * @param serial expected serial number, empty if not declared
   * @param accuracyClass in percent, as text, such as {@code 0.5}
   * @param maxPowerWatts plausibility bound, &gt; 0
   */
  public record Meter(
      String id,
      String name,
      Optional<String> parent,
      Role role,
      Optional<String> workstation,
      String profile,
      String serial,
      String accuracyClass,
      long maxPowerWatts) {
    /** What the meter counts; the ordinal is the wire form. */
    public enum Role {
      GRID_IMPORT,
      CONSUMPTION
    }
  }

  /**
   * A scanner, whose binding gives a scan its meaning.
   *
   * @param scale the scale whose next stable weight is the quantity
   * @param destination facility id or party to which a shipped lot goes
   */
  public record Scanner(
      String id,
      String workstation,
      Step step,
      Optional<String> scale,
      Optional<String> destination) {
    /** A step of custody; the ordinal is the wire form. */
    public enum Step {
      RECEIVE,
      INPUT,
      OUTPUT,
      SHIP
    }
  }

  /**
   * A material by its GTIN.
   *
   * @param secondaryFactor per kg, used for a received lot without a passport, and shown as such
   */
  public record Material(String gtin, String name, Optional<EmissionFactor> secondaryFactor) {}

  public PlantModel {
    agents = List.copyOf(agents);
    workstations = List.copyOf(workstations);
    meters = List.copyOf(meters);
    scales = List.copyOf(scales);
    scanners = List.copyOf(scanners);
    materials = List.copyOf(materials);
    if (meters.stream().filter(meter -> meter.parent().isEmpty()).count() != 1) {
      throw new IllegalArgumentException("a plant has exactly one meter without a parent");
    }
  }

  public String origin() {
    return operator + "/" + facility;
  }

  public Meter rootMeter() {
    return meters.stream().filter(meter -> meter.parent().isEmpty()).findFirst().orElseThrow();
  }

  public Optional<Meter> meter(String id) {
    return meters.stream().filter(meter -> meter.id().equals(id)).findFirst();
  }

  public Optional<Scanner> scanner(String id) {
    return scanners.stream().filter(scanner -> scanner.id().equals(id)).findFirst();
  }

  public Optional<Material> material(String gtin) {
    return materials.stream().filter(material -> material.gtin().equals(gtin)).findFirst();
  }
}
