package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import java.util.ArrayList;
import java.util.List;

/** Encodes what suppliers claim of materials. Stateless. */
public final class ClaimCodec {
  private static final int TEXT = MaterialClaim.MAX_TEXT;
  private static final int ITEMS = 6;
  private static final int SIGNED_ITEMS = 7;
  private static final int ORIGIN = 1;
  private static final int RISK_MATERIAL = 2;
  private static final int RECYCLED = 3;
  private static final int CERTIFICATE = 4;
  private static final int DUE_DILIGENCE = 5;

  private ClaimCodec() {}

  static void write(CborWriter out, Body.MaterialClaimed said) {
    out.array(said.document().isPresent() ? SIGNED_ITEMS : ITEMS);
    switch (said.subject()) {
      case Body.MaterialClaimed.Subject.OfLot(String lot) -> out.array(1).text(lot);
      case Body.MaterialClaimed.Subject.OfProduct(String gtin, Period valid) -> {
        out.array(2).text(gtin);
        period(out, valid);
      }
    }
    out.text(said.company()).text(said.role()).text(said.person());
    out.integer(said.model().ordinal()).array(said.claims().size());
    said.claims().forEach(claim -> write(out, claim));
    said.document().ifPresent(document -> document.write(out));
  }

  static Body.MaterialClaimed read(CborReader in) {
    int all = in.array(SIGNED_ITEMS);
    if (all < ITEMS) {
      throw new MalformedException("a claim of " + all + " items", in.position());
    }
    try {
      int items = in.array(2);
      String path = in.text(TEXT);
      Body.MaterialClaimed.Subject subject =
          items == 2
              ? new Body.MaterialClaimed.Subject.OfProduct(path, period(in))
              : new Body.MaterialClaimed.Subject.OfLot(path);
      String company = in.text(TEXT);
      String role = in.text(TEXT);
      String person = in.text(TEXT);
      CustodyModel model = model(in);
      int count = in.array(Body.MaterialClaimed.MOST);
      List<MaterialClaim> claims = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        claims.add(claim(in));
      }
      Body.MaterialClaimed said =
          new Body.MaterialClaimed(subject, company, role, person, model, claims);
      return all == ITEMS ? said : said.signed(SupplierDocument.read(in));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("claim: " + e.getMessage(), in.position());
    }
  }

  /** Returns a statement's claims as bytes that {@link #decode} takes back. */
  public static byte[] encode(Body.MaterialClaimed said) {
    CborWriter out = new CborWriter();
    write(out, said);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static Body.MaterialClaimed decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    Body.MaterialClaimed said = read(in);
    in.end();
    return said;
  }

  public static CustodyModel model(CborReader in) {
    return CustodyModel.values()[(int) in.integer(0, CustodyModel.values().length - 1)];
  }

  /** Writes one claim. */
  public static void write(CborWriter out, MaterialClaim claim) {
    switch (claim) {
      case MaterialClaim.Origin(String country, String site) ->
          out.array(3).integer(ORIGIN).text(country).text(site);
      case MaterialClaim.RiskMaterial(var element, int ppm) ->
          out.array(3).integer(RISK_MATERIAL).integer(element.ordinal()).integer(ppm);
      case MaterialClaim.Recycled(int ppm, var source) ->
          out.array(3).integer(RECYCLED).integer(ppm).integer(source.ordinal());
      case MaterialClaim.Certificate(String scheme, String number, Period valid, var document) -> {
        out.array(5).integer(CERTIFICATE).text(scheme).text(number);
        period(out, valid);
        out.bytes(document.bytes());
      }
      case MaterialClaim.DueDiligence(String title, var document) ->
          out.array(3).integer(DUE_DILIGENCE).text(title).bytes(document.bytes());
    }
  }

  /**
   * Reads one claim.
   *
   * @throws IllegalArgumentException if there is no such claim
   */
  public static MaterialClaim claim(CborReader in) {
    int items = in.array(5);
    int type = (int) in.integer(ORIGIN, DUE_DILIGENCE);
    if (items != (type == CERTIFICATE ? 5 : 3)) {
      throw new MalformedException("a claim of " + items + " items", in.position());
    }
    return switch (type) {
      case ORIGIN -> new MaterialClaim.Origin(in.text(2), in.text(TEXT));
      case RISK_MATERIAL -> {
        MaterialClaim.RiskMaterial.Element[] elements = MaterialClaim.RiskMaterial.Element.values();
        yield new MaterialClaim.RiskMaterial(
            elements[(int) in.integer(0, elements.length - 1)], ppm(in));
      }
      case RECYCLED -> {
        int ppm = ppm(in);
        yield new MaterialClaim.Recycled(
            ppm, MaterialClaim.Recycled.Source.values()[(int) in.integer(0, 1)]);
      }
      case CERTIFICATE ->
          new MaterialClaim.Certificate(
              in.text(TEXT), in.text(TEXT), period(in), BodyCodec.hash(in));
      default -> new MaterialClaim.DueDiligence(in.text(TEXT), BodyCodec.hash(in));
    };
  }

  private static int ppm(CborReader in) {
    return (int) in.integer(1, MaterialClaim.MILLION);
  }

  private static void period(CborWriter out, Period period) {
    out.array(2).integer(period.fromMillis()).integer(period.toMillis());
  }

  private static Period period(CborReader in) {
    in.arrayOf(2);
    return new Period(in.integer(0, BodyCodec.MAX_TIME), in.integer(0, BodyCodec.MAX_TIME));
  }
}
