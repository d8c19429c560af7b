package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The one encoding of a plant model, as a {@code plant-model} leaf carries it. Stateless. */
public final class PlantModelCodec {
  private static final int TEXT = 256;
  private static final int ITEMS = 1_000;

  private PlantModelCodec() {}

  public static byte[] encode(PlantModel plant) {
    CborWriter out = new CborWriter().array(12);
    out.text(plant.facility()).text(plant.name()).text(plant.operator()).text(plant.timeZone());
    out.integer(plant.simulated() ? 1 : 0);
    list(out, plant.agents(), CborWriter::text);
    factor(out, plant.gridFactor());
    list(
        out,
        plant.workstations(),
        (writer, station) -> writer.array(2).text(station.id()).text(station.name()));
    list(out, plant.meters(), PlantModelCodec::meter);
    list(out, plant.scales(), CborWriter::text);
    list(out, plant.scanners(), PlantModelCodec::scanner);
    list(out, plant.materials(), PlantModelCodec::material);
    return out.toByteArray();
  }

  /**
   * Reads a model strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static PlantModel decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    in.arrayOf(12);
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
              factor(in),
              list(in, PlantModelCodec::workstation),
              list(in, PlantModelCodec::meter),
              list(in, reader -> reader.text(TEXT)),
              list(in, PlantModelCodec::scanner),
              list(in, PlantModelCodec::material));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException("plant model: " + e.getMessage(), in.position());
    }
    in.end();
    return plant;
  }

  private static void factor(CborWriter out, EmissionFactor factor) {
    out.array(9)
        .text(factor.id())
        .integer(factor.kgPerUnit().unscaledValue().longValueExact())
        .integer(factor.kgPerUnit().scale())
        .integer(factor.unit().ordinal())
        .text(factor.edition())
        .text(factor.boundary())
        .text(factor.gwpSet())
        .text(factor.source())
        .text(factor.licence());
  }

  private static EmissionFactor factor(CborReader in) {
    in.arrayOf(9);
    String id = in.text(TEXT);
    BigDecimal value = BigDecimal.valueOf(in.integer(), (int) in.integer(-18, 18));
    return new EmissionFactor(
        id,
        value,
        EmissionFactor.Unit.values()[(int) in.integer(0, 1)],
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT));
  }

  private static void meter(CborWriter out, PlantModel.Meter meter) {
    out.array(9).text(meter.id()).text(meter.name());
    optional(out, meter.parent());
    out.integer(meter.role().ordinal());
    optional(out, meter.workstation());
    out.text(meter.profile())
        .text(meter.serial())
        .text(meter.accuracyClass())
        .integer(meter.maxPowerWatts());
  }

  private static PlantModel.Meter meter(CborReader in) {
    in.arrayOf(9);
    return new PlantModel.Meter(
        in.text(TEXT),
        in.text(TEXT),
        optional(in),
        PlantModel.Meter.Role.values()[(int) in.integer(0, 1)],
        optional(in),
        in.text(TEXT),
        in.text(TEXT),
        in.text(TEXT),
        in.integer(1, Long.MAX_VALUE / 1_000_000));
  }

  private static PlantModel.Workstation workstation(CborReader in) {
    in.arrayOf(2);
    return new PlantModel.Workstation(in.text(TEXT), in.text(TEXT));
  }

  private static void scanner(CborWriter out, PlantModel.Scanner scanner) {
    out.array(5).text(scanner.id()).text(scanner.workstation()).integer(scanner.step().ordinal());
    optional(out, scanner.scale());
    optional(out, scanner.destination());
  }

  private static PlantModel.Scanner scanner(CborReader in) {
    in.arrayOf(5);
    return new PlantModel.Scanner(
        in.text(TEXT),
        in.text(TEXT),
        PlantModel.Scanner.Step.values()[(int) in.integer(0, 3)],
        optional(in),
        optional(in));
  }

  private static void material(CborWriter out, PlantModel.Material material) {
    out.array(3).text(material.gtin()).text(material.name());
    list(out, material.secondaryFactor().stream().toList(), PlantModelCodec::factor);
  }

  private static PlantModel.Material material(CborReader in) {
    in.arrayOf(3);
    String gtin = in.text(TEXT);
    String name = in.text(TEXT);
    List<EmissionFactor> factors = list(in, PlantModelCodec::factor);
    if (factors.size() > 1) {
      throw new MalformedException("more than one secondary factor", in.position());
    }
    return new PlantModel.Material(gtin, name, factors.stream().findFirst());
  }

  private static void optional(CborWriter out, Optional<String> text) {
    out.text(text.orElse(""));
  }

  private static Optional<String> optional(CborReader in) {
    return Optional.of(in.text(TEXT)).filter(text -> !text.isEmpty());
  }

  private static <T> void list(CborWriter out, List<T> items, BiConsumer<CborWriter, T> write) {
    out.array(items.size());
    items.forEach(item -> write.accept(out, item));
  }

  private static <T> List<T> list(CborReader in, Function<CborReader, T> read) {
    int count = in.array(ITEMS);
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(read.apply(in));
    }
    return items;
  }
}
