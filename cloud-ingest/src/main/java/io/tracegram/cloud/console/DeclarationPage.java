package io.tracegram.cloud.console;

import io.tracegram.cloud.declaration.Declaration;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.cloud.declaration.FacilityOverview.Verdict;
import io.tracegram.cloud.declaration.Journey;
import io.tracegram.cloud.declaration.Links;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Figure;
import io.tracegram.runtime.web.RoundedParts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the page of one declaration. Stateless apart from its collaborator. */
final class DeclarationPage {
  private static final int BAR = 1_000;

  private final Assets assets;

  DeclarationPage(Assets assets) {
    this.assets = assets;
  }

  DeclarationView view(Declaration declaration, List<FacilityOverview> facilities) {
    List<Co2e> exact =
        Stream.concat(
                Stream.of(declaration.own()),
                declaration.components().stream().map(Declaration.Component::co2e))
            .toList();
    int decimals = RoundedParts.decimalsFor(declaration.total());
    RoundedParts rounded = RoundedParts.of(exact, decimals);
    return new DeclarationView(
        new Frame(assets, declaration.product() + " " + declaration.serial(), false),
        declaration.simulated() || anySimulated(declaration, facilities),
        declaration.product(),
        declaration.serial(),
        declaration.item().gtin(),
        declaration.facilityName(),
        Figure.kilograms(declaration.mass(), 2),
        QrCode.of(declaration.url()),
        declaration.url(),
        rounded.total(),
        perKilogram(declaration),
        rounded.parts().getFirst(),
        rounded.sumFrom(1),
        share(declaration.own(), declaration.total(), BAR).intValue(),
        parts(declaration, facilities, rounded.parts()),
        declaration.total().kilograms(),
        Figure.kilogramsCo2e(declaration.secondary(), decimals),
        Figure.of(share(declaration.secondary(), declaration.total(), 100), 0, "%").shown(),
        primary(declaration),
        journey(declaration, facilities),
        declaration.journey().whole(),
        claims(declaration),
        proofs(declaration, facilities),
        publication(declaration),
        declaration.evidence().proofUrl(),
        declaration.item().digitalLink());
  }

  /** Says what part of the total is primary data, and by which policy. */
  private static String primary(Declaration declaration) {
    return declaration
        .primaryDataShare()
        .map(
            share ->
                "%s %% by the policy ‘%s’: %s%s"
                    .formatted(
                        share.toPlainString(),
                        declaration.primaryPolicy().policy().name().toLowerCase(Locale.ROOT),
                        switch (declaration.primaryPolicy().policy()) {
                          case ACTIVITY -> "metered energy counts, whatever factor prices it.";
                          case STRICT ->
                              "metered energy priced by an average factor does not count.";
                        },
                        declaration.primaryPolicy().mixed()
                            ? " A part, such as a supplier’s, was counted by another policy."
                            : ""))
        .orElse("not known, for the total is not above zero.");
  }

  private static boolean anySimulated(Declaration declaration, List<FacilityOverview> facilities) {
    return declaration.components().stream()
        .flatMap(part -> facility(facilities, part.facility()).stream())
        .anyMatch(FacilityOverview::simulated);
  }

  private static Figure perKilogram(Declaration declaration) {
    if (declaration.mass().milligrams() <= 0) {
      return new Figure("", "–", "kg CO₂e per kg");
    }
    return Figure.of(
        BigDecimal.valueOf(declaration.total().micrograms(), 3)
            .divide(BigDecimal.valueOf(declaration.mass().milligrams()), MathContext.DECIMAL64),
        3,
        "kg CO₂e per kg");
  }

