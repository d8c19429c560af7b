package io.tracegram.ledger.plant;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    Transport transport,
    Sharing sharing,
    PrimaryData primaryData,
    FloorPlaces places,
    CustodyModels custody,
    Packaging packaging) {
  public static final Additions NONE =
      new Additions(
          List.of(),
          Absorption.DEFAULT,
          FloorRules.NONE,
          List.of(),
          Transport.NONE,
          Sharing.NONE,
          PrimaryData.ACTIVITY,
          FloorPlaces.NONE,
          CustodyModels.NONE,
          Packaging.NONE);

  public Additions {
    cogeneration = List.copyOf(cogeneration);
    silos = List.copyOf(silos);
  }

  public Additions with(List<Cogeneration> stated) {
    return edited(edit -> edit.cogeneration = stated);
  }

  public Additions with(Absorption stated) {
    return edited(edit -> edit.absorption = stated);
  }

  public Additions with(FloorRules stated) {
    return edited(edit -> edit.floor = stated);
  }

  public Additions withSilos(List<Silo> stated) {
    return edited(edit -> edit.silos = stated);
  }

  public Additions with(Transport stated) {
    return edited(edit -> edit.transport = stated);
  }

  public Additions with(Sharing stated) {
    return edited(edit -> edit.sharing = stated);
  }

  public Additions with(PrimaryData stated) {
    return edited(edit -> edit.primaryData = stated);
  }

  public Additions with(FloorPlaces stated) {
    return edited(edit -> edit.places = stated);
  }

  public Additions with(CustodyModels stated) {
    return edited(edit -> edit.custody = stated);
  }

  public Additions with(Packaging stated) {
    return edited(edit -> edit.packaging = stated);
  }

  /** Returns the silo that a scanner fills or draws from. */
  public Optional<Silo> siloOf(String scanner) {
    return silos.stream().filter(silo -> silo.scanners().contains(scanner)).findFirst();
  }

  private Additions edited(Consumer<Edit> change) {
    Edit edit = new Edit(this);
    change.accept(edit);
    return edit.done();
  }

  /** A copy that is being changed. */
  private static final class Edit {
    private List<Cogeneration> cogeneration;
    private Absorption absorption;
    private FloorRules floor;
    private List<Silo> silos;
    private Transport transport;
    private Sharing sharing;
    private PrimaryData primaryData;
    private FloorPlaces places;
    private CustodyModels custody;
    private Packaging packaging;

    Edit(Additions from) {
      cogeneration = from.cogeneration;
      absorption = from.absorption;
      floor = from.floor;
      silos = from.silos;
      transport = from.transport;
      sharing = from.sharing;
      primaryData = from.primaryData;
      places = from.places;
      custody = from.custody;
      packaging = from.packaging;
    }

    Additions done() {
      return new Additions(
          cogeneration,
          absorption,
          floor,
          silos,
          transport,
          sharing,
          primaryData,
          places,
          custody,
          packaging);
    }
  }
}
