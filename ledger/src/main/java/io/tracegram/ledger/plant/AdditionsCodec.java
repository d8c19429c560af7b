package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.ClaimCodec;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Encodes additions as {@code [number, content]} each, by rising number, without those that say
 * what holds anyway. Stateless.
 */
final class AdditionsCodec {
  private static final int COGENERATION = 1;
  private static final int ABSORPTION = 2;

  private static final int FLOOR = 4;
  private static final int SILOS = 5;
  private static final int TRANSPORT = 6;
  private static final int SHARING = 7;
  private static final int PRIMARY_DATA = 8;
  private static final int PLACES = 9;
  private static final int CUSTODY = 10;
  private static final int LOCATION = 11;
  private static final int PACKAGING = 12;
  private static final int WALKS = 13;
  private static final int SUPPLIERS = 14;

  /** The highest number: raise it with each addition. */
  private static final int LAST = SUPPLIERS;

  private AdditionsCodec() {}

  static void write(CborWriter out, Additions additions) {
    SortedMap<Integer, Consumer<CborWriter>> stated = new TreeMap<>();
    if (!additions.cogeneration().isEmpty()) {
      stated.put(
          COGENERATION,
          to -> PlantModelCodec.list(to, additions.cogeneration(), AdditionsCodec::cogeneration));
    }
    if (!additions.absorption().equals(Absorption.DEFAULT)) {
      stated.put(ABSORPTION, to -> absorption(to, additions.absorption()));
    }
    if (!additions.floor().equals(FloorRules.NONE)) {
      stated.put(FLOOR, to -> FloorRulesCodec.write(to, additions.floor()));
    }
    if (!additions.transport().equals(Transport.NONE)) {
      stated.put(TRANSPORT, to -> ShippingCodec.transport(to, additions.transport()));
    }
    if (!additions.sharing().equals(Sharing.NONE)) {
      stated.put(SHARING, to -> SharingCodec.write(to, additions.sharing()));
    }
    if (!additions.packaging().equals(Packaging.NONE)) {
      stated.put(PACKAGING, to -> ShippingCodec.packaging(to, additions.packaging()));
    }
    if (!additions.silos().isEmpty()) {
      stated.put(SILOS, to -> PlantModelCodec.list(to, additions.silos(), AdditionsCodec::silo));
    }
    if (additions.primaryData() != PrimaryData.ACTIVITY) {
      stated.put(PRIMARY_DATA, to -> to.integer(additions.primaryData().ordinal()));
    }
    if (!additions.custody().equals(CustodyModels.NONE)) {
      stated.put(CUSTODY, to -> custody(to, additions.custody()));
    }
    if (!additions.places().equals(FloorPlaces.NONE)) {
      stated.put(PLACES, to -> places(to, additions.places()));
    }
    additions.location().ifPresent(place -> stated.put(LOCATION, to -> location(to, place)));
    if (!additions.walks().isEmpty()) {
      stated.put(WALKS, to -> PlantModelCodec.list(to, additions.walks(), AdditionsCodec::walk));
    }
    if (!additions.suppliers().isEmpty()) {
      stated.put(
          SUPPLIERS, to -> PlantModelCodec.list(to, additions.suppliers(), SupplierCodec::write));
    }
    out.array(stated.size());
    stated.forEach((number, content) -> content.accept(out.array(2).integer(number)));
  }

  static Additions read(CborReader in) {
    int count = in.array(LAST);
    if (count == 0) {
      throw new MalformedException("the list of additions is not empty", in.position());
    }
    Additions additions = Additions.NONE;
    long before = 0;
    for (int i = 0; i < count; i++) {
      in.arrayOf(2);
      long number = in.integer(before + 1, LAST);
      Additions more =
          switch ((int) number) {
            case COGENERATION ->
                additions.with(PlantModelCodec.list(in, AdditionsCodec::cogeneration));
            case ABSORPTION -> additions.with(absorption(in));
            case FLOOR -> additions.with(FloorRulesCodec.read(in));
            case SILOS -> additions.withSilos(PlantModelCodec.list(in, AdditionsCodec::silo));
            case PRIMARY_DATA -> additions.with(PrimaryData.values()[(int) in.integer(0, 1)]);
            case TRANSPORT -> additions.with(ShippingCodec.transport(in));
            case SHARING -> additions.with(SharingCodec.read(in));
            case PACKAGING -> additions.with(ShippingCodec.packaging(in));
            case CUSTODY -> additions.with(custody(in));
            case PLACES -> additions.with(places(in));
            case LOCATION -> additions.with(location(in));
            case WALKS -> additions.withWalks(PlantModelCodec.list(in, AdditionsCodec::walk));
            case SUPPLIERS ->
                additions.withSuppliers(PlantModelCodec.list(in, SupplierCodec::read));
            default -> additions;
          };
      if (more.equals(additions)) {
        throw new MalformedException(
            "an addition is not empty: it says what holds anyway", in.position());
      }
      additions = more;
      before = number;
    }
    return additions;
  }

