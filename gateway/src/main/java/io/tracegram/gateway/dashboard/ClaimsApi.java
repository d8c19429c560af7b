package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What suppliers claim of their material: {@code POST /api/v1/claims} takes a named role's claims,
 * {@code GET} tells them all. An answer of 201 means that the leaf is on disk; what is in the log
 * already is answered by 200.
 *
 * <p>There are no users yet: who reaches this interface may name any supplier's role, so it is
 * served where the pages are, on loopback, and the gateway signs on the supplier's behalf.
 */
public final class ClaimsApi {
  private static final String PATH = "/api/v1/claims";
  private static final long MAX_BODY = 16_384;
  private static final int SHOWN = 1_000;

  private final LedgerReadModel.Accounts accounts;
  private final PlantReadModel plant;
  private final Function<Body, CompletableFuture<Long>> log;

  /**
   * Builds the interface.
   *
   * @param log logs something and completes with its leaf's index
   */
  public ClaimsApi(
      LedgerReadModel.Accounts accounts,
      PlantReadModel plant,
      Function<Body, CompletableFuture<Long>> log) {
    this.accounts = accounts;
    this.plant = plant;
    this.log = log;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(this::claim);
    router.get(PATH).handler(this::tell);
  }

  /** Where a claim stands in the log. */
  private record Told(long leaf, boolean isNew) {}

  private void claim(RoutingContext request) {
    Parameters.of(request);
    LoggedAnswer.requireJson(request);
    Body.MaterialClaimed said =
        ClaimJson.claimed(Optional.ofNullable(request.body().asString()).orElse(""));
    Answer.with(
        request,
        accounts
            .ask(ledger -> known(ledger.claims(), said))
            .thenCompose(
                known ->
                    known.isPresent()
                        ? CompletableFuture.completedFuture(new Told(known.getAsLong(), false))
                        : log.apply(said).thenApply(leaf -> new Told(leaf, true))),
        told -> LoggedAnswer.leaf(request, told.leaf, told.isNew));
  }

  private static OptionalLong known(
      SortedMap<Long, Body.MaterialClaimed> told, Body.MaterialClaimed said) {
    return told.entrySet().stream()
        .filter(known -> known.getValue().equals(said))
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  private void tell(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, SHOWN).orElse(SHOWN);
    Answer.with(
        request,
        accounts.ask(ledger -> new AsOf<>(ledger.size(), ledger.claims())),
        told ->
            Answer.json(
                request,
                Json.object()
                    .put("asOf", told.size())
                    .put("all", told.value().size())
                    .set(
                        "claims",
                        Json.array(
                            told.value().reversed().entrySet().stream().limit(limit).toList(),
                            known ->
                                ClaimJson.of(known.getValue())
                                    .set(
                                        "evidence",
                                        AccountJson.evidence(
                                            OptionalLong.of(known.getKey()), plant.log()))))));
  }
}
