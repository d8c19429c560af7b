package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.LargestRemainder;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The emissions of a step, on one basis or on all side by side. Single-threaded. */
final class EmissionSum implements StepSum.Content {
  private final Subject subject;
  private final Basis shown;
  private final boolean all;
  private final Map<Basis, BasisSum> sums = new EnumMap<>(Basis.class);
  private long biogenic;

  /**
   * @param shown the basis of the step's own figures
   * @param all whether every basis is written beside it
   */
  EmissionSum(Subject subject, Basis shown, boolean all) {
    this.subject = subject;
    this.shown = shown;
    this.all = all;
    sum(shown);
  }

  @Override
  public void add(ClosedInterval.Whole interval) {
    FacilityInterval account = interval.account();
    Set<String> carriers = new HashSet<>();
    for (Entry entry : account.entries()) {
      if (subject.place().holds(entry.node())) {
        carriers.add(entry.carrier());
      }
    }
    List<Posting> postings =
        account.postings().stream()
            .filter(subject::counts)
            .filter(posting -> subject.place().isSite() || carriers.contains(posting.carrier()))
            .toList();
    if (all) {
      account.bases().forEach(this::sum);
    }
    sums.values().forEach(sum -> sum.add(interval, postings));
    postings.forEach(posting -> addBiogenic(account, posting));
  }

  private void addBiogenic(FacilityInterval account, Posting posting) {
    if (posting.biogenic().micrograms() == 0) {
      return;
    }
    long[] parts =
        LargestRemainder.partition(
            posting.biogenic().micrograms(),
            account.entries().stream()
                .map(entry -> entry.carrier().equals(posting.carrier()) ? entry.amount() : 0L)
                .toList());
    for (int i = 0; i < parts.length; i++) {
      if (subject.place().holds(account.entries().get(i).node())) {
        biogenic = Math.addExact(biogenic, parts[i]);
      }
    }
  }

  @Override
  public void add(IntervalAccount account) {
    sums.values().forEach(sum -> sum.add(account));
  }

  @Override
  public void write(ObjectNode step, int quarters) {
    sum(shown).write(step, quarters);
    step.put("biogenicCo2Kg", quarters > 0 ? new Co2e(biogenic).kilograms() : null);
    if (all) {
      ObjectNode bases = step.putObject("bases");
      sums.forEach((basis, sum) -> sum.write(bases.putObject(basis.name()), quarters));
    }
  }

  private BasisSum sum(Basis basis) {
    return sums.computeIfAbsent(basis, key -> new BasisSum(subject, key));
  }
}
