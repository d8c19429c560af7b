package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.claim.ClaimReader;
import io.tracegram.runtime.claim.WithdrawalReader;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * What suppliers claim of their material: {@code POST /api/v1/claims} takes a named role's claims,
 * {@code POST /api/v1/claims/{leaf}/withdrawal} takes one back, {@code GET} tells them all. An
 * answer of 201 means that the leaf is on disk; what is in the log already is answered by 200.
 *
 * <p>What comes as {@code application/cose} is signed by the supplier's own key. What comes as JSON
 * is entered by a person on its behalf, and shown so: there are no users yet, who reaches this
 * interface may name any supplier's role, so it is served where the pages are, on loopback.
 */
public final class ClaimsApi {
  private static final String PATH = "/api/v1/claims";
  private static final long MAX_BODY = ClaimReader.MOST_BYTES + SupplierDesk.ENVELOPE;
  private static final int SHOWN = 1_000;

  private final SupplierDesk desk;

  public ClaimsApi(SupplierDesk desk) {
    this.desk = desk;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(this::claim);
    router
        .post(PATH + "/:leaf/withdrawal")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(this::withdraw);
    router.get(PATH).handler(this::tell);
  }

  /** Where a claim stands in the log. */
  private record Told(long leaf, boolean isNew) {}

  private void claim(RoutingContext request) {
    Parameters.of(request);
    Body.MaterialClaimed said = said(SupplierDesk.incoming(request, ClaimReader.MOST_BYTES));
    Answer.with(
        request,
        desk.accounts()
            .ask(ledger -> judged(ledger, said))
            .thenCompose(
                known ->
                    known.isPresent()
                        ? CompletableFuture.completedFuture(new Told(known.getAsLong(), false))
                        : desk.log().apply(said).thenApply(leaf -> new Told(leaf, true))),
        told -> LoggedAnswer.leaf(request, told.leaf, told.isNew));
  }

  private void withdraw(RoutingContext request) {
    Parameters.of(request);
    long leaf = Parameters.integer("the leaf", request.pathParam("leaf"), 0, Long.MAX_VALUE);
    Body.ClaimWithdrawn said = withdrawal(SupplierDesk.incoming(request, ClaimReader.MOST_BYTES));
    if (said.claim() != leaf) {
      throw RequestRefused.bad("withdraws is not the leaf that this address names");
    }
    Answer.with(
        request,
        desk.accounts()
            .ask(ledger -> ledger.refusal(said))
            .thenCompose(
                refusal -> {
                  refusal.ifPresent(
                      reason -> {
                        throw desk.conflict("withdrawals", reason);
                      });
                  return desk.log().apply(said);
                }),
        logged -> LoggedAnswer.leaf(request, logged, true));
  }

  private static Body.ClaimWithdrawn withdrawal(SupplierDesk.Incoming incoming) {
    try {
      Body.ClaimWithdrawn said = WithdrawalReader.read(incoming.content().bytes());
      return incoming.signed().map(said::signed).orElse(said);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad(String.valueOf(e.getMessage()));
    }
  }

  private static Body.MaterialClaimed said(SupplierDesk.Incoming incoming) {
    try {
      Body.MaterialClaimed said = ClaimReader.read(incoming.content().bytes());
      ClaimReader.objection(said)
          .ifPresent(
              reason -> {
                throw RequestRefused.bad(reason);
              });
      return incoming.signed().map(said::signed).orElse(said);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the leaf that says it already; refuses what the accounts would not take. */
  private OptionalLong judged(FacilityLedger ledger, Body.MaterialClaimed said) {
    ledger
        .refusal(said)
        .ifPresent(
            reason -> {
              throw desk.forged("claims", reason);
            });
    return ledger.claims().entrySet().stream()
        .filter(known -> known.getValue().isInForce() && known.getValue().says(said))
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  private void tell(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, SHOWN).orElse(SHOWN);
    Answer.with(
        request,
        desk.accounts().ask(ledger -> new AsOf<>(ledger.size(), ledger.claims())),
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
                                            OptionalLong.of(known.getKey()),
                                            desk.plant().log()))))));
  }
}
