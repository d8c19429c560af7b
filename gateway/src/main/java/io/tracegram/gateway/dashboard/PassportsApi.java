package io.tracegram.gateway.dashboard;

import io.tracegram.gateway.replicate.PassportDesk;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * {@code POST /api/v1/passports} takes the passport of a received lot that came with the goods as a
 * file, and no central service that both companies share. An answer of 201 means that the leaf is
 * on disk.
 */
public final class PassportsApi {
  private static final String PATH = "/api/v1/passports";

  /** A leaf in base64 and a proof under many cosignatures. */
  private static final int MOST_BYTES = 256 * 1024;

  private final LedgerReadModel.Accounts accounts;
  private final PassportDesk desk;
  private final Function<Body, CompletableFuture<Long>> log;
  private final Executor reading;

  /**
   * Builds the interface.
   *
   * @param log logs something, and completes with its leaf's index
   * @param reading verifies signatures, off the event loop
   */
  public PassportsApi(
      LedgerReadModel.Accounts accounts,
      PassportDesk desk,
      Function<Body, CompletableFuture<Long>> log,
      Executor reading) {
    this.accounts = accounts;
    this.desk = desk;
    this.log = log;
    this.reading = reading;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
        .handler(this::take);
  }

  private void take(RoutingContext request) {
    Parameters.of(request);
    LoggedAnswer.requireJson(request);
    String json = Optional.ofNullable(request.body().asString(UTF_8)).orElse("");
    Answer.with(
        request,
        CompletableFuture.supplyAsync(() -> accepted(json), reading)
            .thenCompose(
                passport ->
                    accounts
                        .ask(ledger -> objection(ledger, passport))
                        .thenCompose(
                            objection -> {
                              if (objection.isPresent()) {
                                throw RequestRefused.of(
                                    new ProblemDetails(409, "Conflict", objection.get()));
                              }
                              return log.apply(passport.passport());
                            })),
        leaf -> LoggedAnswer.leaf(request, leaf, true));
  }

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private PassportDesk.Verdict.Accepted accepted(String json) {
    return switch (desk.judge(json)) {
      case PassportDesk.Verdict.Accepted accepted -> accepted;
      case PassportDesk.Verdict.Refused(String reason) ->
          throw RequestRefused.bad(
              "What was sent as a passport %s. Nothing is logged; 'suppliers' in gateway.yaml names whose passports are believed."
                  .formatted(reason));
    };
  }

  private static Optional<String> objection(
      FacilityLedger ledger, PassportDesk.Verdict.Accepted passport) {
    LotId lot = passport.lot();
    if (ledger.takesPassport(passport.facility(), passport.account())) {
      return Optional.empty();
    }
    return Optional.of(
        ledger.lot(lot).isPresent()
            ? lot
                + " waits for no passport: it rests on this one or a later one already, or its"
                + " material has a secondary factor in plant.yaml."
            : lot + " was not received here yet: scan it in first, then send its passport again.");
  }
}
