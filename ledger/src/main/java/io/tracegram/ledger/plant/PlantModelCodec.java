package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQualityCodec;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The one encoding of a plant model, as a {@code plant-model} leaf carries it. Stateless. */
public final class PlantModelCodec {
  static final int TEXT = 256;
  private static final int ITEMS = 1_000;
  private static final int FACTOR_ITEMS = 9;

  /** Items of a model as the first edition wrote it: electricity only, one factor. */
  private static final int FIRST_EDITION = 12;

  private static final int ITEMS_OF_MODEL = 13;

  /** What few plants have comes last, see {@link AdditionsCodec}. */
  private static final int WITH_ADDITIONS = 14;

  private static final long MAX_GAP = 400L * 24 * 3_600_000L;

  private PlantModelCodec() {}

  public static byte[] encode(PlantModel plant) {
    boolean additions = !plant.additions().equals(Additions.NONE);
    CborWriter out = new CborWriter().array(additions ? WITH_ADDITIONS : ITEMS_OF_MODEL);
    out.text(plant.facility()).text(plant.name()).text(plant.operator()).text(plant.timeZone());
    out.integer(plant.simulated() ? 1 : 0);
    list(out, plant.agents(), CborWriter::text);
    grid(out, plant.grid());
    list(out, plant.carriers(), PlantModelCodec::carrier);
    list(
        out,
        plant.workstations(),
        (writer, station) -> writer.array(2).text(station.id()).text(station.name()));
    list(out, plant.meters(), PlantModelCodec::meter);
    list(out, plant.scales(), CborWriter::text);
    list(out, plant.scanners(), PlantModelCodec::scanner);
    list(out, plant.materials(), PlantModelCodec::material);
    if (additions) {
      AdditionsCodec.write(out, plant.additions());
    }
    return out.toByteArray();
  }