  private static BigDecimal share(Co2e part, Co2e total, long of) {
    return total.micrograms() <= 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part.micrograms())
            .multiply(BigDecimal.valueOf(of))
            .divide(BigDecimal.valueOf(total.micrograms()), MathContext.DECIMAL64);
  }

  private static List<DeclarationView.Part> parts(
      Declaration declaration, List<FacilityOverview> facilities, List<Figure> rounded) {
    List<DeclarationView.Part> parts = new ArrayList<>();
    Figure energy = Figure.kilowattHours(declaration.ownEnergy(), 2);
    parts.add(
        new DeclarationView.Part(
            true,
            "Made at " + declaration.facilityName(),
            energy.shown() + " kWh of electricity in its production steps",
            "Metered there; grid factor, scope 2 location-based",
            Mark.GOOD,
            rounded.getFirst()));
    for (int i = 0; i < declaration.components().size(); i++) {
      parts.add(part(declaration.components().get(i), facilities, rounded.get(i + 1)));
    }
    return parts;
  }

  private static List<DeclarationView.Claim> claims(Declaration declaration) {
    return declaration.claims().claims().stream()
        .map(
            held ->
                new DeclarationView.Claim(
                    ClaimText.wording(held, declaration.mass()) + ": " + ClaimText.of(held.claim()),
                    held.company() + "; " + ClaimText.said(held.key()),
                    Figure.kilograms(held.mass(), 2),
                    ClaimText.percent(held.mass(), declaration.mass()) + " %",
                    ClaimText.model(held.model()).replace('-', ' ')))
        .toList();
  }

  private static List<DeclarationView.Stop> journey(
      Declaration declaration, List<FacilityOverview> facilities) {
    return declaration.journey().stops().stream().map(stop -> stop(stop, facilities)).toList();
  }

  private static DeclarationView.Stop stop(Journey.Stop stop, List<FacilityOverview> facilities) {
    Declaration.Component part = stop.part();
    int decimals = RoundedParts.decimalsFor(part.co2e());
    DeclarationView.Part shown =
        part(part, facilities, Figure.kilogramsCo2e(part.co2e(), decimals));
    return new DeclarationView.Stop(
        stop.depth(),
        shown,
        stop.account().map(DeclarationPage::whole).orElse(""),
        Figure.count(part.evidence().leafIndex()),
        part.evidence().origin(),
        part.evidence().proofUrl(),
        Links.custody(part.lot()).orElse(""),
        stop.footprint().map(DeclarationPage::declared).orElse(""),
        stop.footprint().map(Journey.Footprint::proofUrl).orElse(""));
  }

  private static String declared(Journey.Footprint footprint) {
    return "the supplier’s footprint, leaf %s, %s"
        .formatted(
            Figure.count(footprint.leaf()),
            footprint
                .key()
                .map(key -> "signed by its key " + key.hex().substring(0, 16))
                .orElse("not signed by it"));
  }

  private static String whole(LotAccount lot) {
    int decimals = RoundedParts.decimalsFor(lot.total());
    return "The whole lot: %s kg; %s kg CO₂e = %s made there + %s brought along; %s kWh"
        .formatted(
            Figure.kilograms(lot.mass(), 2).shown(),
            Figure.kilogramsCo2e(lot.total(), decimals).shown(),
            Figure.kilogramsCo2e(lot.own().co2e(), decimals).shown(),
            Figure.kilogramsCo2e(lot.inherited(), decimals).shown(),
            Figure.kilowattHours(lot.own().energy(), 2).shown());
  }

  private static DeclarationView.Part part(
      Declaration.Component component, List<FacilityOverview> facilities, Figure co2e) {
    String maker =
        facility(facilities, component.facility())
            .map(FacilityOverview::name)
            .orElse(component.facility());
    return new DeclarationView.Part(
        false,
        component.product(),
        Figure.kilograms(component.mass(), 2).shown() + " kg of lot " + component.lot().number(),
        switch (component.basis()) {
          case PASSPORT -> "Supplier’s passport: proven account of " + maker;
          case OWN ->
              component.lot().isContent()
                  ? "Blended at " + maker + " in silo " + component.lot().silo()
                  : "Made at " + maker + " itself, metered there";
          case SECONDARY ->
              "Secondary factor from the plant model of " + maker + ": no supplier’s figure";
          case DECLARED -> "Footprint that the supplier declared to " + maker + " (PACT)";
        },
        switch (component.basis()) {
          case PASSPORT, OWN -> Mark.GOOD;
          case SECONDARY, DECLARED -> Mark.PENDING;
        },
        co2e);
  }

  private static List<DeclarationView.Proof> proofs(
      Declaration declaration, List<FacilityOverview> facilities) {
    Map<String, DeclarationView.Proof> proofs = new LinkedHashMap<>();
    declaration
        .proofs()
        .forEach(
            evidence ->
                proofs.putIfAbsent(
                    evidence.origin() + " " + evidence.leafIndex(),
                    proof(evidence, facility(facilities, evidence.facility()))));
    return List.copyOf(proofs.values());
  }

  private static DeclarationView.Publication publication(Declaration declaration) {
    if (declaration.published().isEmpty()) {
      return new DeclarationView.Publication(
          Mark.PENDING, "These figures are not published yet.", "", "", "", "");
    }
    Declaration.Published published = declaration.published().get();
    return new DeclarationView.Publication(
        published.current() && published.logged() ? Mark.GOOD : Mark.PENDING,
        published.current()
            ? "Published as revision " + published.revision()
            : "Revision "
                + published.revision()
                + " is published; another follows for these figures",
        Figure.count(published.leaf()),
        published.origin(),
        published.logged() ? "under a signed checkpoint" : "signed, checkpoint follows",
        published.documentUrl());
  }

  private static DeclarationView.Proof proof(
      Declaration.Evidence evidence, Optional<FacilityOverview> facility) {
    boolean audited =
        facility
            .filter(known -> known.auditedSize() > evidence.leafIndex())
            .filter(
                known ->
                    !(known.verdict() instanceof Verdict.Failed(long leaf, String _)
                        && leaf <= evidence.leafIndex()))
            .isPresent();
    Optional<FacilityOverview.Witnessed> policy = facility.map(FacilityOverview::witnessed);
    boolean witnessed =
        policy.map(known -> known.size().orElse(0) > evidence.leafIndex()).orElse(false);
    return new DeclarationView.Proof(
        facility.map(FacilityOverview::name).orElse(evidence.facility()),
        evidence.origin(),
        Figure.count(evidence.leafIndex()),
        Figure.count(evidence.checkpointSize()),
        audited ? Mark.GOOD : Mark.PENDING,
        audited ? "recomputed here and found equal" : "not audited yet",
        witnessed ? Mark.GOOD : Mark.NONE,
        witnessed
            ? "witnessed by " + String.join(", ", policy.orElseThrow().by())
            : "not witnessed yet",
        policy.map(known -> "The policy asks for: " + known.policy()).orElse(""),
        evidence.proofUrl());
  }

  private static Optional<FacilityOverview> facility(List<FacilityOverview> facilities, String id) {
    return facilities.stream().filter(known -> known.id().equals(id)).findFirst();
  }
}
