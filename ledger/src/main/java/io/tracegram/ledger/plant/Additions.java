package io.tracegram.ledger.plant;

import java.util.List;

/**
 * What few plants declare beside their {@link PlantModel}; immutable.
 *
 * @param cogeneration units that make heat and power of one fuel
 */
public record Additions(
    List<Cogeneration> cogeneration,
    Absorption absorption,
    FloorRules floor,
    Transport transport,
    Sharing sharing,
    Packaging packaging) {
  public static final Additions NONE =
      new Additions(
          List.of(),
          Absorption.DEFAULT,
          FloorRules.NONE,
          Transport.NONE,
          Sharing.NONE,
          Packaging.NONE);

  public Additions {
    cogeneration = List.copyOf(cogeneration);
  }

  public Additions with(List<Cogeneration> units) {
    return new Additions(units, absorption, floor, transport, sharing, packaging);
  }

  public Additions with(Absorption stated) {
    return new Additions(cogeneration, stated, floor, transport, sharing, packaging);
  }

  public Additions with(FloorRules stated) {
    return new Additions(cogeneration, absorption, stated, transport, sharing, packaging);
  }

  public Additions with(Transport stated) {
    return new Additions(cogeneration, absorption, floor, stated, sharing, packaging);
  }

  public Additions with(Sharing stated) {
    return new Additions(cogeneration, absorption, floor, transport, stated, packaging);
  }

  public Additions with(Packaging stated) {
    return new Additions(cogeneration, absorption, floor, transport, sharing, stated);
  }
}
