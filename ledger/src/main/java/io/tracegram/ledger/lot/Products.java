package io.tracegram.ledger.lot;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.LargestRemainder;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Partitions a work's burden over its products by their weights. Used once. */
final class Products {
  private final Job job;
  private final Work work;
  private final Burden absorbed;
  private final Basis headline;
  private final Burden direct;

  Products(Job job, Burden absorbed, Basis headline) {
    this.job = job;
    this.work = job.work();
    this.absorbed = absorbed;
    this.headline = headline;
    this.direct =
        work.outputs().stream()
            .map(Work.Output::treatment)
            .reduce(job.cost().burden(), Burden::plus);
  }

  /** Returns what the work absorbs: without a product, nothing. */
  Burden absorbed() {
    return work.hasProduct() ? absorbed : Burden.NONE;
  }

  /** Returns what no product carries, because there is none. */
  Burden scrapped(Function<Stage, LotNode> nodes) {
    return work.hasProduct()
        ? Burden.NONE
        : work.inputs().stream()
            .map(input -> nodes.apply(input.lot()).part(work.id()))
            .reduce(direct, Burden::plus);
  }

  /** Returns what each output carries, which is nothing for scrap and waste. */
  List<Made> made(int revision, Function<Stage, LotNode> nodes) {
    if (!work.hasProduct()) {
      return work.outputs().stream().map(output -> none(revision, output)).toList();
    }
    long[] weights = work.weights();
    List<Burden> directs = direct.partition(weights);
    List<Burden> absorptions = absorbed.partition(weights);
    long[] energies =
        LargestRemainder.partition(job.cost().electricity().milliwattHours(), weights);
    List<List<Burden>> brought = new ArrayList<>();
    List<long[]> masses = new ArrayList<>();
    for (Work.Input input : work.inputs()) {
      brought.add(nodes.apply(input.lot()).part(work.id()).partition(weights));
      masses.add(LargestRemainder.partition(input.mass().milligrams(), weights));
    }
    List<Made> made = new ArrayList<>();
    for (int o = 0; o < weights.length; o++) {
      List<Made.Part> parts = new ArrayList<>();
      Burden sum = Burden.NONE;
      for (int i = 0; i < brought.size(); i++) {
        Burden part = brought.get(i).get(o);
        if (weights[o] > 0) {
          parts.add(new Made.Part(work.inputs().get(i).lot(), new Mass(masses.get(i)[o]), part));
          sum = sum.plus(part);
        }
      }
      Work.Output output = work.outputs().get(o);
      made.add(
          new Made(
              output.lot(),
              work.id(),
              revision,
              output.mass(),
              headline,
              new Energy(energies[o]),
              directs.get(o).plus(output.packaging()),
              absorptions.get(o),
              sum,
              parts));
    }
    return made;
  }

  private Made none(int revision, Work.Output output) {
    return new Made(
        output.lot(),
        work.id(),
        revision,
        output.mass(),
        headline,
        Energy.ZERO,
        Burden.NONE,
        Burden.NONE,
        Burden.NONE,
        List.of());
  }
}
