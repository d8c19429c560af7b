package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LeafFigures.Figure;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.quantity.Co2e;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the account of a month says, in figures. Stateless. */
final class PeriodFigures {
  private PeriodFigures() {}

  static LeafFigures of(String subject, PeriodAccount month) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("accounted", Integer.toString(month.intervals()), "quarters of an hour"));
    figures.add(
        new Figure("not accounted", Integer.toString(month.absent()), "quarters of an hour"));
    month
        .postings()
        .forEach(
            posting ->
                figures.add(FacilityFigures.amount("from " + posting.source(), posting.amount())));
    for (Basis basis : month.bases()) {
      figures.add(co2e("total, " + basis, month.co2e(basis)));
      month
          .parts()
          .forEach(
              part ->
                  part.co2e().stream()
                      .filter(amount -> amount.basis() == basis)
                      .forEach(
                          amount ->
                              figures.add(
                                  co2e(
                                      part.kind().name().toLowerCase(Locale.ROOT) + ", " + basis,
                                      amount.co2e()))));
    }
    month
        .market()
        .ifPresent(
            market -> {
              carried("by volume", market.annual().parts(), figures);
              market
                  .hourly()
                  .ifPresent(hourly -> carried("by the hour", hourly.whole().parts(), figures));
            });
    return new LeafFigures(
        subject + ", month, revision " + month.revision().number(),
        LeafFigures.period(month.fromMillis(), month.toMillis()),
        figures);
  }

  private static void carried(String how, List<Part> parts, List<Figure> figures) {
    for (Part part : parts) {
      String what =
          switch (part.source()) {
            case Source.OfInstrument(var id, var type) ->
                type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + id;
            case Source.ResidualMix(var factor) -> "residual mix " + factor;
            case Source.GridAverageFlagged(var factor) ->
                "grid average " + factor + ", for want of a residual mix";
            case Source.Unpriced _ -> "nothing";
          };
      figures.add(
          new Figure("covered " + how + " by " + what, part.energy().kilowattHours(), "kWh"));
      figures.add(co2e("of it " + how + " by " + what, part.co2e()));
    }
  }

  private static Figure co2e(String name, Optional<Co2e> co2e) {
    return new Figure(name, co2e.map(Co2e::kilograms).orElse("unknown"), "kg CO2e");
  }
}
