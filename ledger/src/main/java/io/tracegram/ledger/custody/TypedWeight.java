package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;

/**
 * A weight that a person typed and another one approved, for a scan that waits for its scale.
 *
 * @param scan leaf of the scan
 * @param entry leaf of what the person entered
 * @param person who entered it
 */
public record TypedWeight(String scanner, long scan, Mass mass, long entry, String person) {
  public TypedWeight {
    if (mass.milligrams() <= 0) {
      throw new IllegalArgumentException("a weight is more than nothing");
    }
  }

  Floor.Outcome notWaiting() {
    return new Floor.Outcome.Refused(
        "custody.not-waiting",
        scanner,
        "no scan of leaf %d at %s waits for a weight".formatted(scan, scanner),
        "it was weighed, undone or followed by another scan: look at the lot, scan it again if it"
            + " is not on the books");
  }

  Floor.Outcome beyondScale(Step waiting) {
    return new Floor.Outcome.Refused(
        "custody.beyond-scale",
        waiting.lot().path(),
        "%s kg were typed; a weight is at most %s kg"
            .formatted(mass.kilograms(), Scales.HEAVIEST.kilograms()),
        "enter the weight again, in kg");
  }

  Finding finding(Step waiting) {
    return new Finding(
        "custody.weight-typed",
        waiting.lot().path(),
        "%s typed %s kg for the scan of leaf %d at %s"
            .formatted(person, mass.kilograms(), scan, scanner),
        "the lot is booked as typed, and what is made of it says how much of its mass is",
        "weigh the lot if it is still here; see why the scale gave no weight",
        entry);
  }
}