  private static void cogeneration(CborWriter out, Cogeneration unit) {
    out.array(6)
        .text(unit.id())
        .text(unit.fuel())
        .text(unit.heat())
        .text(unit.power())
        .integer(unit.method().powerPerMille())
        .integer(unit.method().heatPerMille());
  }

  private static Cogeneration cogeneration(CborReader in) {
    in.arrayOf(6);
    return new Cogeneration(
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        HeatAndPower.of((int) in.integer(1, 1_000), (int) in.integer(1, 1_000)));
  }

  private static void places(CborWriter out, FloorPlaces places) {
    out.array(2);
    PlantModelCodec.list(out, places.portals(), PlantModelCodec::scanner);
    out.integer(places.detailed() ? 1 : 0);
  }

  private static FloorPlaces places(CborReader in) {
    in.arrayOf(2);
    return new FloorPlaces(
        PlantModelCodec.list(in, PlantModelCodec::scanner), in.integer(0, 1) == 1);
  }

  private static void location(CborWriter out, FacilityLocation place) {
    out.array(2).integer(place.latitude()).integer(place.longitude());
  }

  private static FacilityLocation location(CborReader in) {
    in.arrayOf(2);
    return new FacilityLocation(
        (int) in.integer(-FacilityLocation.MOST_LATITUDE, FacilityLocation.MOST_LATITUDE),
        (int) in.integer(-FacilityLocation.MOST_LONGITUDE, FacilityLocation.MOST_LONGITUDE));
  }

  private static void walk(CborWriter out, Walk walk) {
    out.array(2).text(walk.workstation()).integer(walk.seconds());
  }

  private static Walk walk(CborReader in) {
    in.arrayOf(2);
    return new Walk(in.text(PlantModelCodec.TEXT), (int) in.integer(1, Walk.MOST_SECONDS));
  }

  private static void absorption(CborWriter out, Absorption absorption) {
    out.array(2).integer(absorption.policy().ordinal()).integer(absorption.key().ordinal());
  }

  private static Absorption absorption(CborReader in) {
    in.arrayOf(2);
    return new Absorption(
        Absorption.Policy.values()[(int) in.integer(0, 2)],
        Absorption.Key.values()[(int) in.integer(0, 2)]);
  }

  private static void silo(CborWriter out, Silo silo) {
    out.array(7).text(silo.id()).text(silo.name()).text(silo.gtin()).text(silo.workstation());
    PlantModelCodec.list(out, silo.accepts(), CborWriter::text);
    out.integer(silo.capacity().map(Mass::milligrams).orElse(0L));
    PlantModelCodec.list(out, silo.scanners(), CborWriter::text);
  }

  private static Silo silo(CborReader in) {
    in.arrayOf(7);
    return new Silo(
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        PlantModelCodec.list(in, AdditionsCodec::text),
        Optional.of(in.integer(0, Long.MAX_VALUE)).filter(mass -> mass > 0).map(Mass::new),
        PlantModelCodec.list(in, AdditionsCodec::text));
  }

  private static String text(CborReader in) {
    return in.text(PlantModelCodec.TEXT);
  }

  private static void custody(CborWriter out, CustodyModels models) {
    out.array(2);
    PlantModelCodec.list(
        out, models.site().stream().toList(), (to, model) -> to.integer(model.ordinal()));
    PlantModelCodec.list(
        out,
        models.materials(),
        (to, material) -> to.array(2).text(material.gtin()).integer(material.model().ordinal()));
  }

  private static CustodyModels custody(CborReader in) {
    in.arrayOf(2);
    List<CustodyModel> site = PlantModelCodec.list(in, ClaimCodec::model);
    if (site.size() > 1) {
      throw new MalformedException("a site has one custody model", in.position());
    }
    return new CustodyModels(
        site.stream().findFirst(),
        PlantModelCodec.list(
            in,
            reader -> {
              reader.arrayOf(2);
              return new CustodyModels.OfMaterial(
                  reader.text(PlantModelCodec.TEXT), ClaimCodec.model(reader));
            }));
  }
}
