package io.tracegram.ledger.plant;

import java.util.List;

/**
 * What few plants declare beside their {@link PlantModel}; immutable.
 *
 * @param cogeneration units that make heat and power of one fuel
 */
public record Additions(
    List<Cogeneration> cogeneration, Absorption absorption, FloorRules floor, FloorPlaces places) {
  public static final Additions NONE =
      new Additions(List.of(), Absorption.DEFAULT, FloorRules.NONE, FloorPlaces.NONE);

  public Additions {
    cogeneration = List.copyOf(cogeneration);
  }

  public Additions with(List<Cogeneration> units) {
    return new Additions(units, absorption, floor, places);
  }

  public Additions with(Absorption stated) {
    return new Additions(cogeneration, stated, floor, places);
  }

  public Additions with(FloorRules stated) {
    return new Additions(cogeneration, absorption, stated, places);
  }

  public Additions with(FloorPlaces stated) {
    return new Additions(cogeneration, absorption, floor, stated);
  }
}
