package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Supplier;
import java.util.Optional;

/**
 * Checks what a supplier signed against the key that the plant declares for it. Immutable.
 *
 * @param company whose document it is, by the name in the document
 * @param person who signed, in which role; empty for documents that name none
 */
record SupplierCheck(
    SupplierSignature.Purpose purpose, String company, Optional<Supplier.Person> person) {

  /** Returns why a document counts for nothing; it names its own subject. */
  Optional<String> refusal(PlantModel plant, SupplierDocument document) {
    return refusal(plant, document.signature(), document.bytes().bytes(), "");
  }

  /**
   * Returns why a document counts for nothing.
   *
   * @param lot that it is told for, empty for none
   */
  Optional<String> refusal(
      PlantModel plant, SupplierSignature signature, byte[] document, String lot) {
    SupplierSignature.Meant meant = signature.meant();
    Optional<Supplier> supplier = plant.additions().supplier(company);
    if (supplier.isEmpty()) {
      return Optional.of("the plant declares no supplier '" + company + "' with a key");
    }
    // attacker: a supplier that signs in another's name
    if (!signature.key().equals(supplier.get().key().keyId())) {
      return Optional.of(
          "it is signed by key %s, and that of %s is %s"
              .formatted(signature.key(), company, supplier.get().key().keyId()));
    }
    if (!signature.isOf(supplier.get().key(), document)) {
      return Optional.of("the signature is not that of " + company + " over these bytes");
    }
    // attacker: brings what was signed as something else, for somebody else or for another lot
    if (meant.purpose() != purpose) {
      return Optional.of(
          "it was signed as " + meant.purpose().title() + ", not as " + purpose.title());
    }
    if (!meant.facility().equals(plant.facility())) {
      return Optional.of(
          "it was signed for facility '%s', and this is '%s'"
              .formatted(meant.facility(), plant.facility()));
    }
    if (!meant.lot().equals(lot)) {
      return Optional.of(
          "it was signed for %s, and is told for %s".formatted(lot(meant.lot()), lot(lot)));
    }
    return person
        .filter(signer -> !supplier.get().lets(signer))
        .map(
            signer ->
                "%s declares no person '%s' as %s".formatted(company, signer.id(), signer.role()));
  }

  private static String lot(String path) {
    return path.isEmpty() ? "no one lot" : "lot " + path;
  }
}
