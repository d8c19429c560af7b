package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.Optional;

/** Encodes withdrawals of claims. Stateless. */
final class WithdrawalCodec {
  private static final int ITEMS = 5;
  private static final int SIGNED_ITEMS = 6;
  private static final int TEXT = MaterialClaim.MAX_TEXT;

  private WithdrawalCodec() {}

  static void write(CborWriter out, Body.ClaimWithdrawn said) {
    out.array(said.document().isPresent() ? SIGNED_ITEMS : ITEMS).integer(said.claim());
    out.text(said.company()).text(said.role()).text(said.person()).text(said.reason());
    said.document().ifPresent(document -> document.write(out));
  }

  static Body.ClaimWithdrawn read(CborReader in) {
    int items = in.array(SIGNED_ITEMS);
    if (items < ITEMS) {
      throw new MalformedException("a withdrawal of " + items + " items", in.position());
    }
    Body.ClaimWithdrawn said =
        new Body.ClaimWithdrawn(
            in.integer(0, Long.MAX_VALUE),
            in.text(TEXT),
            in.text(TEXT),
            in.text(TEXT),
            in.text(TEXT),
            Optional.empty());
    return items == ITEMS ? said : said.signed(SupplierDocument.read(in));
  }
}
