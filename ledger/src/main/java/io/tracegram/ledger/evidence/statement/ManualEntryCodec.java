package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Body.ManualEntry;
import io.tracegram.ledger.quantity.Mass;

/** Writes and reads manual entries as CBOR arrays. Stateless. */
final class ManualEntryCodec {
  private static final int DISCONTINUITY = 1;
  private static final int AMOUNT = 2;
  private static final int TYPED_WEIGHT = 3;
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
      case ManualEntry.Entry.TypedWeight entry ->
          out.array(6)
              .text(said.person())
              .text(said.reason())
              .integer(TYPED_WEIGHT)
              .text(entry.scanner())
              .integer(entry.scan())
              .integer(entry.mass().milligrams());
    }
  }

  static ManualEntry read(CborReader in) {
    int items = in.array(8);
    String person = in.text(ID);
    String reason = in.text(TEXT);
    int type = (int) in.integer(DISCONTINUITY, TYPED_WEIGHT);
    if (items != (type == AMOUNT ? 8 : type == DISCONTINUITY ? 7 : 6)) {
      throw new MalformedException(
          "an entry of this type has another number of items", in.position());
    }
    String device = in.text(ID);
    ManualEntry.Entry entry =
        switch (type) {
          case AMOUNT -> amount(in, device);
          case TYPED_WEIGHT ->
              new ManualEntry.Entry.TypedWeight(
                  device, in.integer(0, MAX_VALUE), new Mass(in.integer(1, MAX_VALUE)));
          default ->
              new ManualEntry.Entry.Discontinuity(
                  device,
                  in.integer(0, BodyCodec.MAX_TIME),
                  in.integer(0, MAX_VALUE),
                  in.integer(0, MAX_VALUE));
        };
    return new ManualEntry(person, reason, entry);
  }

  private static ManualEntry.Entry amount(CborReader in, String meter) {
    long from = in.integer(0, BodyCodec.MAX_TIME);
    return new ManualEntry.Entry.Amount(
        meter,
        from,
        in.integer(from + 1, BodyCodec.MAX_TIME + 1),
        in.integer(0, MAX_VALUE),
        in.text(ID));
  }
}
