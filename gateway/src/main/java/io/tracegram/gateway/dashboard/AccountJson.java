package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.MeterState;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.quality.DataQualityRating;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Accounts as the JSON interface writes them. Stateless. */
final class AccountJson {
  private AccountJson() {}

  /** Returns a share whose CO2e is null if a factor is missing. */
  static ObjectNode share(Share share, boolean priced) {
    return Json.object()
        .put("energyKwh", share.energy().kilowattHours())
        .put("co2eKg", priced ? share.co2e().kilograms() : null);
  }

  static ObjectNode share(Share share) {
    return Json.object()
        .put("energyKwh", share.energy().kilowattHours())
        .put("co2eKg", share.co2e().kilograms());
  }

  static ObjectNode factor(EmissionFactor factor) {
    return Json.object()
        .put("id", factor.id())
        .put(
            switch (factor.unit()) {
              case KWH -> "kgCo2ePerKwh";
              case TONNE_KM -> "kgCo2ePerTonneKm";
              case PIECE -> "kgCo2ePerPiece";
              case KG, KWH_GROSS, KWH_NET, CUBIC_METRE, LITRE -> "kgCo2ePerKg";
            },
            Decimals.canonical(factor.kgPerUnit()))
        .put("edition", factor.edition())
        .put("boundary", factor.boundary())
        .put("gwp", factor.gwpSet())
        .put("source", factor.source())
        .put("licence", factor.licence())
        .put("u95Percent", factor.u95Percent().map(Decimals::canonical).orElse(null))
        .set("dataQualityRating", factor.quality().rating().map(AccountJson::rating).orElse(null));
  }

  private static ObjectNode rating(DataQualityRating rating) {
    return Json.object()
        .put("technological", rating.technological())
        .put("temporal", rating.temporal())
        .put("geographical", rating.geographical());
  }

  static ObjectNode lot(LotState lot, LogStatus log) {
    ObjectNode json =
        Json.object()
            .put("lot", lot.lot().path())
            .put("gtin", lot.lot().gtin())
            .put("number", lot.lot().number())
            .put("serialised", lot.lot().isSerialised())
            .put("material", lot.material())
            .put("state", FacilityIntervalJson.word(lot.state()))
            .put("massKg", lot.mass().kilograms())
            .put("remainingKg", lot.remaining().kilograms())
            .put("since", Json.time(lot.sinceMillis()))
            .put("figures", lot.account().isPresent() ? "final" : "provisional");
    lot.unit().ifPresent(unit -> json.set("unit", CustodyJson.unit(unit)));
    Share own = lot.account().map(LotAccount::own).orElse(lot.provisionalOwn());
    json.set("own", share(own, lot.priced()).put("knownCo2eKg", own.co2e().kilograms()));
    json.put("inheritedCo2eKg", lot.account().map(a -> a.inherited().kilograms()).orElse(null));
    json.put(
        "secondaryInInheritedCo2eKg",
        lot.account().map(a -> a.secondary().kilograms()).orElse(null));
    json.put("totalCo2eKg", lot.account().map(a -> a.total().kilograms()).orElse(null));
    lot.account().ifPresent(account -> primary(json, account));
    json.set(
        "inputs",
        lot.account()
            .<JsonNode>map(account -> Json.array(account.inputs(), AccountJson::input))
            .orElse(null));
    lot.account()
        .flatMap(LotAccount::detail)
        .ifPresent(detail -> json.set("footprint", BurdenJson.of(detail)));
    lot.haul().ifPresent(haul -> json.set("transport", HaulJson.of(haul)));
    json.put("weighed", lot.weighed() ? "scale" : "typed")
        .put("typedKg", lot.typed().kilograms())
        .set("evidence", evidence(lot.accountLeaf(), log));
    return json;
  }

  /** Tells what part of a total is primary data, in percent, and by which policy. */
  private static void primary(ObjectNode json, LotAccount account) {
    json.put(
            "primaryDataShare",
            account.primaryDataShare().map(BigDecimal::toPlainString).orElse(null))
        .put("primaryDataPolicy", account.primaryPolicy().policy().name().toLowerCase(Locale.ROOT))
        .put("primaryDataPolicyMixed", account.primaryPolicy().mixed());
  }

  static ObjectNode input(LotAccount.Input input) {
    return Json.object()
        .put("lot", input.lot().path())
        .put("material", input.material())
        .put("massKg", input.mass().kilograms())
        .put("inheritedCo2eKg", input.inherited().kilograms())
        .put("basis", input.basis().name().toLowerCase(Locale.ROOT));
  }

  static ObjectNode meter(MeterState state, OptionalLong plantMillis, LogStatus log) {
    ObjectNode json =
        Json.object()
            .put("kind", "meter")
            .put("id", state.meter().id())
            .put("name", state.meter().name())
            .put("role", state.meter().role().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("parent", state.meter().parent().orElse(null))
            .put("workstation", state.meter().workstation().orElse(null))
            .put("profile", state.meter().profile())
            .put("serial", state.meter().serial())
            .put("accuracyClass", state.meter().accuracyClass())
            .put("state", Condition.of(state, plantMillis).word())
            .put("reason", state.bad())
            .put("measured", time(state.lastMeasuredMillis()));
    boolean read = state.lastMeasuredMillis().isPresent();
    return json.put("registerKwh", read ? state.register().kilowattHours() : null)
        .put("powerKw", kilowatts(state.powerMilliwatts()))
        .put("readings", state.readings())
        .set(
            "evidence",
            evidence(
                state.lastLeaf() < 0 ? OptionalLong.empty() : OptionalLong.of(state.lastLeaf()),
                log));
  }

  static ObjectNode problem(PlantProblem problem, LogStatus log) {
    return Json.object()
        .put("code", problem.code())
        .put("subject", problem.subject())
        .put("reason", problem.reason())
        .put("effect", problem.effect())
        .put("action", problem.action())
        .put("since", Json.time(problem.sinceMillis()))
        .put("count", problem.count())
        .set("evidence", evidence(problem.leaf(), log));
  }

  static @Nullable String time(OptionalLong millis) {
    return millis.isPresent() ? Json.time(millis.getAsLong()) : null;
  }

  /** Returns the leaf behind a figure and how far its evidence reaches; null if there is none. */
  static @Nullable ObjectNode evidence(OptionalLong leaf, LogStatus log) {
    if (leaf.isEmpty()) {
      return null;
    }
    return Json.object()
        .put("state", log.of(leaf.getAsLong()).map(StatementJson::word).orElse(null))
        .put("leaf", leaf.getAsLong());
  }

  private static @Nullable String kilowatts(OptionalLong milliwatts) {
    return milliwatts.isPresent()
        ? Decimals.canonical(BigDecimal.valueOf(milliwatts.getAsLong(), 6))
        : null;
  }
}
