package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Figure;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.tracegram.runtime.web.Templates;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows leaves with their proof, as a page and as JSON, and how far the log has come. */
final class EvidencePage {
  private final PlantReadModel plant;
  private final Templates templates;
  private final Assets assets;

  EvidencePage(PlantReadModel plant, Templates templates, Assets assets) {
    this.plant = plant;
    this.templates = templates;
    this.assets = assets;
  }

  void mount(Router router) {
    router.get("/api/v1/evidence/:leaf").handler(this::json);
    router.get("/evidence/:leaf").handler(this::page);
  }

  private void json(RoutingContext request) {
    Parameters.of(request);
    Answer.with(
        request,
        plant.evidence(index(request)),
        found -> Answer.json(request, json(found.orElseThrow(EvidencePage::unknown))));
  }

  private ObjectNode json(LeafEvidence evidence) {
    ObjectNode json =
        Json.object()
            .put("leaf", evidence.index())
            .put("asOf", plant.log().size())
            .put("received", Json.time(evidence.leaf().receivedMillis()));
    json.set("evidence", AccountJson.evidence(OptionalLong.of(evidence.index()), plant.log()));
    json.set("statement", StatementJson.of(evidence.leaf()));
    ArrayNode timestamps = json.putArray("timestamps");
    for (LeafEvidence.Timestamp timestamp : evidence.timestamps()) {
      timestamps
          .addObject()
          .put("authority", timestamp.authority())
          .put("time", Json.time(timestamp.millis()))
          .put("size", timestamp.size())
          .put("token", tokenHref(timestamp));
    }
    return json.put("proof", evidence.proof().map(TlogProof::format).orElse(null));
  }

  private void page(RoutingContext request) {
    Parameters.of(request);
    Answer.with(
        request,
        plant.evidence(index(request)).thenCombine(plant.snapshot(), this::view),
        view ->
            Answer.html(
                request, templates.render("evidence", view.orElseThrow(EvidencePage::unknown))));
  }

  private Optional<EvidenceView> view(Optional<LeafEvidence> found, PlantSnapshot snapshot) {
    return found.map(evidence -> view(evidence, snapshot));
  }

  private EvidenceView view(LeafEvidence evidence, PlantSnapshot snapshot) {
    ZoneId zone = snapshot.plant().map(LocalDay::zone).orElse(ZoneId.of("UTC"));
    Statement statement = evidence.leaf().statement().statement();
    return new EvidenceView(
        new Frame(
            assets,
            "Leaf " + evidence.index(),
            snapshot.plant().map(PlantModel::simulated).orElse(false)),
        Figure.count(evidence.index()),
        statement.facility(),
        StatementJson.word(statement.body().kind()),
        statement.agent(),
        Figure.count(statement.sequence()),
        LocalDay.moment(statement.wallMillis(), zone),
        LocalDay.moment(evidence.leaf().receivedMillis(), zone),
        summary(statement.body()),
        track(evidence.index()),
        Json.pretty(StatementJson.of(evidence.leaf())),
        evidence.proof().map(TlogProof::format).orElse(""),
        evidence.timestamps().stream().map(EvidencePage::shown).toList(),
        "/api/v1/evidence/" + evidence.index(),
        evidence.leaf().statement().keyId().hex());
  }

  private static EvidenceView.Timestamp shown(LeafEvidence.Timestamp timestamp) {
    return new EvidenceView.Timestamp(
        timestamp.authority(),
        Json.time(timestamp.millis()),
        Figure.count(timestamp.size()),
        tokenHref(timestamp),
        "/log/timestamps/" + timestamp.size() + "/checkpoint");
  }

  private static String tokenHref(LeafEvidence.Timestamp timestamp) {
    return "/log/timestamps/" + timestamp.size() + "/" + timestamp.authority() + ".tsr";
  }

