package io.tracegram.ledger.lot;

import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Attributes an interval's energy: the root meter is authoritative, a meter's own part is what is
 * assigned to it less its children's, and is cut at every order's start and end. Changes nothing.
 */
public final class Attribution {
  /** Sub-meters may exceed the meter above by 2 % and 1 kWh before it is worth a person's look. */
  private static final long TOLERATED_MILLIWATT_HOURS = 1_000_000L;

  private final PlantModel plant;
  private final Map<String, RegisterCurve> curves;
  private final Collection<Presence> presences;

  /**
   * An interval's energy by destination; the cells add up to the total exactly.
   *
   * @param interpolated part of the total that was read only after a gap
   * @param imbalanced meters whose children counted noticeably more than themselves
   */
  public record Split(
      Energy total, Energy interpolated, SortedMap<Cell, Energy> cells, List<String> imbalanced) {
    public Split {
      cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
      imbalanced = List.copyOf(imbalanced);
    }
  }

  /**
   * Prepares the attribution.
   *
   * @param curves by meter id, one for every meter of the plant
   */
  public Attribution(
      PlantModel plant, Map<String, RegisterCurve> curves, Collection<Presence> presences) {
    this.plant = plant;
    this.curves = curves;
    this.presences = presences;
  }

  /**
   * Splits an interval's energy.
   *
   * @param postedLevel level of the root's curve up to which energy is already accounted: what lies
   *     between it and the interval's start was read only after a gap, and is not attributed
   */
  public Split interval(long start, long end, long postedLevel) {
    SortedMap<Cell, Long> cells = new TreeMap<>();
    List<String> imbalanced = new ArrayList<>();
    Meter root = plant.gridMeter();
    long gap = Math.max(0, curve(root).level(start) - postedLevel);
    if (gap > 0) {
      cells.put(Cell.UNATTRIBUTED, gap);
    }
    long counted = energy(root, start, end);
    assign(root, counted, start, end, cells, imbalanced);
    SortedMap<Cell, Energy> energies = new TreeMap<>();
    cells.forEach((cell, milliwattHours) -> energies.put(cell, new Energy(milliwattHours)));
    return new Split(
        new Energy(Math.addExact(gap, counted)), new Energy(gap), energies, imbalanced);
  }

  private void assign(
      Meter meter,
      long assigned,
      long start,
      long end,
      SortedMap<Cell, Long> cells,
      List<String> imbalanced) {
    List<Meter> children =
        plant.meters().stream()
            .filter(child -> child.parent().map(meter.id()::equals).orElse(false))
            .toList();
    List<Long> energies = children.stream().map(child -> energy(child, start, end)).toList();
    long[] parts = energies.stream().mapToLong(Long::longValue).toArray();
    long sum = energies.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    if (sum > assigned) {
      if (sum - assigned > assigned / 50 + TOLERATED_MILLIWATT_HOURS) {
        imbalanced.add(meter.id());
      }
      parts = LargestRemainder.partition(assigned, energies);
      sum = assigned;
    }
    for (int i = 0; i < parts.length; i++) {
      assign(children.get(i), parts[i], start, end, cells, imbalanced);
    }
    place(meter, assigned - sum, start, end, cells);
  }

  /** Puts a meter's own part where it belongs: to the orders at its workstation, or to overhead. */
  private void place(Meter meter, long amount, long start, long end, SortedMap<Cell, Long> cells) {
    if (amount == 0) {
      return;
    }
    if (meter.workstation().isEmpty()) {
      cells.merge(Cell.OVERHEAD, amount, Math::addExact);
      return;
    }
    SortedMap<Cell, Long> weights = segments(meter, start, end);
    if (weights.values().stream().allMatch(weight -> weight == 0)) {
      cells.merge(Cell.UNATTRIBUTED, amount, Math::addExact);
      return;
    }
    long[] parts = LargestRemainder.partition(amount, List.copyOf(weights.values()));
    int next = 0;
    for (Cell cell : weights.keySet()) {
      cells.merge(cell, parts[next++], Math::addExact);
    }
  }

  private SortedMap<Cell, Long> segments(Meter meter, long start, long end) {
    RegisterCurve curve = curve(meter);
    long idle = energy(meter, start, end);
    SortedMap<Cell, Long> weights = new TreeMap<>();
    for (Presence presence : presences) {
      long from = Math.max(start, presence.startMillis());
      long to = Math.min(end, presence.endMillis());
      if (meter.workstation().map(presence.workstation()::equals).orElse(false) && from < to) {
        long part = curve.level(to) - curve.level(from);
        weights.merge(Cell.direct(presence.order()), part, Math::addExact);
        idle -= part;
      }
    }
    // orders overlap only if scans are out of order; then they share by their weights alone
    weights.put(Cell.IDLE, Math.max(0, idle));
    return weights;
  }

  private long energy(Meter meter, long start, long end) {
    return curve(meter).level(end) - curve(meter).level(start);
  }

  private RegisterCurve curve(Meter meter) {
    return Objects.requireNonNull(curves.get(meter.id()), () -> "no curve of " + meter.id());
  }
}
