package io.tracegram.cloud.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared.AccountLeaf;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;

/**
 * A declaration to be published. Immutable.
 *
 * @param product path of its GS1 Digital Link
 * @param document the bytes that people and programs will be given
 * @param accounts on which the figures stand
 */
public record Draft(
    String product,
    Content document,
    String facility,
    List<AccountLeaf> accounts,
    Co2e own,
    Co2e inherited,
    Co2e total) {
  public Draft {
    accounts = List.copyOf(accounts);
  }

  Hash hash() {
    return Hash.sha256(document.bytes());
  }

  Body.ProductDeclared revision(long number) {
    return new Body.ProductDeclared(
        product, number, hash(), facility, accounts, own, inherited, total);
  }
}
