package io.tracegram.ledger.claim;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Supplier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Claims that a supplier signs; the accounts do not read their documents. */
public final class SignedClaims {
  public static final Signer MINE = PlantFixture.key(7);
  public static final Signer OTHER = PlantFixture.key(8);
  public static final String COMPANY = "Mine Oy";

  public static final Body.ClaimWithdrawn WITHDRAWAL =
      new Body.ClaimWithdrawn(
          7, COMPANY, "quality manager", "p-7", "the audit failed", Optional.empty());

  private SignedClaims() {}

  /** Returns a plant that knows the keys of two suppliers. */
  public static PlantModel plant(PlantModel plant) {
    return PlantFixture.with(
        plant,
        additions ->
            additions.withSuppliers(
                List.of(
                    new Supplier(
                        "mine",
                        COMPANY,
                        MINE.publicKey(),
                        List.of(new Supplier.Person("p-7", "quality manager"))),
                    new Supplier("other", "Other AB", OTHER.publicKey(), List.of()))));
  }

  public static Body.MaterialClaimed signed(Body.MaterialClaimed said) {
    return signed(said, MINE, new Meant(Purpose.MATERIAL_CLAIM, "plant", "", 1_000));
  }

  public static Body.MaterialClaimed signed(
      Body.MaterialClaimed said, Signer supplier, Meant meant) {
    return said.signed(SupplierDocument.sign(supplier, meant, document(said)));
  }

  /** Returns a footprint that is signed for the lot that it is for. */
  public static Body.SupplierFootprint signed(Body.SupplierFootprint said) {
    byte[] document = ((Document.Inline) said.document()).content().bytes();
    Meant meant = new Meant(Purpose.FOOTPRINT, "plant", said.lot(), 1_000);
    return new Body.SupplierFootprint(
        said.document(),
        said.sha256(),
        said.lot(),
        said.declared(),
        Optional.of(SupplierDocument.sign(MINE, meant, document).signature()));
  }

  public static Body.ClaimWithdrawn signed(Body.ClaimWithdrawn said) {
    return said.signed(
        SupplierDocument.sign(
            MINE, new Meant(Purpose.CLAIM_WITHDRAWAL, "plant", "", 2_000), document(said)));
  }

  public static byte[] document(Object said) {
    return said.toString().getBytes(StandardCharsets.UTF_8);
  }
}
