package io.tracegram.gateway.factor;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.FactorDocument;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Brings documents of factors into the log, each once. Thread-safe. */
record FactorLeaves(AccountStage accounts) {
  /** Returns when a document is in the log, unless it is there already. */
  void declare(FactorDocument document, Predicate<FacilityLedger> held) {
    if (accounts.ask(held::test).join()) {
      return;
    }
    List<CompletableFuture<Long>> leaves =
        Document.stated(FactorDocumentCodec.encode(document), Body.FactorSetDeclared::new).stream()
            .map(accounts::append)
            .toList();
    leaves.forEach(CompletableFuture::join);
  }
}
