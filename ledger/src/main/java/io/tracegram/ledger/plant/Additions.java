package io.tracegram.ledger.plant;

import java.util.List;

/**
 * What few plants declare beside their {@link PlantModel}; immutable.
 *
 * @param cogeneration units that make heat and power of one fuel
 * @param custody how material is kept apart of which something is claimed
 */
public record Additions(
    List<Cogeneration> cogeneration,
    Absorption absorption,
    FloorRules floor,
    CustodyModels custody) {
  public static final Additions NONE =
      new Additions(List.of(), Absorption.DEFAULT, FloorRules.NONE, CustodyModels.NONE);

  public Additions {
    cogeneration = List.copyOf(cogeneration);
  }

  public Additions with(List<Cogeneration> units) {
    return new Additions(units, absorption, floor, custody);
  }

  public Additions with(Absorption stated) {
    return new Additions(cogeneration, stated, floor, custody);
  }

  public Additions with(FloorRules stated) {
    return new Additions(cogeneration, absorption, stated, custody);
  }

  public Additions with(CustodyModels stated) {
    return new Additions(cogeneration, absorption, floor, stated);
  }
}
