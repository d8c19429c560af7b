package io.tracegram.ledger.claim;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.quantity.LargestRemainder;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Shares what is claimed of a work's inputs over its outputs. By mass, what is lost takes its share
 * along; where all products are under mass balance, the products take all of it, up to their mass.
 * Used once.
 */
final class ClaimSplit {
  private final Work work;
  private final Function<LotId, CustodyModel> step;

  /**
   * @param step the model under which a lot of this material is kept here
   */
  ClaimSplit(Work work, Function<LotId, CustodyModel> step) {
    this.work = work;
    this.step = step;
  }

  /** Returns what each output holds of what its inputs brought. */
  Map<Stage, Coverage> of(Coverage brought) {
    Map<Stage, List<HeldClaim>> split = new LinkedHashMap<>();
    work.outputs().forEach(output -> split.put(output.lot(), new ArrayList<>()));
    boolean balanced = isBalanced();
    long[] weights = balanced ? products() : masses();
    long most = balanced ? sum(weights) : Long.MAX_VALUE;
    for (HeldClaim held : brought.claims()) {
      long amount = Math.min(held.mass().milligrams(), most);
      long[] parts = sum(weights) == 0 ? weights : LargestRemainder.partition(amount, weights);
      for (int i = 0; i < work.outputs().size(); i++) {
        Work.Output output = work.outputs().get(i);
        if (parts[i] > 0) {
          long milligrams = Math.min(parts[i], output.mass().milligrams());
          Objects.requireNonNull(split.get(output.lot()))
              .add(held.covering(milligrams).by(model(held, output, milligrams)));
        }
      }
    }
    Map<Stage, Coverage> whole = new LinkedHashMap<>();
    split.forEach((lot, claims) -> whole.put(lot, new Coverage(claims)));
    return whole;
  }

  /** What is mixed is no longer apart, whatever was declared. */
  private CustodyModel model(HeldClaim held, Work.Output output, long milligrams) {
    CustodyModel model = held.model().weaker(step.apply(output.lot().lot()));
    if (work.inputs().size() > 1) {
      model = model.weaker(CustodyModel.SEGREGATED);
    }
    return milligrams < output.mass().milligrams()
        ? model.weaker(CustodyModel.CONTROLLED_BLENDING)
        : model;
  }

  private boolean isBalanced() {
    List<Work.Output> products = work.outputs().stream().filter(Work.Output::carries).toList();
    return !products.isEmpty()
        && products.stream().allMatch(output -> step.apply(output.lot().lot()).attributes());
  }

  private long[] products() {
    return work.outputs().stream()
        .mapToLong(output -> output.carries() ? output.mass().milligrams() : 0)
        .toArray();
  }

  /** The masses of all outputs, and of what is lost. */
  private long[] masses() {
    long[] masses = new long[work.outputs().size() + 1];
    long lost = work.inputs().stream().map(Work.Input::mass).mapToLong(Mass::milligrams).sum();
    for (int i = 0; i < work.outputs().size(); i++) {
      masses[i] = Math.max(0, work.outputs().get(i).mass().milligrams());
      lost -= masses[i];
    }
    masses[masses.length - 1] = Math.max(0, lost);
    return masses;
  }

  private static long sum(long[] weights) {
    long sum = 0;
    for (long weight : weights) {
      sum = Math.addExact(sum, weight);
    }
    return sum;
  }
}
