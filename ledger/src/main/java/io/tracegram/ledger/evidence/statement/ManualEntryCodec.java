package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry;

/** Writes and reads manual entries as CBOR arrays. Stateless. */
final class ManualEntryCodec {
  private static final int DISCONTINUITY = 1;
  private static final int AMOUNT = 2;
  private static final int ID = Statement.MAX_ID_LENGTH;
  private static final int TEXT = 256;
  private static final long MAX_VALUE = 1L << 53;

  private ManualEntryCodec() {}

  static void write(CborWriter out, ManualEntry said) {
    switch (said.entry()) {
      case ManualEntry.Entry.Discontinuity entry ->
          out.array(7)
              .text(said.person())
              .text(said.reason())
              .integer(DISCONTINUITY)
              .text(entry.meter())
              .integer(entry.millis())
              .integer(entry.finalValue())
              .integer(entry.initialValue());
      case ManualEntry.Entry.Amount entry ->
          out.array(8)
              .text(said.person())
              .text(said.reason())
              .integer(AMOUNT)
              .text(entry.meter())
              .integer(entry.fromMillis())
              .integer(entry.toMillis())
              .integer(entry.amount())
              .text(entry.method());
    }
  }

  static ManualEntry read(CborReader in) {
    int items = in.array(8);
    String person = in.text(ID);
    String reason = in.text(TEXT);
    boolean amount = in.integer(DISCONTINUITY, AMOUNT) == AMOUNT;
    if (items != (amount ? 8 : 7)) {
      throw new MalformedException(
          "an entry of this type has another number of items", in.position());
    }
    String meter = in.text(ID);
    long from = in.integer(0, BodyCodec.MAX_TIME);
    ManualEntry.Entry entry =
        amount
            ? new ManualEntry.Entry.Amount(
                meter,
                from,
                in.integer(from + 1, BodyCodec.MAX_TIME + 1),
                in.integer(0, MAX_VALUE),
                in.text(ID))
            : new ManualEntry.Entry.Discontinuity(
                meter, from, in.integer(0, MAX_VALUE), in.integer(0, MAX_VALUE));
    return new ManualEntry(person, reason, entry);
  }
}
