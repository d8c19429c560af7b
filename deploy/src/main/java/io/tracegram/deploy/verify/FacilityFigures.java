package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LeafFigures.Figure;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.Mark;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.account.Price;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the whole account of an interval says, in figures. Stateless. */
final class FacilityFigures {
  private FacilityFigures() {}

  static LeafFigures of(String subject, FacilityInterval account) {
    List<Figure> figures = new ArrayList<>();
    for (Posting posting : account.postings()) {
      figures.add(amount("from " + posting.source(), posting.amount()));
      for (Price price : posting.prices()) {
        figures.add(
            new Figure(
                "from " + posting.source() + ", " + price.basis() + " by " + price.factor(),
                price.co2e().map(Co2e::kilograms).orElse("unknown"),
                "kg CO2e"));
      }
    }
    for (Basis basis : account.bases()) {
      figures.add(
          new Figure(
              "total, " + basis,
              account.co2e(basis).map(Co2e::kilograms).orElse("unknown"),
              "kg CO2e"));
    }
    TreeMap<String, Long> cells = new TreeMap<>();
    account
        .entries()
        .forEach(
            entry ->
                cells.merge(
                    (entry.cell().kind() + " " + entry.cell().order()).trim()
                        + " at "
                        + entry.node(),
                    entry.amount(),
                    Math::addExact));
    cells.forEach((name, amount) -> figures.add(amount(name, amount)));
    for (Mark mark : account.marks()) {
      figures.add(new Figure("mark at " + mark.node(), mark.kind().name(), ""));
    }
    return new LeafFigures(
        subject + ", revision " + account.revision().number(),
        LeafFigures.period(account.startMillis(), account.endMillis()),
        figures);
  }

  private static Figure amount(String name, long millionths) {
    return new Figure(name, new Energy(millionths).kilowattHours(), "kWh or carrier's unit");
  }
}
