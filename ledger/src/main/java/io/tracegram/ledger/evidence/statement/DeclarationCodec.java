package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared.AccountLeaf;
import io.tracegram.ledger.quantity.Co2e;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads what the central service declares. Stateless. */
final class DeclarationCodec {
  private static final int MAX_NAME = 256;

  private DeclarationCodec() {}

  static void write(CborWriter out, ProductDeclared declared) {
    out.array(8)
        .text(declared.product())
        .integer(declared.revision())
        .bytes(declared.document().bytes())
        .text(declared.facility())
        .array(declared.accounts().size());
    for (AccountLeaf account : declared.accounts()) {
      out.array(2).text(account.origin()).integer(account.leaf());
    }
    out.integer(declared.own().micrograms())
        .integer(declared.inherited().micrograms())
        .integer(declared.total().micrograms());
  }

  static ProductDeclared read(CborReader in) {
    in.arrayOf(8);
    String product = in.text(MAX_NAME);
    long revision = in.integer(1, Long.MAX_VALUE);
    var document = BodyCodec.hash(in);
    String facility = in.text(Statement.MAX_ID_LENGTH);
    int count = in.array(ProductDeclared.MAX_ACCOUNTS);
    List<AccountLeaf> accounts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.arrayOf(2);
      accounts.add(new AccountLeaf(in.text(MAX_NAME), in.integer(0, Long.MAX_VALUE)));
    }
    return new ProductDeclared(
        product,
        revision,
        document,
        facility,
        accounts,
        new Co2e(in.integer()),
        new Co2e(in.integer()),
        new Co2e(in.integer()));
  }
}
