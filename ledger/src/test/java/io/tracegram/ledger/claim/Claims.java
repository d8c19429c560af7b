package io.tracegram.ledger.claim;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed.Subject;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import java.util.List;

/** Claims of one supplier. */
public final class Claims {
  public static final MaterialClaim ORIGIN = new MaterialClaim.Origin("FI", "Sotkamo mine");
  public static final MaterialClaim COBALT =
      new MaterialClaim.RiskMaterial(MaterialClaim.RiskMaterial.Element.COBALT, 210_000);
  public static final MaterialClaim RECYCLED =
      new MaterialClaim.Recycled(300_000, MaterialClaim.Recycled.Source.POST_CONSUMER);
  public static final Period ALWAYS = new Period(0, 4_000_000_000_000L);

  private Claims() {}

  public static MaterialClaim certificate(Period valid) {
    return new MaterialClaim.Certificate("IRMA", "C-7", valid, Hash.sha256(new byte[] {7}));
  }

  /** Returns a claim of each type. */
  public static MaterialClaim[] everything() {
    return new MaterialClaim[] {
      ORIGIN,
      COBALT,
      RECYCLED,
      certificate(ALWAYS),
      new MaterialClaim.DueDiligence("Supply chain report", Hash.sha256(new byte[] {8}))
    };
  }

  public static Body.MaterialClaimed ofLot(
      String lot, CustodyModel model, MaterialClaim... claims) {
    return said(new Subject.OfLot(lot), model, claims);
  }

  public static Body.MaterialClaimed ofProduct(
      String gtin, CustodyModel model, MaterialClaim... claims) {
    return said(new Subject.OfProduct(gtin, ALWAYS), model, claims);
  }

  private static Body.MaterialClaimed said(
      Subject subject, CustodyModel model, MaterialClaim... claims) {
    return new Body.MaterialClaimed(
        subject, "Mine Oy", "quality manager", "p-7", model, List.of(claims));
  }
}
