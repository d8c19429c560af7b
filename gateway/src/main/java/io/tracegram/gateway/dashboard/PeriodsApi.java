package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.account.ClosedPeriod;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /api/v1/periods}: closed months, newest first, each with its account, its evidence
 * and, if it was restated, what it was before, what changed it and by how much.
 */
final class PeriodsApi {
  private static final int MOST = 36;

  private final PlantReadModel plant;
  private final BigDecimal materialityPercent;

  /**
   * @param materialityPercent change of a month's total above which a restatement is material
   */
  PeriodsApi(PlantReadModel plant, BigDecimal materialityPercent) {
    this.plant = plant;
    this.materialityPercent = materialityPercent;
  }

  void mount(Router router) {
    router.get("/api/v1/periods").handler(this::periods);
  }

  private void periods(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, MOST).orElse(12);
    Answer.with(
        request,
        plant
            .periods(limit)
            .thenCompose(
                months -> each(months.value()).thenApply(json -> answer(months.size(), json))),
        answer -> Answer.json(request, answer));
  }

  private ObjectNode answer(long size, ArrayNode months) {
    ObjectNode json =
        Json.object()
            .put("asOf", size)
            .put("materialityPercent", materialityPercent.toPlainString());
    json.set("periods", months);
    return json;
  }

  private CompletableFuture<ArrayNode> each(List<ClosedPeriod> months) {
    CompletableFuture<ArrayNode> all = CompletableFuture.completedFuture(Json.array());
    for (ClosedPeriod month : months) {
      all = all.thenCombine(month(month), ArrayNode::add);
    }
    return all;
  }

  private CompletableFuture<ObjectNode> month(ClosedPeriod month) {
    ObjectNode json = PeriodJson.of(month.account()).put("closedBy", month.closedBy());
    OptionalLong leaf = month.leaf() < 0 ? OptionalLong.empty() : OptionalLong.of(month.leaf());
    json.set("evidence", AccountJson.evidence(leaf, plant.log()));
    long previous = month.account().revision().previous();
    if (previous < 0) {
      return CompletableFuture.completedFuture(json);
    }
    return plant
        .evidence(previous)
        .thenCombine(
            plant.evidence(month.account().revision().cause()),
            (before, cause) -> {
              before
                  .flatMap(PeriodsApi::account)
                  .ifPresent(
                      old -> json.set("restatement", restatement(old, month.account(), cause)));
              return json;
            });
  }

  private static Optional<PeriodAccount> account(LeafEvidence evidence) {
    return evidence.leaf().statement().statement().body() instanceof Body.Derived derived
            && AccountCodec.decode(derived.content().bytes())
                instanceof Account.OfPeriod(int _, PeriodAccount account)
        ? Optional.of(account)
        : Optional.empty();
  }

  /** Says what the month was before, how far it moved, and who said what moved it. */
  private ObjectNode restatement(
      PeriodAccount before, PeriodAccount after, Optional<LeafEvidence> cause) {
    ObjectNode json = Json.object();
    ObjectNode previous = json.putObject("previousCo2eKg");
    ObjectNode delta = json.putObject("deltaCo2eKg");
    boolean material = false;
    for (Basis basis : after.bases()) {
      Optional<Co2e> old = before.co2e(basis);
      Optional<Co2e> now = after.co2e(basis);
      previous.put(basis.name(), old.map(Co2e::kilograms).orElse(null));
      delta.put(
          basis.name(),
          now.flatMap(known -> old.map(known::minus)).map(Co2e::kilograms).orElse(null));
      material |= isMaterial(old, now);
    }
    json.put("material", material);
    cause.ifPresent(
        evidence -> {
          Statement statement = evidence.leaf().statement().statement();
          json.putObject("cause")
              .put("leaf", after.revision().cause())
              .put("kind", FacilityIntervalJson.word(statement.body().kind()))
              .put("by", person(statement.body()).orElse(statement.agent()));
        });
    return json;
  }

  private boolean isMaterial(Optional<Co2e> before, Optional<Co2e> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return before.isPresent() != after.isPresent();
    }
    BigDecimal moved = BigDecimal.valueOf(after.get().minus(before.get()).micrograms()).abs();
    BigDecimal was = BigDecimal.valueOf(before.get().micrograms()).abs();
    return moved.movePointRight(2).compareTo(was.multiply(materialityPercent)) > 0;
  }

  private static Optional<String> person(Body body) {
    return switch (body) {
      case Body.ManualEntry entry -> Optional.of(entry.person());
      case Body.Approval approval -> Optional.of(approval.person());
      case Body.Imported imported -> Optional.of(imported.person());
      default -> Optional.empty();
    };
  }
}
