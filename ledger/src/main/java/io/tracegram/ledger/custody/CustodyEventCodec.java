package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one encoding of {@code custody-event} results. Stateless. */
public final class CustodyEventCodec {
  private static final int TEXT = 256;
  private static final int ITEMS = 1_000;

  private CustodyEventCodec() {}

  public static byte[] encode(CustodyEvent event) {
    CborWriter out = new CborWriter().array(8);
    out.integer(event.type().ordinal()).integer(event.eventMillis()).integer(event.cause());
    lots(out, event.inputs());
    lots(out, event.outputs());
    return out.text(event.readPoint())
        .text(event.bizLocation())
        .text(event.destination().orElse(""))
        .toByteArray();
  }

  /**
   * Reads an event strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static CustodyEvent decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    in.arrayOf(8);
    CustodyEvent event =
        new CustodyEvent(
            CustodyEvent.Type.values()[(int) in.integer(0, 2)],
            in.integer(0, Long.MAX_VALUE),
            in.integer(0, Long.MAX_VALUE),
            lots(in),
            lots(in),
            in.text(TEXT),
            in.text(TEXT),
            Optional.of(in.text(TEXT)).filter(text -> !text.isEmpty()));
    in.end();
    return event;
  }

  private static void lots(CborWriter out, List<LotQuantity> lots) {
    out.array(lots.size());
    for (LotQuantity quantity : lots) {
      out.array(2).text(quantity.lot().path()).integer(quantity.mass().milligrams());
    }
  }

  private static List<LotQuantity> lots(CborReader in) {
    int count = in.array(ITEMS);
    List<LotQuantity> lots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.arrayOf(2);
      try {
        lots.add(new LotQuantity(new LotId(in.text(TEXT)), new Mass(in.integer())));
      } catch (IllegalArgumentException e) {
        throw new MalformedException(String.valueOf(e.getMessage()), in.position());
      }
    }
    return lots;
  }
}
