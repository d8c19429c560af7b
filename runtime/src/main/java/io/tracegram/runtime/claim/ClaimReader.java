package io.tracegram.runtime.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what a supplier claims of its material, strictly. Stateless. */
public final class ClaimReader {
  /** Most bytes of a document. */
  public static final int MOST_BYTES = SupplierDocument.MAX_CLAIMS;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final String TYPES =
      "each claim has one of origin, riskMaterial, recycled, certificate, dueDiligence";

  private ClaimReader() {}

  /**
   * Reads a document; nobody has signed it yet.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static MaterialClaimed read(byte[] document) {
    ClaimFields said = ClaimFields.of("the claim", document, MOST_BYTES);
    boolean ofLot = said.has("lot");
    if (ofLot == said.has("gtin")) {
      throw new IllegalArgumentException("a claim is of either a lot or a gtin");
    }
    List<String> keys =
        new ArrayList<>(List.of("company", "role", "person", "custodyModel", "claims"));
    keys.addAll(ofLot ? List.of("lot") : List.of("gtin", "validFrom", "validTo"));
    said.only(keys);
    JsonNode list = said.object().path("claims");
    if (!list.isArray() || list.isEmpty() || list.size() > MaterialClaimed.MOST) {
      throw new IllegalArgumentException(
          "claims is a list of 1 to " + MaterialClaimed.MOST + " claims");
    }
    List<MaterialClaim> claims = new ArrayList<>();
    list.forEach(claim -> claims.add(claim(claim)));
    return new MaterialClaimed(
        ofLot
            ? new Subject.OfLot(said.text("lot"))
            : new Subject.OfProduct(said.text("gtin"), said.period()),
        said.text("company"),
        said.text("role"),
        said.id("person"),
        said.word("custodyModel", CustodyModel.values()),
        claims);
  }

  /** Returns why a claim is not to be taken now: the list of countries changes with the years. */
  public static Optional<String> objection(MaterialClaimed said) {
    return said.claims().stream()
        .filter(
            claim ->
                claim instanceof MaterialClaim.Origin(String country, var _)
                    && !COUNTRIES.contains(country))
        .findFirst()
        .map(_ -> "origin: country is no two letters of ISO 3166-1, such as FI");
  }

  private static MaterialClaim claim(JsonNode node) {
    ClaimFields claim = new ClaimFields("each claim", node);
    if (node.size() != 1) {
      throw new IllegalArgumentException(TYPES);
    }
    String type = node.fieldNames().next();
    ClaimFields said = new ClaimFields(type, claim.object().path(type));
    try {
      return claim(type, said);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(type + ": " + e.getMessage(), e);
    }
  }

  private static MaterialClaim claim(String type, ClaimFields said) {
    return switch (type) {
      case "origin" -> {
        said.only(List.of("country", "site"));
        yield new MaterialClaim.Origin(said.text("country"), said.text("site"));
      }
      case "riskMaterial" -> {
        said.only(List.of("material", "ppm"));
        yield new MaterialClaim.RiskMaterial(
            said.word("material", MaterialClaim.RiskMaterial.Element.values()), said.ppm("ppm"));
      }
      case "recycled" -> {
        said.only(List.of("ppm", "source"));
        yield new MaterialClaim.Recycled(
            said.ppm("ppm"), said.word("source", MaterialClaim.Recycled.Source.values()));
      }
      case "certificate" -> {
        said.only(List.of("scheme", "number", "validFrom", "validTo", "sha256"));
        yield new MaterialClaim.Certificate(
            said.text("scheme"), said.text("number"), said.period(), said.hash("sha256"));
      }
      case "dueDiligence" -> {
        said.only(List.of("title", "sha256"));
        yield new MaterialClaim.DueDiligence(said.text("title"), said.hash("sha256"));
      }
      default -> throw new IllegalArgumentException(TYPES);
    };
  }
}
