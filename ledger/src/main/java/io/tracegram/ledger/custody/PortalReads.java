package io.tracegram.ledger.custody;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tags that portals read, each as a scan without a weight. Single-threaded. */
final class PortalReads {
  private final FloorBook book;
  private final Benches benches;
  private final CardGrammar cards;

  PortalReads(FloorBook book, Benches benches, CardGrammar cards) {
    this.book = book;
    this.benches = benches;
    this.cards = cards;
  }

  List<Floor.Outcome> read(PlantModel plant, long leaf, Body.TagRead read) {
    Optional<Scanner> portal = plant.portal(read.portal());
    if (portal.isEmpty()) {
      return List.of(
          new Floor.Outcome.Refused(
              "custody.unknown-portal",
              read.portal(),
              "the plant model has no portal of this id",
              "add the portal to plant.yaml, or correct agent.yaml"));
    }
    List<Floor.Outcome> outcomes = new ArrayList<>();
    int events = 0;
    for (Tag tag : read.tags()) {
      Act act = new Act(portal.get(), tag.seenMillis(), leaf);
      String epc = HexFormat.of().formatHex(tag.epc().bytes());
      if (!benches.seenOfLate(portal.get().id() + " " + epc, tag.seenMillis())) {
        Floor.Outcome outcome = numbered(seen(plant, act, tag), events);
        events += outcome.events().size();
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private Floor.Outcome seen(PlantModel plant, Act act, Tag tag) {
    TagIdentity identity = TagIdentity.of(tag.epc().bytes());
    return switch (act.scanner().step()) {
      case RECEIVE, OUTPUT, DRAW -> withoutWeight(act);
      case INPUT, SHIP, UNPACK, SCRAP, FILL ->
          isKnown(identity) ? scanned(plant, act, identity) : unknown(act);
      case PACK -> scanned(plant, act, identity);
    };
  }

  private boolean isKnown(TagIdentity identity) {
    return switch (identity) {
      case TagIdentity.Item(LotId item) -> book.stock.containsKey(item);
      case TagIdentity.Unit(ContainerId unit) ->
          book.unit(unit).isPresent() || benches.packing(unit).isPresent();
    };
  }

  private Floor.Outcome scanned(PlantModel plant, Act act, TagIdentity identity) {
    return switch (identity) {
      case TagIdentity.Item(LotId item) -> cards.scanned(plant, new Step(act, item));
      case TagIdentity.Unit(ContainerId unit) -> cards.unit(plant, act, unit);
    };
  }

  private static Floor.Outcome withoutWeight(Act act) {
    return new Floor.Outcome.Refused(
        "custody.no-scale",
        act.scanner().id(),
        "a lot begins with a weight, and a portal has none",
        "scan the lot's label at a scanner with a scale");
  }

  /** Its subject is the portal: strange tags may be many. */
  private static Floor.Outcome unknown(Act act) {
    return new Floor.Outcome.Refused(
        "custody.unknown-tag",
        act.scanner().id(),
        "a tag was read that is on no item or unit of the books",
        "receive, or bind, what bears it; a passing stranger's tag may be ignored");
  }

  private static Floor.Outcome numbered(Floor.Outcome outcome, int first) {
    if (!(outcome instanceof Floor.Outcome.Happened happened) || first == 0) {
      return outcome;
    }
    List<CustodyEvent> events = new ArrayList<>();
    for (CustodyEvent event : happened.events()) {
      events.add(event.with(event.detail().numbered(first + event.detail().part())));
    }
    return new Floor.Outcome.Happened(
        events, happened.text(), happened.movements(), happened.findings());
  }
}
