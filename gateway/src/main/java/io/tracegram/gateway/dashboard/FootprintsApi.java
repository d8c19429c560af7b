package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.FootprintState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.pact.PactReader;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What suppliers declare of their products: {@code POST /api/v1/footprints} takes one footprint as
 * PACT v3 writes it, or in the COSE_Sign1 of its supplier ({@code application/cose}); {@code GET}
 * tells them all with the lots that rest on them. An answer of 201 means that the leaf is on disk;
 * what is in the log already is answered by 200.
 */
public final class FootprintsApi {
  private static final String PATH = "/api/v1/footprints";
  private static final int SHOWN = 1_000;

  private final SupplierDesk desk;
  private final Executor reading;

  /**
   * Builds the interface.
   *
   * @param reading reads documents, off the event loop
   */
  public FootprintsApi(SupplierDesk desk, Executor reading) {
    this.desk = desk;
    this.reading = reading;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(
            BodyHandler.create(false).setBodyLimit(PactReader.MOST_BYTES + SupplierDesk.ENVELOPE))
        .handler(this::declare);
    router.get(PATH).handler(this::tell);
  }

  /** A footprint that is read and may be logged. */
  private record Offer(
      Content document,
      String lot,
      DeclaredFootprint footprint,
      Optional<SupplierSignature> signature) {
    /** Returns the statement about the document. */
    Body.SupplierFootprint as(Document stated) {
      return new Body.SupplierFootprint(
          stated, Hash.sha256(document.bytes()), lot, footprint, signature);
    }
  }

  private void declare(RoutingContext request) {
    Optional<LotId> lot =
        Parameters.of(request, "lot").text("lot").map(path -> FacilityApi.lotId(path));
    SupplierDesk.Incoming incoming = SupplierDesk.incoming(request, PactReader.MOST_BYTES);
    Answer.with(
        request,
        CompletableFuture.supplyAsync(() -> offer(incoming, lot), reading)
            .thenCompose(
                offer ->
                    desk.accounts()
                        .ask(ledger -> judged(ledger, offer))
                        .thenCompose(known -> known.map(Told::before).orElseGet(() -> say(offer)))),
        told -> LoggedAnswer.leaf(request, told.leaf, told.isNew));
  }

  /** Where a footprint stands in the log. */
  private record Told(long leaf, boolean isNew) {
    private static CompletableFuture<Told> before(long leaf) {
      return CompletableFuture.completedFuture(new Told(leaf, false));
    }
  }

  /** Returns the leaf that says it already; refuses what the accounts would not take. */
  private Optional<Long> judged(FacilityLedger ledger, Offer offer) {
    ledger
        .refusal(offer.as(new Document.Inline(offer.document)), offer.document.bytes())
        .ifPresent(
            reason -> {
              throw desk.forged("footprints", reason);
            });
    return known(ledger.footprints(offer.footprint.id()), offer);
  }

  private static Offer offer(SupplierDesk.Incoming incoming, Optional<LotId> lot) {
    return switch (PactReader.read(incoming.content().bytes())) {
      case PactReader.Outcome.Refused(List<Fault> faults) -> throw refused(faults);
      case PactReader.Outcome.Valid(DeclaredFootprint footprint) -> {
        PactReader.objection(footprint, lot)
            .ifPresent(
                reason -> {
                  throw refused(List.of(new Fault("/productIds", reason)));
                });
        yield new Offer(
            incoming.content(),
            lot.map(LotId::path).orElse(""),
            footprint,
            incoming.signed().map(SupplierDocument::signature));
      }
    };
  }

  private static RequestRefused refused(List<Fault> faults) {
    Fault first = faults.getFirst();
    return RequestRefused.of(
        new ProblemDetails(
            "about:blank",
            400,
            "This footprint cannot be taken",
            "%s %s%s Nothing is logged."
                .formatted(
                    first.pointer().isEmpty() ? "The footprint" : first.pointer(),
                    first.reason(),
                    faults.size() > 1 ? "; and %d more.".formatted(faults.size() - 1) : "."),
            faults));
  }

  /** Returns the leaf that says the same already, among those of the same id. */
  private static Optional<Long> known(List<FootprintState> sameId, Offer offer) {
    for (FootprintState known : sameId) {
      if (known.footprint().equals(offer.footprint)) {
        boolean signedToo =
            offer.signature.isEmpty()
                || offer.signature.map(SupplierSignature::key).equals(known.key());
        if (signedToo && known.lot().map(LotId::path).orElse("").equals(offer.lot)) {
          return Optional.of(known.leaf());
        }
      } else if (known.footprint().active() && offer.footprint.active()) {
        throw RequestRefused.of(
            new ProblemDetails(
                409,
                "Conflict",
                "Leaf %d holds another footprint of this id, and a footprint never changes: ask the"
                        .formatted(known.leaf())
                    + " supplier for one with an id of its own that names this one in"
                    + " 'precedingPfIds'."));
      }
    }
    return Optional.empty();
  }

  private CompletableFuture<Told> say(Offer offer) {
    CompletableFuture<Long> last = new CompletableFuture<>();
    for (Body body : Document.stated(offer.document.bytes(), offer::as)) {
      last = desk.log().apply(body);
    }
    return last.thenApply(leaf -> new Told(leaf, true));
  }

  private void tell(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, SHOWN).orElse(SHOWN);
    Answer.with(
        request,
        desk.accounts().ask(ledger -> new AsOf<>(ledger.size(), ledger.footprints())),
        told -> {
          ObjectNode json = Json.object().put("asOf", told.size()).put("all", told.value().size());
          json.set(
              "footprints",
              Json.array(
                  told.value().reversed().stream().limit(limit).toList(),
                  known -> FootprintJson.of(known, desk.plant().log())));
          Answer.json(request, json);
        });
  }
}
