package io.tracegram.ledger.plant;

import java.util.List;
import java.util.Optional;

/**
 * What few plants declare beside their {@link PlantModel}; immutable.
 *
 * @param cogeneration units that make heat and power of one fuel
 */
public record Additions(
    List<Cogeneration> cogeneration,
    Absorption absorption,
    FloorRules floor,
    List<Silo> silos,
    PrimaryData primaryData) {
  public static final Additions NONE =
      new Additions(
          List.of(), Absorption.DEFAULT, FloorRules.NONE, List.of(), PrimaryData.ACTIVITY);

  public Additions {
    cogeneration = List.copyOf(cogeneration);
    silos = List.copyOf(silos);
  }

  public Additions with(List<Cogeneration> units) {
    return new Additions(units, absorption, floor, silos, primaryData);
  }

  public Additions with(Absorption stated) {
    return new Additions(cogeneration, stated, floor, silos, primaryData);
  }

  public Additions with(FloorRules stated) {
    return new Additions(cogeneration, absorption, stated, silos, primaryData);
  }

  public Additions withSilos(List<Silo> stated) {
    return new Additions(cogeneration, absorption, floor, stated, primaryData);
  }

  public Additions with(PrimaryData stated) {
    return new Additions(cogeneration, absorption, floor, silos, stated);
  }

  /** Returns the silo that a scanner fills or draws from. */
  public Optional<Silo> siloOf(String scanner) {
    return silos.stream().filter(silo -> silo.scanners().contains(scanner)).findFirst();
  }
}
