package io.tracegram.cloud.inventory;

import io.tracegram.cloud.inventory.StoredException.Evidence;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.config.GreatCircle;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the facilities' events of one lot say together that none of them can: a function of these
 * events and of where the facilities stand, in whatever order they were audited. Used once.
 */
final class CrossFacility {
  /** Clocks of two facilities may differ by so much. */
  private static final long CLOCKS_MILLIS = 60_000;

  /** Goods by road, m/h. */
  private static final long TOP_SPEED = 120_000;

  /** Two weighings of the same goods may differ by a part in this many. */
  private static final long TOLERANCE = 200;

  private static final Comparator<Seen> BY_TIME =
      Comparator.comparingLong(Seen::millis)
          .thenComparing(Seen::facility)
          .thenComparing(Seen::leaf);

  private final String lot;
  private final List<Seen> events;
  private final Map<String, FacilityLocation> places;
  private final Map<Key, StoredException> found = new LinkedHashMap<>();
  private final Map<String, Seen> holders = new LinkedHashMap<>();
  private Optional<Seen> made = Optional.empty();
  private Optional<Seen> shipped = Optional.empty();
  private final Set<Seen> taken = new HashSet<>();
  private Mass travelling = Mass.ZERO;

  /** What a facility did with a lot. */
  enum Deed {
    RECEIVED,
    PRODUCED,
    SHIPPED
  }

  /** An event that was not taken back. */
  record Seen(String facility, long leaf, Deed deed, long millis, Mass mass) {}

  private record Key(String facility, String code) {}

  private record Told(String code, String reason, String effect, String action) {}

  private CrossFacility(String lot, List<Seen> events, Map<String, FacilityLocation> places) {
    this.lot = lot;
    this.events = events.stream().sorted(BY_TIME).toList();
    this.places = places;
  }

  /**
   * Returns what is wrong with a lot.
   *
   * @param events of the lot in any facility, in any order
   * @param places of the facilities that say where they stand
   */
  static List<StoredException> of(
      String lot, List<Seen> events, Map<String, FacilityLocation> places) {
    CrossFacility check = new CrossFacility(lot, events, places);
    for (Seen event : check.events) {
      if (event.deed != Deed.SHIPPED) {
        check.shippedAtOnce(event);
      }
      if (check.taken.add(event)) {
        check.next(event);
      }
    }
    return List.copyOf(check.found.values());
  }

  /** What was shipped a little later than it was elsewhere was shipped before. */
  private void shippedAtOnce(Seen event) {
    events.stream()
        .filter(seen -> seen.deed == Deed.SHIPPED && !seen.facility.equals(event.facility))
        .filter(seen -> seen.millis >= event.millis)
        .filter(seen -> seen.millis <= event.millis + CLOCKS_MILLIS)
        .filter(taken::add)
        .forEach(this::next);
  }

  private void next(Seen event) {
    switch (event.deed) {
      case PRODUCED -> {
        if (holders.containsKey(event.facility)) {
          // reworked where it was
          return;
        }
        made.filter(first -> !first.facility.equals(event.facility))
            .ifPresent(first -> madeTwice(event, first));
        made = made.or(() -> Optional.of(event));
        held(event);
        holders.put(event.facility, event);
      }
      case RECEIVED -> {
        received(event);
        holders.put(event.facility, event);
      }
      case SHIPPED -> {
        holders.remove(event.facility);
        shipped = Optional.of(event);
        travelling = travelling.plus(event.mass);
      }
    }
  }

  private void madeTwice(Seen event, Seen first) {
    found(
        event,
        first,
        new Told(
            "custody.made-twice",
            "%s made this lot already".formatted(first.facility),
            "neither facility's figure of the lot is believed",
            "see which label was copied; the two facilities must not give the same number"));
  }

  private void received(Seen event) {
    held(event);
    Optional<Seen> from = shipped.filter(sent -> !sent.facility.equals(event.facility));
    if (from.isEmpty()) {
      return;
    }
    travelled(event, from.get());
    if (event.mass.milligrams() - travelling.milligrams() > travelling.milligrams() / TOLERANCE) {
      found(
          event,
          from.get(),
          new Told(
              "custody.more-received-than-shipped",
              "%s kg were received of %s kg that were on their way from %s"
                  .formatted(event.mass.kilograms(), travelling.kilograms(), from.get().facility),
              "the lot is booked as received; more mass than was shipped carries its claims",
              "weigh again at both ends, and look for goods of another lot"));
    }
    travelling = new Mass(Math.max(0, travelling.minus(event.mass).milligrams()));
  }

  /** A lot that another facility holds and has not shipped is not here as well. */
  private void held(Seen event) {
    for (Seen holder : holders.values()) {
      if (holder.facility.equals(event.facility)) {
        continue;
      }
      Optional<Seen> later =
          events.stream()
              .filter(seen -> seen.deed == Deed.SHIPPED)
              .filter(seen -> seen.facility.equals(holder.facility))
              .filter(seen -> BY_TIME.compare(seen, event) > 0)
              .findFirst();
      found(
          event,
          later.orElse(holder),
          later.isPresent()
              ? new Told(
                  "custody.received-before-shipped",
                  "%s shipped it %d s after it was here"
                      .formatted(holder.facility, (later.get().millis - event.millis) / 1_000),
                  "both events are booked at their own times",
                  "compare the clocks of the two facilities; look for a copied label")
              : new Told(
                  "custody.in-two-facilities",
                  "%s holds it as well, and has not shipped it".formatted(holder.facility),
                  "both facilities book it; what is made of it may be claimed twice",
                  "see if one delivery was divided without a split; else look for a copied label"));
    }
  }

  private void travelled(Seen event, Seen from) {
    Optional<FacilityLocation> start = Optional.ofNullable(places.get(from.facility));
    Optional<FacilityLocation> end = Optional.ofNullable(places.get(event.facility));
    if (start.isEmpty() || end.isEmpty()) {
      return;
    }
    long metres = GreatCircle.metres(start.get(), end.get());
    long millis = Math.max(0, event.millis - from.millis);
    if (metres * 3_600_000 > TOP_SPEED * (millis + CLOCKS_MILLIS)) {
      found(
          event,
          from,
          new Told(
              "custody.impossible-travel",
              "%d km from %s in %d minutes: goods do at most 120 km/h by road"
                  .formatted(metres / 1_000, from.facility, millis / 60_000),
              "both events are booked at their own times",
              "compare the clocks of the two facilities; look for a copied label"));
    }
  }

  private void found(Seen event, Seen other, Told told) {
    Key key = new Key(event.facility, told.code);
    StoredException before = found.get(key);
    found.put(
        key,
        new StoredException(
            event.facility,
            told.code,
            lot,
            told.reason,
            told.effect,
            told.action,
            new Evidence(event.facility, event.leaf),
            Optional.of(new Evidence(other.facility, other.leaf)),
            before == null ? event.millis : before.sinceMillis(),
            before == null ? 1 : before.count() + 1));
  }
}
