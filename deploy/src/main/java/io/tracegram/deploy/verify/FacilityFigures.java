package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LeafFigures.Figure;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Mark;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.account.Price;
import io.tracegram.ledger.account.Share;
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
    IntervalAccount summary = account.summary();
    String unit = "kg CO2e, " + words(account.headline());
    share("total", summary.total(), summary, unit, figures);
    summary
        .direct()
        .forEach((order, share) -> share("order " + order, share, summary, unit, figures));
    share("idle", summary.idle(), summary, unit, figures);
    share("overhead", summary.overhead(), summary, unit, figures);
    share("unattributed", summary.unattributed(), summary, unit, figures);
    figures.add(new Figure("of which not measured", summary.interpolated().kilowattHours(), "kWh"));
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
    TreeMap<String, Long> nodes = new TreeMap<>();
    account.entries().forEach(entry -> nodes.merge(entry.node(), entry.amount(), Math::addExact));
    nodes.forEach((node, amount) -> figures.add(amount("on " + node + " itself", amount)));
    for (Mark mark : account.marks()) {
      figures.add(new Figure("mark at " + mark.node(), mark.kind().name(), ""));
    }
    return new LeafFigures(
        subject + ", revision " + account.revision().number(),
        LeafFigures.period(account.startMillis(), account.endMillis()),
        figures);
  }

  private static void share(
      String name, Share share, IntervalAccount summary, String unit, List<Figure> figures) {
    figures.add(new Figure(name, share.energy().kilowattHours(), "kWh"));
    figures.add(new Figure(name, summary.priced() ? share.co2e().kilograms() : "unknown", unit));
  }

  private static String words(Basis basis) {
    return switch (basis) {
      case LB_ANNUAL -> "location-based";
      case LB_HOURLY -> "location-based by the hour";
      case MB_ANNUAL -> "market-based";
      case MB_HOURLY -> "market-based by the hour";
      case PCF_LIFECYCLE -> "life cycle";
    };
  }

  static Figure amount(String name, long millionths) {
    return new Figure(name, new Energy(millionths).kilowattHours(), "kWh or carrier's unit");
  }
}
