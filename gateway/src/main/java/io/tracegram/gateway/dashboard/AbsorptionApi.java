package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * {@code GET /api/v1/absorption}: the overhead of closed months, newest first: what their lots
 * absorbed of it, and the variance that is carried on.
 */
final class AbsorptionApi {
  private static final long MOST = 120;

  private final PlantReadModel plant;

  AbsorptionApi(PlantReadModel plant) {
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/absorption").handler(this::absorption);
  }

  private void absorption(RoutingContext request) {
    int limit = (int) Parameters.of(request, "limit").integer("limit", 1, MOST).orElse(12);
    Answer.with(
        request,
        plant.absorptions(limit),
        months -> Answer.json(request, answer(months.size(), months.value())));
  }

  private static ObjectNode answer(long size, List<AbsorptionAccount> months) {
    ObjectNode json = Json.object().put("asOf", size);
    return json.set("months", Json.array(months, BurdenJson::of));
  }
}
