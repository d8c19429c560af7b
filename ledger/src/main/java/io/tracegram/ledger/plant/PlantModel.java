package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One facility as its integrator describes it. Immutable.
 *
 * @param facility id used in topics, leaves and the log's origin; {@code [a-z0-9-]{1,40}}
 * @param operator the operator's domain; the log's origin is {@code operator/facility}
 * @param timeZone IANA id; views and periods are local, the accounts are UTC
 * @param simulated true if the devices are simulators: shown on every page
 * @param agents ids of the agents that report for this facility
 * @param grid how the electricity is priced
 * @param carriers of energy other than electricity
 * @param meters at least one with role {@link Meter.Role#GRID_IMPORT}; what a carrier's sources
 *     supply is spread over its consumption meters, those without a parent, or with a source as
 *     their parent, first
 */
public record PlantModel(
    String facility,
    String name,
    String operator,
    String timeZone,
    boolean simulated,
    List<String> agents,
    Grid grid,
    List<Carrier> carriers,
    List<Workstation> workstations,
    List<Meter> meters,
    List<String> scales,
    List<Scanner> scanners,
    List<Material> materials,
    Additions additions) {

  /** A place where lots are worked on. */
  public record Workstation(String id, String name) {}

  /**
   * How electricity is priced, by basis. What is not declared is not accounted, or unknown.
   *
   * @param factor location-based average of a year, per kWh: {@code LB_ANNUAL}
   * @param intensity id of the series of the same grid by the slot: {@code LB_HOURLY}
   * @param residualMix what no instrument covers, per kWh: {@code MB_ANNUAL}, {@code MB_HOURLY}
   * @param upstream added for {@code PCF_LIFECYCLE} where {@code factor} is of generation alone:
   *     well-to-tank, transmission losses
   * @param ownGeneration life-cycle factor of the plant's own generation, per kWh
   * @param certificatesSold true if its certificates are sold: then it counts as purchased in the
   *     market-based bases
   */
  public record Grid(
      Optional<EmissionFactor> factor,
      String intensity,
      Optional<EmissionFactor> residualMix,
      Optional<EmissionFactor> upstream,
      Optional<EmissionFactor> ownGeneration,
      boolean certificatesSold) {
    /** The id of the series that prices a plant which names none. */
    public static final String DEFAULT_INTENSITY = "grid";

    public static Grid of(EmissionFactor factor) {
      return new Grid(
          Optional.of(factor),
          DEFAULT_INTENSITY,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);
    }
  }

  /**
   * A carrier of energy other than electricity, or a gas that escapes; its meters and entries count
   * millionths of the factor's unit.
   *
   * @param upstream added for {@code PCF_LIFECYCLE}
   * @param biogenic kg of biogenic CO2 per unit, outside the scopes
   */
  public record Carrier(
      String id,
      String name,
      Kind kind,
      EmissionFactor factor,
      Optional<EmissionFactor> upstream,
      Optional<EmissionFactor> biogenic) {
    /** What it is; the ordinal is the wire form. */
    public enum Kind {
      /** Burned here: scope 1. */
      FUEL,
      /** Heat, steam or cooling that is bought: scope 2. */
      HEAT,
      /** Escapes here: scope 1. */
      REFRIGERANT
    }
  }

  /**
   * An energy meter.
   *
   * @param parent the meter above it, empty for a source and for what hangs below the site itself
   * @param workstation whose energy it counts, empty if shared
   * @param serial expected serial number, empty if not declared
   * @param accuracyClass in percent, as text, such as {@code 0.5}
   * @param maxPowerWatts plausibility bound, &gt; 0; for other carriers, thousandths of the unit
   *     per hour
   * @param carrier id of the carrier it counts
   * @param maxGapMillis longest time between two readings that counts as measured, &gt; 0
   * @param modulus where the register begins again at 0, mWh, &gt; 0
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
      long maxPowerWatts,
      String carrier,
      long maxGapMillis,
      OptionalLong modulus) {
    /** The carrier that needs no declaration. */
    public static final String ELECTRICITY = "electricity";

    /** The profile of a meter that no device answers for: its readings come from files. */
    public static final String IMPORTED = "imported";

    public static final long DEFAULT_MAX_GAP_MILLIS = 15 * 60 * 1_000L;

    /** What the meter counts; the ordinal is the wire form. */
    public enum Role {
      /** Electricity bought, and by its export register sold. */
      GRID_IMPORT,
      /** Used below the meter. */
      CONSUMPTION,
      /** Made by the plant's own sun, wind or engine. */
      GENERATION,
      /** A battery: charged by the import register, discharged by the export register. */
      STORAGE,
      /** Another carrier that comes from outside: gas, district heat, a log of refills. */
      SUPPLY;

      /** Says whether it brings energy in rather than uses it. */
      public boolean isSource() {
        return this != CONSUMPTION;
      }
    }

    /** A meter of electricity that is read at least every quarter of an hour. */
    public Meter(
        String id,
        String name,
        Optional<String> parent,
        Role role,
        Optional<String> workstation,
        String profile,
        String serial,
        String accuracyClass,
        long maxPowerWatts) {
      this(
          id,
          name,
          parent,
          role,
          workstation,
          profile,
          serial,
          accuracyClass,
          maxPowerWatts,
          ELECTRICITY,
          DEFAULT_MAX_GAP_MILLIS,
          OptionalLong.empty());
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
    /** A step of custody, by its number on the wire. */
    public enum Step {
      RECEIVE(0),
      INPUT(1),
      OUTPUT(2),
      SHIP(3),
      /** Lots are put into a logistic unit, or bound to a returnable one. */
      PACK(4),
      /** And taken out, or loosened. */
      UNPACK(5),
      /** A lot, or a part of it, is no longer good. */
      SCRAP(6),
      /** The lot is poured into a silo. */
      FILL(7),
      /** A new lot is drawn from a silo. */
      DRAW(8);

      private final int number;

      Step(int number) {
        this.number = number;
      }

      public int number() {
        return number;
      }

      /** Returns the step of a number; empty if there is none. */
      static Optional<Step> of(long number) {
        return Arrays.stream(values()).filter(step -> step.number == number).findFirst();
      }

      /** Says whether it fills a silo or draws from one. */
      public boolean isOfSilo() {
        return this == FILL || this == DRAW;
      }
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
    carriers = List.copyOf(carriers);
    if (meters.stream().noneMatch(meter -> meter.role() == Meter.Role.GRID_IMPORT)) {
      throw new IllegalArgumentException("a plant has a meter at its grid connection");
    }
    if (meters.stream().anyMatch(meter -> meter.role().isSource() && meter.parent().isPresent())) {
      throw new IllegalArgumentException("a source is not below another meter");
    }
    Cogeneration.require(carriers, meters, additions.cogeneration());
    Silo.require(scanners, materials, additions.silos());
  }

  /** A plant that uses electricity only, priced by one factor. */
  public PlantModel(
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
    this(
        facility,
        name,
        operator,
        timeZone,
        simulated,
        agents,
        Grid.of(gridFactor),
        List.of(),
        workstations,
        meters,
        scales,
        scanners,
        materials,
        Additions.NONE);
  }

  /** Returns the same plant with something else declared beside it. */
  public PlantModel with(Additions stated) {
    return new PlantModel(
        facility,
        name,
        operator,
        timeZone,
        simulated,
        agents,
        grid,
        carriers,
        workstations,
        meters,
        scales,
        scanners,
        materials,
        stated);
  }

  /** Returns the same plant with its electricity priced in another way. */
  public PlantModel with(Grid priced) {
    return new PlantModel(
        facility,
        name,
        operator,
        timeZone,
        simulated,
        agents,
        priced,
        carriers,
        workstations,
        meters,
        scales,
        scanners,
        materials,
        additions);
  }

  /** Says whether agents report anything that the accounts rest on, or all comes from files. */
  public boolean isLive() {
    return !scales.isEmpty()
        || !scanners.isEmpty()
        || !additions.places().portals().isEmpty()
        || meters.stream().anyMatch(meter -> !meter.profile().equals(Meter.IMPORTED));
  }

  public List<Cogeneration> cogeneration() {
    return additions.cogeneration();
  }

  public String origin() {
    return operator + "/" + facility;
  }

  /** Returns the meter at the grid connection, the first if there are several. */
  public Meter gridMeter() {
    return meters.stream()
        .filter(meter -> meter.role() == Meter.Role.GRID_IMPORT)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns the meters by which a carrier comes in to be used as it is, in their order: not those
   * of the fuel of {@link #cogeneration}.
   */
  public Stream<Meter> sources(String carrier) {
    return meters.stream()
        .filter(meter -> meter.role().isSource() && meter.carrier().equals(carrier))
        .filter(meter -> cogeneration().stream().noneMatch(unit -> unit.fuel().equals(meter.id())));
  }

  /** Returns the carriers that are metered, electricity first. */
  public List<String> meteredCarriers() {
    return Stream.concat(
            Stream.of(Meter.ELECTRICITY),
            carriers.stream()
                .map(Carrier::id)
                .filter(id -> meters.stream().anyMatch(meter -> meter.carrier().equals(id))))
        .toList();
  }

  public Optional<Carrier> carrier(String id) {
    return carriers.stream().filter(carrier -> carrier.id().equals(id)).findFirst();
  }

  public Optional<Meter> meter(String id) {
    return meters.stream().filter(meter -> meter.id().equals(id)).findFirst();
  }

  public Optional<Scanner> scanner(String id) {
    return scanners.stream().filter(scanner -> scanner.id().equals(id)).findFirst();
  }

  public Optional<Scanner> portal(String id) {
    return additions.places().portals().stream()
        .filter(portal -> portal.id().equals(id))
        .findFirst();
  }

  /**
   * Returns the sets of global warming potentials by which what its energy emits is counted, such
   * as {@code AR5}, ascending.
   */
  public SortedSet<String> gwpSets() {
    return Stream.concat(grid.factor().stream(), carriers.stream().map(carrier -> carrier.factor()))
        .map(EmissionFactor::gwpSet)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public Optional<Material> material(String gtin) {
    return materials.stream().filter(material -> material.gtin().equals(gtin)).findFirst();
  }
}
