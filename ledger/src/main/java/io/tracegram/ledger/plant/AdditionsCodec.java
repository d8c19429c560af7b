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
  private static final int PLACES = 9;

  /** The highest number: raise it with each addition. */
  private static final int LAST = PLACES;

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
    if (!additions.places().equals(FloorPlaces.NONE)) {
      stated.put(PLACES, to -> places(to, additions.places()));
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
            case PLACES -> additions.with(places(in));
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
