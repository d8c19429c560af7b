package io.tracegram.ledger.lot;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;

/**
 * What turns lots into others, as the floor tells it; immutable.
 *
 * @param id of the production order
 * @param endMillis {@link Long#MAX_VALUE} while it runs
 * @param inputs each lot once
 * @param outputs each lot once
 */
public record Work(
    String id, long startMillis, long endMillis, List<Input> inputs, List<Output> outputs) {
  /** A lot of which a mass was put in. */
  public record Input(Stage lot, Mass mass) {
    /** Of a lot that was not reworked. */
    public Input(LotId lot, Mass mass) {
      this(Stage.first(lot), mass);
    }
  }

  /**
   * A lot that came out.
   *
   * @param carries false for scrap and waste, whose burden the products carry
   * @param treatment CO2e of treating a waste, on secondary factors
   * @param packaging CO2e of its packaging, on secondary factors
   * @param weight what it counts for beside other products, 0 for what carries nothing
   */
  public record Output(
      Stage lot, Mass mass, boolean carries, Burden treatment, Burden packaging, long weight) {
    public Output {
      if (carries ? weight <= 0 : weight != 0) {
        throw new IllegalArgumentException("products count by their weight, others do not");
      }
    }

    /** Of a new lot without packaging that counts by its mass. */
    public Output(LotId lot, Mass mass, boolean carries, Burden treatment) {
      this(
          Stage.first(lot), mass, carries, treatment, Burden.NONE, carries ? mass.milligrams() : 0);
    }
  }

  public Work {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Returns the mass put in. */
  Mass massIn() {
    return inputs.stream().map(Input::mass).reduce(Mass.ZERO, Mass::plus);
  }

  boolean hasProduct() {
    return outputs.stream().anyMatch(Output::carries);
  }

  /** Returns what is in a silo after it, if it is a pour into one. */
  public Optional<LotId> blend() {
    return outputs.stream().map(output -> output.lot().lot()).filter(LotId::isContent).findFirst();
  }

  /** Returns by what the products share, 0 for what carries nothing. */
  long[] weights() {
    return outputs.stream().mapToLong(Output::weight).toArray();
  }
}
