package io.tracegram.ledger.lot;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/**
 * What a lot carries once that is known; immutable.
 *
 * @param revision 0 at first, then one more each time the figure is another one
 * @param headline the basis of scope 2 that counts in sums
 * @param electricity used for it directly
 * @param direct of its production here, its packaging included
 * @param absorbed of the facility's overhead
 * @param brought by what it was made of
 * @param parts of {@code brought} and their lots
 */
public record Made(
    Stage stage,
    String work,
    int revision,
    Mass mass,
    Basis headline,
    Energy electricity,
    Burden direct,
    Burden absorbed,
    Burden brought,
    List<Part> parts) {
  /** What a part of an input brought. */
  public record Part(Stage stage, Mass mass, Burden burden) {
    public LotId lot() {
      return stage.lot();
    }
  }

  public Made {
    parts = List.copyOf(parts);
  }

  public LotId lot() {
    return stage.lot();
  }

  /** Returns all that the lot hands on. */
  public Burden carried() {
    return direct.plus(absorbed).plus(brought);
  }
}