  private static String summary(Body body) {
    return switch (body) {
      case Body.Readings readings ->
          "Readings of "
              + String.join(", ", readings.series().stream().map(Series::meter).distinct().toList())
              + ": "
              + readings.series().stream().mapToInt(series -> series.readings().size()).sum()
              + ".";
      case Body.Weight weight ->
          "Scale " + weight.scale() + " weighed " + weight.mass().kilograms() + " kg.";
      case Body.Scan scan -> "Scanner " + scan.scanner() + " read a label.";
      case Body.TagRead read ->
          "Portal " + read.portal() + " read " + read.tags().size() + " tags.";
      case Body.Gap gap ->
          "Statements " + gap.first() + " to " + gap.last() + " will never be delivered.";
      case Body.Heartbeat _ -> "The agent is alive and has delivered what it read.";
      case Body.DeviceStatus status ->
          "Device " + status.device() + ": " + StatementJson.word(status.state()) + ".";
      case Body.Calculator calculator ->
          "The accounts follow the rules of calculator " + calculator.version() + ".";
      case Body.KeyRegistered registered ->
          "A key of " + registered.holder() + " is valid from here on.";
      case Body.Part part ->
          "Part "
              + (part.number() + 1)
              + " of "
              + part.count()
              + " of a document that is larger than a leaf.";
      case Body.PlantModelDeclared _ -> "The plant as its integrator described it.";
      case Body.FactorSetDeclared _ -> "Emission factors or intensities, from this leaf on.";
      case Body.SupplierFootprint footprint ->
          "The footprint of "
              + footprint.declared().product()
              + ", as "
              + footprint.declared().company()
              + " declared it (PACT v3), "
              + ClaimText.said(footprint.signature().map(SupplierSignature::key))
              + ".";
      case Body.MaterialClaimed said ->
          "What "
              + said.company()
              + " claims of its material, by its "
              + said.role()
              + ", "
              + ClaimText.said(said.document().map(document -> document.signature().key()))
              + ".";
      case Body.ClaimWithdrawn said ->
          said.company()
              + " withdraws what it claimed in leaf "
              + Figure.count(said.claim())
              + ", "
              + ClaimText.said(said.document().map(document -> document.signature().key()))
              + ".";
      case Body.EpcisCapture _ ->
          "Events that another system reported, as it sent them (EPCIS 2.0).";
      case Body.Imported imported ->
          "Readings of "
              + String.join(", ", imported.series().stream().map(Series::meter).distinct().toList())
              + ", imported from a file by "
              + imported.person()
              + ".";
      case Body.ManualEntry entry ->
          "What " + entry.person() + " enters for " + entry.entry().device() + ".";
      case Body.Approval approval ->
          approval.person() + " approves the entry of leaf " + Figure.count(approval.entry()) + ".";
      case Body.PeriodClose close ->
          "The month from "
              + Json.time(close.fromMillis())
              + " to "
              + Json.time(close.throughMillis())
              + " is closed.";
      case Body.IntervalClose close ->
          "Everything measured before " + Json.time(close.throughMillis()) + " is accounted.";
      case Body.ProductDeclared declared ->
          "Revision " + declared.revision() + " of the declaration of " + declared.product() + ".";
      case Body.LotPassport _ -> "A supplier's proven account of a lot.";
      case Body.Derived derived ->
          "A result that leaf " + Figure.count(derived.cause()) + " brought about.";
    };
  }

  /** Returns the steps of evidence with those that a leaf has reached. */
  private List<NowView.EvidenceCard.Step> track(long leaf) {
    LogStatus log = plant.log();
    List<NowView.EvidenceCard.Step> steps = new ArrayList<>();
    for (LogStatus.Evidence step : LogStatus.Evidence.values()) {
      OptionalLong through = log.size(step);
      boolean there = leaf < through.orElse(0);
      steps.add(
          new NowView.EvidenceCard.Step(
              StatementJson.word(step),
              step.meaning(log),
              through.isEmpty() ? "not configured" : there ? "yes" : "not yet",
              there ? Condition.GOOD : Condition.NONE,
              ""));
    }
    return steps;
  }

  static NowView.EvidenceCard card(PlantSnapshot snapshot, LogStatus log, Intake intake) {
    long error = snapshot.totals().conservationError().micrograms();
    return new NowView.EvidenceCard(
        snapshot.plant().map(PlantModel::origin).orElse("–"),
        Arrays.stream(LogStatus.Evidence.values()).map(step -> step(step, log)).toList(),
        log.root().length() > 16
            ? log.root().substring(0, 8) + "…" + log.root().substring(log.root().length() - 8)
            : log.root(),
        log.root(),
        Figure.count(log.checkpointSize()),
        Figure.count(intake.refused()),
        Figure.count(error) + " µg",
        error == 0);
  }

  private static NowView.EvidenceCard.Step step(LogStatus.Evidence step, LogStatus log) {
    OptionalLong reached = log.size(step);
    String name = StatementJson.word(step);
    if (reached.isEmpty()) {
      return new NowView.EvidenceCard.Step(
          name, step.meaning(log), "–", Condition.NONE, "not configured");
    }
    long behind = log.size() - reached.getAsLong();
    return new NowView.EvidenceCard.Step(
        name,
        step.meaning(log),
        Figure.count(reached.getAsLong()),
        behind <= 0 ? Condition.GOOD : Condition.PENDING,
        behind <= 0 ? "all" : Figure.count(behind) + " to go");
  }

  private static long index(RoutingContext request) {
    return Parameters.integer("leaf", request.pathParam("leaf"), 0, Long.MAX_VALUE);
  }

  private static RequestRefused unknown() {
    return RequestRefused.notFound("The log has no leaf of that number yet.");
  }
}
