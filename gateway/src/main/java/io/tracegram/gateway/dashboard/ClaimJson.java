package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Material claims as the JSON interface takes and writes them, strictly. Stateless. */
final class ClaimJson {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private ClaimJson() {}

  /**
   * Reads what a supplier claims.
   *
   * @throws RequestRefused saying what is wrong with it
   */
  static MaterialClaimed claimed(String body) {
    JsonNode said = EntryJson.object(EntryJson.parse(body), "the claim");
    boolean ofLot = said.has("lot");
    if (ofLot == said.has("gtin")) {
      throw RequestRefused.bad("a claim is of either a lot or a gtin");
    }
    List<String> keys =
        new ArrayList<>(List.of("company", "role", "person", "custodyModel", "claims"));
    keys.addAll(ofLot ? List.of("lot") : List.of("gtin", "validFrom", "validTo"));
    EntryJson.only(said, "the claim", keys);
    JsonNode list = said.path("claims");
    if (!list.isArray() || list.isEmpty() || list.size() > MaterialClaimed.MOST) {
      throw RequestRefused.bad("claims is a list of 1 to " + MaterialClaimed.MOST + " claims");
    }
    List<MaterialClaim> claims = new ArrayList<>();
    list.forEach(claim -> claims.add(claim(claim)));
    try {
      return new MaterialClaimed(
          ofLot ? new Subject.OfLot(text(said, "lot")) : product(said),
          text(said, "company"),
          text(said, "role"),
          EntryJson.id(said, "person"),
          word(said, "custodyModel", CustodyModel.values()),
          claims);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad(String.valueOf(e.getMessage()));
    }
  }

  private static Subject product(JsonNode said) {
    return new Subject.OfProduct(text(said, "gtin"), period(said));
  }

  private static Period period(JsonNode said) {
    return new Period(EntryJson.time(said, "validFrom"), EntryJson.time(said, "validTo"));
  }

  private static MaterialClaim claim(JsonNode node) {
    JsonNode claim = EntryJson.object(node, "each claim");
    if (claim.size() != 1) {
      throw RequestRefused.bad(
          "each claim has one of origin, riskMaterial, recycled, certificate, dueDiligence");
    }
    String type = claim.fieldNames().next();
    JsonNode said = EntryJson.object(claim.path(type), type);
    try {
      return claim(type, said);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.bad(type + ": " + e.getMessage());
    }
  }

  private static MaterialClaim claim(String type, JsonNode said) {
    return switch (type) {
      case "origin" -> {
        EntryJson.only(said, type, List.of("country", "site"));
        String country = text(said, "country");
        if (!COUNTRIES.contains(country)) {
          throw RequestRefused.bad("country is no two letters of ISO 3166-1, such as FI");
        }
        yield new MaterialClaim.Origin(country, text(said, "site"));
      }
      case "riskMaterial" -> {
        EntryJson.only(said, type, List.of("material", "ppm"));
        yield new MaterialClaim.RiskMaterial(
            word(said, "material", MaterialClaim.RiskMaterial.Element.values()), ppm(said));
      }
      case "recycled" -> {
        EntryJson.only(said, type, List.of("ppm", "source"));
        yield new MaterialClaim.Recycled(
            ppm(said), word(said, "source", MaterialClaim.Recycled.Source.values()));
      }
      case "certificate" -> {
        EntryJson.only(said, type, List.of("scheme", "number", "validFrom", "validTo", "sha256"));
        yield new MaterialClaim.Certificate(
            text(said, "scheme"), text(said, "number"), period(said), hash(said));
      }
      case "dueDiligence" -> {
        EntryJson.only(said, type, List.of("title", "sha256"));
        yield new MaterialClaim.DueDiligence(text(said, "title"), hash(said));
      }
      default ->
          throw RequestRefused.bad(
              "each claim has one of origin, riskMaterial, recycled, certificate, dueDiligence");
    };
  }

  private static int ppm(JsonNode said) {
    JsonNode value = said.path("ppm");
    if (!value.isInt()) {
      throw RequestRefused.bad("ppm is missing, or no whole number of 1 to 1000000");
    }
    return value.intValue();
  }

  private static String text(JsonNode said, String name) {
    String text = said.path(name).textValue();
    if (text == null
        || text.isBlank()
        || text.getBytes(StandardCharsets.UTF_8).length > MaterialClaim.MAX_TEXT) {
      throw RequestRefused.bad(
          name + " is missing, or longer than " + MaterialClaim.MAX_TEXT + " bytes");
    }
    return text;
  }

  private static Hash hash(JsonNode said) {
    String text = said.path("sha256").textValue();
    if (text == null || !text.matches("[0-9a-f]{64}")) {
      throw RequestRefused.bad("sha256 is missing, or not 64 digits of 0-9 and a-f");
    }
    return Hash.of(HexFormat.of().parseHex(text));
  }

  private static <T extends Enum<T>> T word(JsonNode said, String name, T[] values) {
    String text = said.path(name).textValue();
    for (T value : values) {
      if (StatementJson.word(value).equals(text)) {
        return value;
      }
    }
    throw RequestRefused.bad(
        name
            + " is one of "
            + String.join(", ", Arrays.stream(values).map(StatementJson::word).toList()));
  }

  static ObjectNode of(MaterialClaimed said) {
    ObjectNode json = Json.object();
    switch (said.subject()) {
      case Subject.OfLot(String lot) -> json.put("lot", lot);
      case Subject.OfProduct(String gtin, Period valid) ->
          json.put("gtin", gtin)
              .put("validFrom", Json.time(valid.fromMillis()))
              .put("validTo", Json.time(valid.toMillis()));
    }
    json.put("company", said.company())
        .put("role", said.role())
        .put("person", said.person())
        .put("signedBy", "the gateway, on the supplier's behalf")
        .put("custodyModel", ClaimText.model(said.model()));
    return json.set("claims", Json.array(said.claims(), ClaimJson::of));
  }

  static ObjectNode of(HeldClaim held, Mass whole, LogStatus log) {
    ObjectNode json = of(held.claim());
    return json.put("company", held.company())
        .put("massKg", held.mass().kilograms())
        .put("sharePercent", ClaimText.percent(held.mass(), whole))
        .put("custodyModel", ClaimText.model(held.model()))
        .put("wording", ClaimText.wording(held, whole) + ": " + ClaimText.of(held.claim()))
        .set("evidence", AccountJson.evidence(OptionalLong.of(held.leaf()), log));
  }

  private static ObjectNode of(MaterialClaim claim) {
    ObjectNode json = Json.object();
    switch (claim) {
      case MaterialClaim.Origin(String country, String site) ->
          json.put("claim", "origin").put("country", country).put("site", site);
      case MaterialClaim.RiskMaterial(var element, int ppm) ->
          json.put("claim", "risk-material")
              .put("material", StatementJson.word(element))
              .put("ppm", ppm);
      case MaterialClaim.Recycled(int ppm, var source) ->
          json.put("claim", "recycled").put("ppm", ppm).put("source", StatementJson.word(source));
      case MaterialClaim.Certificate(String scheme, String number, Period valid, Hash document) ->
          json.put("claim", "certificate")
              .put("scheme", scheme)
              .put("number", number)
              .put("validFrom", Json.time(valid.fromMillis()))
              .put("validTo", Json.time(valid.toMillis()))
              .put("sha256", document.hex());
      case MaterialClaim.DueDiligence(String title, Hash document) ->
          json.put("claim", "due-diligence").put("title", title).put("sha256", document.hex());
    }
    return json;
  }
}
