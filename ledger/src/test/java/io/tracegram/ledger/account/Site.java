package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A plant of any sources and carriers, whose registers are read in Wh. */
final class Site {
  static final long QUARTER = PlantFixture.QUARTER;

  /** A midnight, UTC. */
  static final long START = 1_700_006_400_000L;

  /** 0.2 kg/kWh in µg per Wh. */
  static final long GRID = 200_000;

  final PlantFixture plant;
  final FacilityLedger ledger;

  Site(PlantModel model) {
    plant = new PlantFixture(model);
    ledger = plant.ledger;
  }

  Site(PlantModel.Grid grid, List<PlantModel.Carrier> carriers, Meter... meters) {
    this(model(grid, carriers, List.of(), meters));
  }

  /** A plant of electricity at 0.2 kg/kWh. */
  Site(Meter... meters) {
    this(PlantModel.Grid.of(factor("0.2")), List.of(), meters);
  }

  static PlantModel model(
      PlantModel.Grid grid, List<PlantModel.Carrier> carriers, Meter... meters) {
    return model(grid, carriers, List.of(), meters);
  }

  static PlantModel model(
      PlantModel.Grid grid,
      List<PlantModel.Carrier> carriers,
      List<Cogeneration> cogeneration,
      Meter... meters) {
    PlantModel base = PlantFixture.plant("0.2");
    return new PlantModel(
        base.facility(),
        base.name(),
        base.operator(),
        base.timeZone(),
        true,
        base.agents(),
        grid,
        carriers,
        base.workstations(),
        List.of(meters),
        base.scales(),
        base.scanners(),
        base.materials(),
        Additions.NONE.with(cogeneration));
  }

  static EmissionFactor factor(String kgPerKwh) {
    return factor(kgPerKwh, EmissionFactor.Unit.KWH);
  }

  static EmissionFactor factor(String value, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        "factor", new BigDecimal(value), unit, "1", "generation", "AR5", "test", "none");
  }

  static Meter source(String id, Meter.Role role) {
    return meter(id, role, Optional.empty(), Meter.ELECTRICITY, "profile", OptionalLong.empty());
  }

  static Meter supply(String id, String carrier) {
    return meter(id, Meter.Role.SUPPLY, Optional.empty(), carrier, "profile", OptionalLong.empty());
  }

  static Meter below(String parent, String id) {
    return below(parent, id, Meter.ELECTRICITY);
  }

  static Meter below(String parent, String id, String carrier) {
    return meter(
        id, Meter.Role.CONSUMPTION, Optional.of(parent), carrier, "profile", OptionalLong.empty());
  }

  /** A meter whose readings come from files. */
  static Meter imported(Meter meter) {
    return meter(
        meter.id(), meter.role(), meter.parent(), meter.carrier(), Meter.IMPORTED, meter.modulus());
  }

  static Meter startingAgainAt(long wattHours, Meter meter) {
    return meter(
        meter.id(),
        meter.role(),
        meter.parent(),
        meter.carrier(),
        meter.profile(),
        OptionalLong.of(wattHours * 1_000));
  }

  private static Meter meter(
      String id,
      Meter.Role role,
      Optional<String> parent,
      String carrier,
      String profile,
      OptionalLong modulus) {
    return new Meter(
        id,
        id,
        parent,
        role,
        id.equals("furnace") ? Optional.of("furnace") : Optional.empty(),
        profile,
        "",
        "1",
        1_000_000,
        carrier,
        Meter.DEFAULT_MAX_GAP_MILLIS,
        modulus);
  }

  /** What an import register shows, to be read at one time. */
  static Shown in(String meter, long wattHours) {
    return new Shown(meter, Register.ENERGY_IMPORT, wattHours);
  }

  /** What an export register shows. */
  static Shown out(String meter, long wattHours) {
    return new Shown(meter, Register.ENERGY_EXPORT, wattHours);
  }

  /** A register's value. */
  record Shown(String meter, Register register, long wattHours) {
    Series at(long millis) {
      return new Series(
          meter, register, "", 1_000, List.of(new Reading(millis, wattHours * 1_000)));
    }
  }

  /** The agent reads some registers after a number of minutes. */
  void read(long minutes, Shown... shown) {
    readLate(minutes, minutes, shown);
  }

  /** The agent tells later what it read. */
  void readLate(long toldMinutes, long minutes, Shown... shown) {
    plant.tell(at(toldMinutes), new Body.Readings(series(minutes, shown)));
  }

  /** Readings come from a file. */
  void importFile(long minutes, Shown... shown) {
    say(new Body.Imported(Hash.ZERO, "ann", series(minutes, shown)));
  }

  private static List<Series> series(long minutes, Shown... shown) {
    return Arrays.stream(shown).map(register -> register.at(at(minutes))).toList();
  }

  static long at(long minutes) {
    return START + minutes * 60_000;
  }

  void say(Body body) {
    plant.say(body);
    plant.settle();
  }

  /** A person enters something, another one approves it. */
  void enter(Body.ManualEntry.Entry entry, String person, String approver) {
    say(new Body.ManualEntry(person, "because", entry));
    say(new Body.Approval(approver, plant.leaves.size() - 1));
  }

  /** Declares intensities of the grid, slot by slot of a quarter. */
  void price(IntensitySeries.Slot... slots) {
    Document.stated(
            FactorDocumentCodec.encode(
                new IntensitySeries(
                    PlantModel.Grid.DEFAULT_INTENSITY,
                    "ZZ",
                    "generation",
                    "AR5",
                    "test",
                    "none",
                    QUARTER,
                    List.of(slots))),
            Body.FactorSetDeclared::new)
        .forEach(plant::say);
    plant.settle();
  }

  /** 200 g/kWh is 0.2 kg/kWh. */
  static IntensitySeries.Slot slot(long minutes, long gramsPerKwh, boolean estimated) {
    return new IntensitySeries.Slot(at(minutes), gramsPerKwh * 1_000_000_000L, estimated);
  }

  FacilityInterval quarter(long minutes) {
    return ledger.facilityIntervals(at(minutes), at(minutes) + 1).getFirst();
  }

  /** Returns micrograms on a basis; −1 if unknown. */
  long co2e(long minutes, Basis basis) {
    return quarter(minutes).co2e(basis).map(known -> known.micrograms()).orElse(-1L);
  }

  List<String> problems() {
    return ledger.problems().stream()
        .map(problem -> problem.code() + " " + problem.subject())
        .toList();
  }
}
