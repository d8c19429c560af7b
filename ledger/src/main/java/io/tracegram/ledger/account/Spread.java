package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Spreads what a carrier's sources supplied in an interval over the meters below them, and cuts
 * each meter's own part at every order's start and end. Used once.
 *
 * <p>What is above is authoritative: meters below that counted more are scaled down if their errors
 * explain it, else the energy is not attributed.
 */
final class Spread {
  private final PlantModel plant;
  private final String carrier;
  private final Counts counts;
  private final List<Presence> presences;
  private final Map<String, List<Meter>> below = new HashMap<>();
  private final SortedMap<Entry, Long> amounts = new TreeMap<>(Entry.CANONICAL);
  private final List<Mark> marks;

  Spread(
      PlantModel plant, String carrier, Counts counts, List<Presence> presences, List<Mark> marks) {
    this.plant = plant;
    this.carrier = carrier;
    this.counts = counts;
    this.presences = presences;
    this.marks = marks;
    for (Meter meter : plant.meters()) {
      meter
          .parent()
          .ifPresent(parent -> below.computeIfAbsent(parent, id -> new ArrayList<>()).add(meter));
    }
  }

  /** Returns where an intake went; the parts add up to its postings. */
  List<Entry> of(Intake intake) {
    Set<String> sources =
        plant.meters().stream()
            .filter(meter -> meter.role().isSource())
            .map(Meter::id)
            .collect(Collectors.toSet());
    List<Meter> top =
        plant.meters().stream()
            .filter(meter -> meter.carrier().equals(carrier))
            .filter(
                meter ->
                    meter.role() == Meter.Role.STORAGE
                        || (meter.role() == Meter.Role.CONSUMPTION
                            && meter.parent().map(sources::contains).orElse(true)))
            .toList();
    assign(Entry.SITE, List.of(), top, intake.used());
    put(Entry.SITE, Cell.UNATTRIBUTED, intake.passedOn());
    return amounts.entrySet().stream()
        .filter(part -> part.getValue() != 0)
        .map(
            part -> new Entry(carrier, part.getKey().node(), part.getKey().cell(), part.getValue()))
        .toList();
  }

  private void assign(String node, List<Meter> itself, List<Meter> children, long assigned) {
    List<Slice> slices = children.stream().map(counts::in).toList();
    List<Long> counted = slices.stream().map(Slice::energy).toList();
    long sum = counted.stream().reduce(0L, Math::addExact);
    boolean missing = slices.stream().anyMatch(slice -> slice.missingMillis() > 0);
    if (missing) {
      marks.add(new Mark(node, Mark.Kind.METER_MISSING));
    }
    if (sum > assigned && !isWithinErrors(node, children, counted, sum - assigned)) {
      marks.add(new Mark(node, Mark.Kind.IMBALANCE));
      put(node, Cell.UNATTRIBUTED, assigned);
      return;
    }
    long[] parts = counted.stream().mapToLong(Long::longValue).toArray();
    if (sum > assigned) {
      marks.add(new Mark(node, Mark.Kind.RECONCILED));
      parts = LargestRemainder.partition(assigned, counted);
      sum = assigned;
    }
    for (int i = 0; i < parts.length; i++) {
      Meter child = children.get(i);
      assign(child.id(), List.of(child), below.getOrDefault(child.id(), List.of()), parts[i]);
    }
    place(node, itself, assigned - sum, missing);
  }

  /** Says whether an excess is at most √Σ error², each error the class of its count and a step. */
  private boolean isWithinErrors(
      String node, List<Meter> children, List<Long> counted, long excess) {
    BigDecimal squares = BigDecimal.ZERO;
    for (int i = 0; i < children.size(); i++) {
      squares = squares.add(square(children.get(i), counted.get(i)));
    }
    Stream<Meter> above =
        node.equals(Entry.SITE) ? plant.sources(carrier) : plant.meter(node).stream();
    for (Meter meter : above.toList()) {
      squares = squares.add(square(meter, counts.in(meter).energy()));
    }
    return new BigDecimal(BigInteger.valueOf(excess).pow(2)).compareTo(squares) <= 0;
  }

  private BigDecimal square(Meter meter, long counted) {
    return new BigDecimal(meter.accuracyClass())
        .movePointLeft(2)
        .multiply(BigDecimal.valueOf(counted))
        .add(BigDecimal.valueOf(counts.resolution(meter)))
        .pow(2);
  }

  /** Puts a node's own part where it belongs: to the orders at its workstation, or to overhead. */
  private void place(String node, List<Meter> itself, long amount, boolean missing) {
    if (amount == 0) {
      return;
    }
    if (missing) {
      put(node, Cell.UNATTRIBUTED, amount);
    } else if (itself.isEmpty() || itself.getFirst().workstation().isEmpty()) {
      put(node, Cell.OVERHEAD, amount);
    } else {
      Meter meter = itself.getFirst();
      meter
          .workstation()
          .flatMap(plant.additions().sharing()::weight)
          .ifPresentOrElse(weight -> share(meter, amount, weight), () -> segments(meter, amount));
    }
  }

  private void share(Meter meter, long amount, Sharing.Weight weight) {
    Segments segments = new Segments(weight, here(meter), cut(meter));
    segments.of(amount).forEach((cell, part) -> put(meter.id(), cell, part));
    if (segments.lacksWeight()) {
      marks.add(new Mark(meter.id(), Mark.Kind.WEIGHT_MISSING));
    }
  }

  private void segments(Meter meter, long amount) {
    SortedMap<Cell, Long> weights = new TreeMap<>();
    long idle = counts.in(meter).energy();
    for (Presence presence : presences) {
      long from = Math.max(counts.start(), presence.startMillis());
      long to = Math.min(counts.end(), presence.endMillis());
      if (meter.workstation().map(presence.workstation()::equals).orElse(false) && from < to) {
        long part = counts.energy(meter, from, to);
        weights.merge(Cell.direct(presence.order()), part, Math::addExact);
        idle -= part;
      }
    }
    // orders overlap only if scans are out of order; then they share by their weights alone
    weights.put(Cell.IDLE, Math.max(0, idle));
    if (weights.values().stream().allMatch(weight -> weight == 0)) {
      put(meter.id(), Cell.UNATTRIBUTED, amount);
      return;
    }
    List<Cell> cells = new ArrayList<>(weights.keySet());
    long[] parts = LargestRemainder.partition(amount, List.copyOf(weights.values()));
    for (int i = 0; i < parts.length; i++) {
      put(meter.id(), cells.get(i), parts[i]);
    }
  }

  private List<Presence> here(Meter meter) {
    return presences.stream()
        .filter(presence -> meter.workstation().map(presence.workstation()::equals).orElse(false))
        .toList();
  }

  /** Returns what a meter counted between each two enters or exits. */
  private List<Segments.Segment> cut(Meter meter) {
    long[] times =
        LongStream.concat(
                LongStream.of(counts.start(), counts.end()),
                here(meter).stream()
                    .flatMapToLong(
                        presence -> LongStream.of(presence.startMillis(), presence.endMillis())))
            .filter(time -> time >= counts.start() && time <= counts.end())
            .sorted()
            .distinct()
            .toArray();
    List<Segments.Segment> segments = new ArrayList<>();
    for (int i = 1; i < times.length; i++) {
      segments.add(
          new Segments.Segment(
              times[i - 1], times[i], counts.energy(meter, times[i - 1], times[i])));
    }
    return segments;
  }

  private void put(String node, Cell cell, long amount) {
    amounts.merge(new Entry(carrier, node, cell, 0), amount, Math::addExact);
  }
}
