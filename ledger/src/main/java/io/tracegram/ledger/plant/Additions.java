package io.tracegram.ledger.plant;

import java.util.List;
import java.util.Optional;

/**
 * What few plants declare beside their {@link PlantModel}; immutable.
 *
 * @param cogeneration units that make heat and power of one fuel
 * @param location where the facility stands, if it says so
 * @param walks least times to workstations, each workstation once
 */
public record Additions(
    List<Cogeneration> cogeneration,
    Absorption absorption,
    FloorRules floor,
    Optional<FacilityLocation> location,
    List<Walk> walks) {
  public static final Additions NONE =
      new Additions(List.of(), Absorption.DEFAULT, FloorRules.NONE, Optional.empty(), List.of());

  public Additions {
    cogeneration = List.copyOf(cogeneration);
    walks = List.copyOf(walks);
    if (walks.stream().map(Walk::workstation).distinct().count() < walks.size()) {
      throw new IllegalArgumentException("a workstation has two walks");
    }
  }

  public Additions with(List<Cogeneration> units) {
    return new Additions(units, absorption, floor, location, walks);
  }

  public Additions with(Absorption stated) {
    return new Additions(cogeneration, stated, floor, location, walks);
  }

  public Additions with(FloorRules stated) {
    return new Additions(cogeneration, absorption, stated, location, walks);
  }

  public Additions with(FacilityLocation stated) {
    return new Additions(cogeneration, absorption, floor, Optional.of(stated), walks);
  }

  public Additions withWalks(List<Walk> stated) {
    return new Additions(cogeneration, absorption, floor, location, stated);
  }

  /** Returns the least time in which goods get from one of two workstations to the other, s. */
  public int walkSeconds(String from, String to) {
    return Math.max(walkSeconds(from), walkSeconds(to));
  }

  private int walkSeconds(String workstation) {
    return walks.stream()
        .filter(walk -> walk.workstation().equals(workstation))
        .mapToInt(Walk::seconds)
        .findFirst()
        .orElse(Walk.DEFAULT_SECONDS);
  }
}
