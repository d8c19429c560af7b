package io.tracegram.ledger.custody;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads what more there is about a custody event. Stateless. */
final class CustodyDetailCodec {
  private static final int TEXT = 256;
  private static final int ITEMS = 1_000;

  private CustodyDetailCodec() {}

  static void write(CborWriter out, CustodyEvent.Detail detail) {
    out.array(4).integer(detail.part()).array(detail.units().size());
    detail.units().forEach(unit -> out.text(unit.path()));
    out.array(detail.transaction().isPresent() ? 2 : 0);
    detail
        .transaction()
        .ifPresent(known -> out.text(known.type().identifier()).text(known.number()));
    out.array(detail.weighings().size());
    for (Weighing weighing : detail.weighings()) {
      // three items if a scale told it: other ways to know a weight have more
      out.array(3)
          .text(weighing.scale())
          .integer(weighing.measuredMillis())
          .integer(weighing.mass().milligrams());
    }
  }

  static CustodyEvent.Detail read(CborReader in) {
    in.arrayOf(4);
    try {
      CustodyEvent.Detail detail =
          new CustodyEvent.Detail(
              (int) in.integer(0, Integer.MAX_VALUE), units(in), transaction(in), weighings(in));
      if (detail.equals(CustodyEvent.Detail.NONE)) {
        throw new MalformedException("there is no more about this event", in.position());
      }
      return detail;
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()), in.position());
    }
  }

  private static List<ContainerId> units(CborReader in) {
    int count = in.array(ITEMS);
    List<ContainerId> units = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      units.add(new ContainerId(in.text(TEXT)));
    }
    return units;
  }

  private static Optional<BusinessTransaction> transaction(CborReader in) {
    int items = in.array(2);
    if (items == 0) {
      return Optional.empty();
    }
    if (items == 1) {
      throw new MalformedException("a transaction has its type and number", in.position());
    }
    String identifier = in.text(TEXT);
    BusinessTransaction.Type type =
        BusinessTransaction.Type.of(identifier)
            .orElseThrow(
                () -> new MalformedException("no transaction is " + identifier, in.position()));
    return Optional.of(new BusinessTransaction(type, in.text(TEXT)));
  }

  private static List<Weighing> weighings(CborReader in) {
    int count = in.array(ITEMS);
    List<Weighing> weighings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.arrayOf(3);
      weighings.add(
          new Weighing(in.text(TEXT), in.integer(0, Long.MAX_VALUE), new Mass(in.integer())));
    }
    return weighings;
  }
}
