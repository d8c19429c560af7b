package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.HeatAndPower;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
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
  private static final int LOCATION = 11;
  private static final int WALKS = 13;

  /** The highest number: raise it with each addition. */
  private static final int LAST = WALKS;

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
    additions.location().ifPresent(place -> stated.put(LOCATION, to -> location(to, place)));
    if (!additions.walks().isEmpty()) {
      stated.put(WALKS, to -> PlantModelCodec.list(to, additions.walks(), AdditionsCodec::walk));
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
            case LOCATION -> additions.with(location(in));
            case WALKS -> additions.withWalks(PlantModelCodec.list(in, AdditionsCodec::walk));
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
}
