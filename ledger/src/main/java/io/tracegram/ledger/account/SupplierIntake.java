package io.tracegram.ledger.account;

import io.tracegram.ledger.account.CustodyBook.Told;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.Supplier;
import java.util.Optional;

/**
 * Takes what suppliers tell: passports, footprints, claims and what they withdraw of those. What is
 * not believed is a problem and changes no figure. Single-threaded.
 */
final class SupplierIntake {
  private final KeyBook keys;
  private final CustodyBook custody;
  private final Intervals intervals;
  private final ProblemBook problems;

  SupplierIntake(KeyBook keys, CustodyBook custody, Intervals intervals, ProblemBook problems) {
    this.keys = keys;
    this.custody = custody;
    this.intervals = intervals;
    this.problems = problems;
  }

  void passport(PlantModel plant, Told told, Body.LotPassport passport) {
    switch (PassportCheck.check(passport, keys)) {
      case PassportCheck.Verdict.Refused(String reason) ->
          problems.raise(
              "passport.refused",
              "lot-passport",
              reason,
              "the lot's inherited figure stays unknown",
              "check the supplier's keys in gateway.yaml",
              told.millis(),
              1,
              told.leaf());
      case PassportCheck.Verdict.Accepted(String facility, LotAccount account) -> {
        if (custody.passport(plant, facility, account, told)) {
          intervals.finishLots(plant, told.leaf(), 0);
        }
      }
    }
  }

  void declared(PlantModel plant, Told told, Body.SupplierFootprint said, byte[] document) {
    Optional<String> forged = refusal(plant, said, document);
    if (forged.isPresent()) {
      refused("footprint.forged", said.declared().company(), forged.get(), told);
      return;
    }
    Optional<String> refusal =
        custody.declared(plant, FootprintBook.Declared.of(told.leaf(), said), told.millis());
    if (refusal.isPresent()) {
      problems.raise(
          "footprint.refused",
          said.declared().id(),
          refusal.get(),
          "it is kept as evidence, and no lot rests on it",
          "ask the supplier for a footprint with an id of its own",
          told.millis(),
          1,
          told.leaf());
      return;
    }
    intervals.finishLots(plant, told.leaf(), 0);
  }

  void claimed(PlantModel plant, Told told, Body.MaterialClaimed said) {
    Optional<String> refusal = refusal(plant, said);
    if (refusal.isPresent()) {
      refused("claim.refused", said.company(), refusal.get(), told);
      return;
    }
    custody.claimed(plant, said, told);
    intervals.finishLots(plant, told.leaf(), 0);
  }

  void withdrawn(PlantModel plant, Told told, Body.ClaimWithdrawn said) {
    Optional<String> refusal = refusal(plant, said);
    if (refusal.isPresent()) {
      refused("claim.withdrawal-refused", said.company(), refusal.get(), told);
      return;
    }
    custody.withdrawn(plant, said, told);
    problems.raise(
        "claim.withdrawn",
        said.company(),
        "%s withdraws the claim of leaf %d: %s"
            .formatted(said.company(), said.claim(), said.reason()),
        "no lot of this plant is covered by it any more; accounts that said so are restated",
        "who took a passport from the central service gets the new one; give the others new files:"
            + " tracegram prove --lot",
        told.millis(),
        1,
        told.leaf());
    intervals.finishLots(plant, told.leaf(), 0);
  }

  /** An honest gateway logs nothing of this kind: what it refuses it does not log. */
  private void refused(String code, String company, String reason, Told told) {
    problems.raise(
        code,
        company,
        reason,
        "it is kept as evidence, and no lot rests on it",
        "look at who wrote to this log, and ask the supplier what it signed",
        told.millis(),
        1,
        told.leaf());
  }

  /** Returns why a claim counts for nothing. */
  Optional<String> refusal(PlantModel plant, Body.MaterialClaimed said) {
    SupplierCheck check =
        new SupplierCheck(
            SupplierSignature.Purpose.MATERIAL_CLAIM,
            said.company(),
            Optional.of(new Supplier.Person(said.person(), said.role())));
    return said.document()
        .flatMap(document -> check.refusal(plant, document))
        .or(() -> custody.claims().told().refusal(said));
  }

  /** Returns why a withdrawal takes nothing back. */
  Optional<String> refusal(PlantModel plant, Body.ClaimWithdrawn said) {
    SupplierCheck check =
        new SupplierCheck(
            SupplierSignature.Purpose.CLAIM_WITHDRAWAL,
            said.company(),
            Optional.of(new Supplier.Person(said.person(), said.role())));
    return said.document()
        .flatMap(document -> check.refusal(plant, document))
        .or(() -> custody.claims().told().refusal(said));
  }

  /** Returns why the signature of a footprint, if it has one, is none. */
  static Optional<String> refusal(PlantModel plant, Body.SupplierFootprint said, byte[] document) {
    SupplierCheck check =
        new SupplierCheck(
            SupplierSignature.Purpose.FOOTPRINT, said.declared().company(), Optional.empty());
    return said.signature().flatMap(by -> check.refusal(plant, by, document, said.lot()));
  }
}