  /**
   * Reads a model strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static PlantModel decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    int items = in.array(WITH_ADDITIONS);
    if (items < FIRST_EDITION) {
      throw new MalformedException("a plant model has 12 to 14 items", in.position());
    }
    boolean first = items == FIRST_EDITION;
    PlantModel plant;
    try {
      plant =
          new PlantModel(
              in.text(TEXT),
              in.text(TEXT),
              in.text(TEXT),
              in.text(TEXT),
              in.integer(0, 1) == 1,
              list(in, reader -> reader.text(TEXT)),
              first ? PlantModel.Grid.of(factor(in)) : grid(in),
              first ? List.of() : list(in, PlantModelCodec::carrier),
              list(in, PlantModelCodec::workstation),
              list(in, reader -> meter(reader, first)),
              list(in, reader -> reader.text(TEXT)),
              list(in, PlantModelCodec::scanner),
              list(in, PlantModelCodec::material),
              items == WITH_ADDITIONS ? AdditionsCodec.read(in) : Additions.NONE);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException("plant model: " + e.getMessage(), in.position());
    }
    in.end();
    return plant;
  }

  private static void grid(CborWriter out, PlantModel.Grid grid) {
    out.array(6);
    optionalFactor(out, grid.factor());
    out.text(grid.intensity());
    optionalFactor(out, grid.residualMix());
    optionalFactor(out, grid.upstream());
    optionalFactor(out, grid.ownGeneration());
    out.integer(grid.certificatesSold() ? 1 : 0);
  }

  private static PlantModel.Grid grid(CborReader in) {
    in.arrayOf(6);
    return new PlantModel.Grid(
        optionalFactor(in),
        in.text(TEXT),
        optionalFactor(in),
        optionalFactor(in),
        optionalFactor(in),
        in.integer(0, 1) == 1);
  }

  private static void carrier(CborWriter out, PlantModel.Carrier carrier) {
    out.array(6).text(carrier.id()).text(carrier.name()).integer(carrier.kind().ordinal());
    factor(out, carrier.factor());
    optionalFactor(out, carrier.upstream());
    optionalFactor(out, carrier.biogenic());
  }

  private static PlantModel.Carrier carrier(CborReader in) {
    in.arrayOf(6);
    return new PlantModel.Carrier(
        in.text(TEXT),
        in.text(TEXT),
        PlantModel.Carrier.Kind.values()[(int) in.integer(0, 2)],
        factor(in),
        optionalFactor(in),
        optionalFactor(in));
  }

  private static void optionalFactor(CborWriter out, Optional<EmissionFactor> factor) {
    list(out, factor.stream().toList(), PlantModelCodec::factor);
  }

  private static Optional<EmissionFactor> optionalFactor(CborReader in) {
    List<EmissionFactor> factors = list(in, PlantModelCodec::factor);
    if (factors.size() > 1) {
      throw new MalformedException("more than one factor", in.position());
    }
    return factors.stream().findFirst();
  }

  static void factor(CborWriter out, EmissionFactor factor) {
    out.array(FACTOR_ITEMS + FactorQualityCodec.items(factor.quality()))
        .text(factor.id())
        .integer(factor.kgPerUnit().unscaledValue().longValueExact())
        .integer(factor.kgPerUnit().scale())
        .integer(factor.unit().ordinal())
        .text(factor.edition())
        .text(factor.boundary())
        .text(factor.gwpSet())
        .text(factor.source())
        .text(factor.licence());
    FactorQualityCodec.write(out, factor.quality());
  }

  static EmissionFactor factor(CborReader in) {
    int items = in.array(14);
    String id = in.text(TEXT);
    BigDecimal value = decimal(in);
    return new EmissionFactor(
        id,
        value,
        EmissionFactor.Unit.values()[(int) in.integer(0, EmissionFactor.Unit.values().length - 1)],
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        FactorQualityCodec.read(in, items - FACTOR_ITEMS));
  }

  private static BigDecimal decimal(CborReader in) {
    return BigDecimal.valueOf(in.integer(), (int) in.integer(-18, 18));
  }

  private static void meter(CborWriter out, PlantModel.Meter meter) {
    out.array(12).text(meter.id()).text(meter.name());
    optional(out, meter.parent());
    out.integer(meter.role().ordinal());
    optional(out, meter.workstation());
    out.text(meter.profile())
        .text(meter.serial())
        .text(meter.accuracyClass())
        .integer(meter.maxPowerWatts())
        .text(meter.carrier())
        .integer(meter.maxGapMillis())
        .integer(meter.modulus().orElse(0));
  }

  private static PlantModel.Meter meter(CborReader in, boolean first) {
    in.arrayOf(first ? 9 : 12);
    return new PlantModel.Meter(
        in.text(TEXT),
        in.text(TEXT),
        optional(in),
        PlantModel.Meter.Role.values()[(int) in.integer(0, first ? 1 : 4)],
        optional(in),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.integer(1, Long.MAX_VALUE / 1_000_000),
        first ? PlantModel.Meter.ELECTRICITY : in.text(TEXT),
        first ? PlantModel.Meter.DEFAULT_MAX_GAP_MILLIS : in.integer(1, MAX_GAP),
        first ? OptionalLong.empty() : modulus(in.integer(0, Long.MAX_VALUE)));
  }

  private static OptionalLong modulus(long wire) {
    return wire == 0 ? OptionalLong.empty() : OptionalLong.of(wire);
  }

  private static PlantModel.Workstation workstation(CborReader in) {
    in.arrayOf(2);
    return new PlantModel.Workstation(in.text(TEXT), in.text(TEXT));
  }

  static void scanner(CborWriter out, PlantModel.Scanner scanner) {
    out.array(5).text(scanner.id()).text(scanner.workstation()).integer(scanner.step().number());
    optional(out, scanner.scale());
    optional(out, scanner.destination());
  }

  static PlantModel.Scanner scanner(CborReader in) {
    in.arrayOf(5);
    return new PlantModel.Scanner(
        in.text(TEXT), in.text(TEXT), step(in), optional(in), optional(in));
  }

  private static PlantModel.Scanner.Step step(CborReader in) {
    long number = in.integer();
    return PlantModel.Scanner.Step.of(number)
        .orElseThrow(() -> new MalformedException("no step " + number, in.position()));
  }

  private static void material(CborWriter out, PlantModel.Material material) {
    out.array(3).text(material.gtin()).text(material.name());
    optionalFactor(out, material.secondaryFactor());
  }

  private static PlantModel.Material material(CborReader in) {
    in.arrayOf(3);
    String gtin = in.text(TEXT);
    String name = in.text(TEXT);
    return new PlantModel.Material(gtin, name, optionalFactor(in));
  }

  private static void optional(CborWriter out, Optional<String> text) {
    out.text(text.orElse(""));
  }

  private static Optional<String> optional(CborReader in) {
    return Optional.of(in.text(TEXT)).filter(text -> !text.isEmpty());
  }

  static <T> void list(CborWriter out, List<T> items, BiConsumer<CborWriter, T> write) {
    out.array(items.size());
    items.forEach(item -> write.accept(out, item));
  }

  static <T> List<T> list(CborReader in, Function<CborReader, T> read) {
    int count = in.array(ITEMS);
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(read.apply(in));
    }
    return items;
  }
}
