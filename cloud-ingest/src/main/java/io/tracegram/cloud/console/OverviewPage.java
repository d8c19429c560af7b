package io.tracegram.cloud.console;

import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.cloud.declaration.FacilityOverview.Verdict;
import io.tracegram.cloud.declaration.FinishedItem;
import io.tracegram.cloud.declaration.Links;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.cloud.inventory.StoredException;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Figure;
import io.tracegram.runtime.web.RoundedParts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Makes the console. Stateless apart from its collaborators; blocks as the read model does. */
final class OverviewPage {
  private static final int SHOWN = 100;
  private static final int SHOWN_EXCEPTIONS = 20;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final CloudReadModel model;
  private final Assets assets;

  OverviewPage(CloudReadModel model, Assets assets) {
    this.model = model;
    this.assets = assets;
  }

  OverviewView view() {
    List<FacilityOverview> facilities = model.facilities();
    List<FinishedItem> items = model.items();
    ExceptionQueries.Page exceptions =
        model.exceptions(ExceptionQueries.Question.newest(SHOWN_EXCEPTIONS));
    return new OverviewView(
        new Frame(assets, "Facilities and declarations", true),
        facilities.stream().anyMatch(FacilityOverview::simulated),
        facilities.stream().map(OverviewPage::card).toList(),
        items.stream().limit(SHOWN).map(OverviewPage::row).toList(),
        items.size() > SHOWN
            ? "newest " + SHOWN + " of " + Figure.count(items.size())
            : Figure.count(items.size()),
        exceptions.rows().stream().map(OverviewPage::row).toList(),
        exceptions.total() > SHOWN_EXCEPTIONS
            ? "newest " + SHOWN_EXCEPTIONS + " of " + Figure.count(exceptions.total())
            : Figure.count(exceptions.total()));
  }

  private static OverviewView.ExceptionRow row(StoredException found) {
    return new OverviewView.ExceptionRow(
        found.facility() + " " + found.code() + " " + found.subject(),
        found.facility(),
        found.code(),
        found.subject(),
        found.reason(),
        found.effect(),
        found.action(),
        moment(Instant.ofEpochMilli(found.sinceMillis())),
        Figure.count(found.count()),
        Figure.count(found.evidence().leaf()));
  }

  private static OverviewView.FacilityCard card(FacilityOverview facility) {
    long behind = facility.mirroredSize() - facility.auditedSize();
    return new OverviewView.FacilityCard(
        facility.id(),
        facility.name(),
        facility.origin(),
        facility.simulated(),
        mark(facility.verdict()),
        verdict(facility),
        reason(facility),
        Figure.count(facility.mirroredSize()),
        Figure.count(facility.auditedSize()),
        behind > 0 ? Figure.count(behind) + " to go" : "all",
        facility.lastSeen().map(OverviewPage::moment).orElse("never"),
        facility.witnesses().stream().map(OverviewPage::witness).toList(),
        Figure.kilowattHours(facility.energy(), 1),
        facility
            .co2e()
            .map(known -> Figure.kilogramsCo2e(known, 2))
            .orElseGet(() -> Figure.unknown("kg CO₂e")),
        Figure.count(facility.lots()));
  }

  private static Mark mark(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified() -> Mark.GOOD;
      case Verdict.InProgress() -> Mark.PENDING;
      case Verdict.Failed(long _, String _) -> Mark.BAD;
    };
  }

  private static String verdict(FacilityOverview facility) {
    return switch (facility.verdict()) {
      case Verdict.Verified() -> "verified";
      case Verdict.InProgress() ->
          facility.mirroredSize() == 0 ? "nothing mirrored yet" : "checking";
      case Verdict.Failed(long leaf, String _) -> "failed at leaf " + Figure.count(leaf);
    };
  }

  private static String reason(FacilityOverview facility) {
    return switch (facility.verdict()) {
      case Verdict.Verified() ->
          "every signature checked, every account recomputed and found equal";
      case Verdict.InProgress() -> "no finding so far";
      case Verdict.Failed(long _, String reason) -> reason;
    };
  }

  private static OverviewView.WitnessRow witness(FacilityOverview.Witness witness) {
    OptionalLong size = witness.size();
    if (size.isEmpty()) {
      return new OverviewView.WitnessRow(witness.name(), Mark.NONE, "no cosignature yet");
    }
    String time =
        witness.cosignedAtSeconds().isPresent()
            ? ", " + moment(Instant.ofEpochSecond(witness.cosignedAtSeconds().getAsLong()))
            : "";
    return new OverviewView.WitnessRow(
        witness.name(), Mark.GOOD, Figure.count(size.getAsLong()) + " leaves" + time);
  }

  private static String moment(Instant time) {
    return MOMENT.format(time);
  }

  private static OverviewView.DeclarationRow row(FinishedItem item) {
    RoundedParts rounded = RoundedParts.of(List.of(item.own(), item.inherited()), 2);
    return new OverviewView.DeclarationRow(
        Links.item(item.item()),
        item.product(),
        item.item().number(),
        item.facilityName(),
        item.simulated(),
        rounded.parts().get(0),
        rounded.parts().get(1),
        rounded.total());
  }
}
