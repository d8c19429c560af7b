package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.FootprintState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.Document;
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
import java.util.function.Function;

/**
 * What suppliers declare of their products: {@code POST /api/v1/footprints} takes one footprint as
 * PACT v3 writes it, {@code GET} tells them all with the lots that rest on them. An answer of 201
 * means that the leaf is on disk; what is in the log already is answered by 200.
 */
public final class FootprintsApi {
  private static final String PATH = "/api/v1/footprints";
  private static final int SHOWN = 1_000;

  private final LedgerReadModel.Accounts accounts;
  private final PlantReadModel plant;
  private final Function<Body, CompletableFuture<Long>> log;
  private final Executor reading;

  /**
   * Builds the interface.
   *
   * @param log logs something after what it was given before, and completes with its leaf's index
   * @param reading reads documents, off the event loop
   */
  public FootprintsApi(
      LedgerReadModel.Accounts accounts,
      PlantReadModel plant,
      Function<Body, CompletableFuture<Long>> log,
      Executor reading) {
    this.accounts = accounts;
    this.plant = plant;
    this.log = log;
    this.reading = reading;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(PactReader.MOST_BYTES))
        .handler(this::declare);
    router.get(PATH).handler(this::tell);
  }

  /** A footprint that is read and may be logged. */
  private record Offer(Content document, String lot, DeclaredFootprint footprint) {}

  private void declare(RoutingContext request) {
    Optional<LotId> lot =
        Parameters.of(request, "lot").text("lot").map(path -> FacilityApi.lotId(path));
    LoggedAnswer.requireJson(request);
    byte[] document =
        Optional.ofNullable(request.body().buffer())
            .map(body -> body.getBytes())
            .orElse(new byte[0]);
    Answer.with(
        request,
        CompletableFuture.supplyAsync(() -> offer(document, lot), reading)
            .thenCompose(
                offer ->
                    accounts
                        .ask(ledger -> known(ledger.footprints(offer.footprint.id()), offer))
                        .thenCompose(known -> known.map(Told::before).orElseGet(() -> say(offer)))),
        told -> LoggedAnswer.leaf(request, told.leaf, told.isNew));
  }

  /** Where a footprint stands in the log. */
  private record Told(long leaf, boolean isNew) {
    private static CompletableFuture<Told> before(long leaf) {
      return CompletableFuture.completedFuture(new Told(leaf, false));
    }
  }

  private static Offer offer(byte[] document, Optional<LotId> lot) {
    return switch (PactReader.read(document)) {
      case PactReader.Outcome.Refused(List<Fault> faults) -> throw refused(faults);
      case PactReader.Outcome.Valid(DeclaredFootprint footprint) -> {
        PactReader.objection(footprint, lot)
            .ifPresent(
                reason -> {
                  throw refused(List.of(new Fault("/productIds", reason)));
                });
        yield new Offer(Content.of(document), lot.map(LotId::path).orElse(""), footprint);
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
        if (known.lot().map(LotId::path).orElse("").equals(offer.lot)) {
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
    Hash sha256 = Hash.sha256(offer.document.bytes());
    CompletableFuture<Long> last = new CompletableFuture<>();
    for (Body body :
        Document.stated(
            offer.document.bytes(),
            document -> new Body.SupplierFootprint(document, sha256, offer.lot, offer.footprint))) {
      last = log.apply(body);
    }
    return last.thenApply(leaf -> new Told(leaf, true));
  }

  private void tell(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, SHOWN).orElse(SHOWN);
    Answer.with(
        request,
        accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.footprints())),
        told -> {
          ObjectNode json = Json.object().put("asOf", told.size()).put("all", told.value().size());
          json.set(
              "footprints",
              Json.array(
                  told.value().reversed().stream().limit(limit).toList(),
                  known -> FootprintJson.of(known, plant.log())));
          Answer.json(request, json);
        });
  }
}
