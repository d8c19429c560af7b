package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Gwp;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Quantity;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Unit;
import io.tracegram.ledger.evidence.statement.Document;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Footprints of one supplier as a gateway signs them. */
public final class Footprints {
  public static final Period ALWAYS = new Period(0, 4_000_000_000_000L);

  private Footprints() {}

  /** Returns the id of a footprint by a number. */
  public static String id(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }

  /** A footprint of 1 kg of a product, always valid. */
  public static DeclaredFootprint perKilogram(
      int number, String gtin, String kilograms, String primaryPercent) {
    return new DeclaredFootprint(
        id(number),
        true,
        List.of(),
        "Supplier",
        List.of("urn:example:supplier"),
        "Product",
        List.of(gtin),
        new Quantity(Unit.KILOGRAM, BigDecimal.ONE, BigDecimal.ONE),
        new BigDecimal(kilograms),
        new BigDecimal(primaryPercent),
        ALWAYS,
        new Period(0, 1),
        List.of(Gwp.AR5));
  }

  public static DeclaredFootprint instead(DeclaredFootprint before, DeclaredFootprint next) {
    return new DeclaredFootprint(
        next.id(),
        next.active(),
        List.of(before.id()),
        next.company(),
        next.companyIds(),
        next.product(),
        next.gtins(),
        next.per(),
        next.kilograms(),
        next.primaryPercent(),
        next.valid(),
        next.reference(),
        next.gwp());
  }

  public static DeclaredFootprint by(String company, DeclaredFootprint footprint) {
    return new DeclaredFootprint(
        footprint.id(),
        footprint.active(),
        footprint.preceding(),
        company,
        List.of("urn:example:" + company),
        footprint.product(),
        footprint.gtins(),
        footprint.per(),
        footprint.kilograms(),
        footprint.primaryPercent(),
        footprint.valid(),
        footprint.reference(),
        footprint.gwp());
  }

  public static DeclaredFootprint with(DeclaredFootprint footprint, boolean active, Period valid) {
    return new DeclaredFootprint(
        footprint.id(),
        active,
        footprint.preceding(),
        footprint.company(),
        footprint.companyIds(),
        footprint.product(),
        footprint.gtins(),
        footprint.per(),
        footprint.kilograms(),
        footprint.primaryPercent(),
        valid,
        footprint.reference(),
        footprint.gwp());
  }

  public static DeclaredFootprint counting(DeclaredFootprint footprint, Gwp... sets) {
    return new DeclaredFootprint(
        footprint.id(),
        footprint.active(),
        footprint.preceding(),
        footprint.company(),
        footprint.companyIds(),
        footprint.product(),
        footprint.gtins(),
        footprint.per(),
        footprint.kilograms(),
        footprint.primaryPercent(),
        footprint.valid(),
        footprint.reference(),
        List.of(sets));
  }

  /** Returns what a gateway says of it; the document is not read by the accounts. */
  public static Body.SupplierFootprint said(DeclaredFootprint footprint, String lot) {
    byte[] document = footprint.toString().getBytes(StandardCharsets.UTF_8);
    return new Body.SupplierFootprint(
        new Document.Inline(Content.of(document)), Hash.sha256(document), lot, footprint);
  }
}
