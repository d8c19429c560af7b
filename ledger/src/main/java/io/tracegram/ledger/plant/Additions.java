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
    Optional<FacilityLocation> location,
    Packaging packaging,
    List<Walk> walks,
    List<Supplier> suppliers) {
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
          Optional.empty(),
          Packaging.NONE,
          List.of(),
          List.of());

  public Additions {
    cogeneration = List.copyOf(cogeneration);
    silos = List.copyOf(silos);
    walks = List.copyOf(walks);
    suppliers = List.copyOf(suppliers);
    if (walks.stream().map(Walk::workstation).distinct().count() < walks.size()) {
      throw new IllegalArgumentException("a workstation has two walks");
    }
    if (suppliers.stream().map(Supplier::name).distinct().count() < suppliers.size()) {
      throw new IllegalArgumentException("two suppliers have one name");
    }
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

  public Additions with(FacilityLocation stated) {
    return edited(edit -> edit.location = Optional.of(stated));
  }

  public Additions with(Packaging stated) {
    return edited(edit -> edit.packaging = stated);
  }

  public Additions withWalks(List<Walk> stated) {
    return edited(edit -> edit.walks = stated);
  }

  public Additions withSuppliers(List<Supplier> stated) {
    return edited(edit -> edit.suppliers = stated);
  }

  /** Returns the supplier that documents name so. */
  public Optional<Supplier> supplier(String name) {
    return suppliers.stream().filter(supplier -> supplier.name().equals(name)).findFirst();
  }

  /** Returns the silo that a scanner fills or draws from. */
  public Optional<Silo> siloOf(String scanner) {
    return silos.stream().filter(silo -> silo.scanners().contains(scanner)).findFirst();
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
    private Optional<FacilityLocation> location;
    private Packaging packaging;
    private List<Walk> walks;
    private List<Supplier> suppliers;

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
      location = from.location;
      packaging = from.packaging;
      walks = from.walks;
      suppliers = from.suppliers;
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
          location,
          packaging,
          walks,
          suppliers);
    }
  }
}
