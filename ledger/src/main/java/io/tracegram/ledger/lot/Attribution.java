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
  private final Map<String, Long> postedLevels;
  private final Collection<Presence> presences;

  /**
   * An interval's energy by destination; the cells add up to the total exactly.
   *
   * @param interpolated part of the total that was read only after a gap
   * @param imbalanced meters whose children counted noticeably more than themselves
   */
  public record Split(
      Energy total,
      Energy interpolated,
      SortedMap<Cell, Energy> cells,
      List<String> imbalanced) {
    public Split {
      cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
      imbalanced = List.copyOf(imbalanced);
    }
  }

  /**
   * Prepares the attribution.
   *
   * @param curves by meter id, one for every meter of the plant
   * @param postedLevels by meter id, the curve's level up to which energy is already accounted
   */
  public Attribution(
      PlantModel plant,
      Map<String, RegisterCurve> curves,
      Map<String, Long> postedLevels,
      Collection<Presence> presences) {
    this.plant = plant;
    this.curves = curves;
    this.postedLevels = postedLevels;
    this.presences = presences;
  }

  public Split interval(long start, long end) {
    SortedMap<Cell, Long> cells = new TreeMap<>();
    List<String> imbalanced = new ArrayList<>();
    Meter root = plant.rootMeter();
    long total = energy(root, end);
    assign(root, total, start, end, cells, imbalanced);
    SortedMap<Cell, Energy> energies = new TreeMap<>();
    cells.forEach((cell, milliwattHours) -> energies.put(cell, new Energy(milliwattHours)));
    return new Split(new Energy(total), new Energy(gap(root, start)), energies, imbalanced);
  }

  /** Returns the level up to which a meter is accounted once an interval is closed at its end. */
  public long levelAt(Meter meter, long end) {
    return Math.max(curve(meter).level(end), posted(meter));
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
    List<Long> energies = children.stream().map(child -> energy(child, end)).toList();
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
  private void place(
      Meter meter, long amount, long start, long end, SortedMap<Cell, Long> cells) {
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
    long gap = gap(meter, start);
    long idle = Math.max(0, energy(meter, end) - gap);
    SortedMap<Cell, Long> weights = new TreeMap<>();
    for (Presence presence : presences) {
      long from = Math.max(start, presence.startMillis());
      long to = Math.min(end, presence.endMillis());
      if (meter.workstation().map(presence.workstation()::equals).orElse(false) && from < to) {
        long part = Math.min(idle, curve.level(to) - curve.level(from));
        weights.merge(Cell.direct(presence.order()), part, Math::addExact);
        idle -= part;
      }
    }
    weights.put(Cell.IDLE, idle);
    weights.put(Cell.UNATTRIBUTED, gap);
    return weights;
  }

  private long energy(Meter meter, long end) {
    return levelAt(meter, end) - posted(meter);
  }

  /** Returns what a meter counted before the interval while it could not be read. */
  private long gap(Meter meter, long start) {
    return Math.max(0, curve(meter).level(start) - posted(meter));
  }

  private RegisterCurve curve(Meter meter) {
    return Objects.requireNonNull(curves.get(meter.id()), () -> "no curve of " + meter.id());
  }

  private long posted(Meter meter) {
    Long level = postedLevels.get(meter.id());
    return level == null ? curve(meter).level(Long.MIN_VALUE) : level;
  }
}
