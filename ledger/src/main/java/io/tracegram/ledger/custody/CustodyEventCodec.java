package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one encoding of {@code custody-event} results: eight items, ten if the event is of an order
 * or declares an error, eleven if there is more about it. Stateless.
 */
public final class CustodyEventCodec {
  private static final int TEXT = 256;
  private static final int ITEMS = 1_000;
  private static final int LAST_TYPE = CustodyEvent.Type.values().length - 1;

  private CustodyEventCodec() {}

  public static byte[] encode(CustodyEvent event) {
    boolean isDetailed = !event.detail().equals(CustodyEvent.Detail.NONE);
    boolean isLong = isDetailed || !event.order().isEmpty() || event.error().isPresent();
    CborWriter out = new CborWriter().array(isDetailed ? 11 : isLong ? 10 : 8);
    out.integer(event.type().ordinal()).integer(event.eventMillis()).integer(event.cause());
    lots(out, event.inputs());
    lots(out, event.outputs());
    out.text(event.readPoint()).text(event.bizLocation()).text(event.destination().orElse(""));
    if (isLong) {
      out.text(event.order()).array(event.error().isPresent() ? 2 : 0);
      event.error().ifPresent(error -> out.integer(error.declaredMillis()).integer(error.leaf()));
    }
    if (isDetailed) {
      CustodyDetailCodec.write(out, event.detail());
    }
    return out.toByteArray();
  }

  /**
   * Reads an event strictly.
   *
   * @throws MalformedException saying where and why it is none
   */
  public static CustodyEvent decode(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    int items = in.array(11);
    if (items < 8 || items == 9) {
      throw new MalformedException("an event has 8, 10 or 11 items", in.position());
    }
    CustodyEvent event =
        new CustodyEvent(
            CustodyEvent.Type.values()[(int) in.integer(0, LAST_TYPE)],
            in.integer(0, Long.MAX_VALUE),
            in.integer(0, Long.MAX_VALUE),
            lots(in),
            lots(in),
            in.text(TEXT),
            in.text(TEXT),
            Optional.of(in.text(TEXT)).filter(text -> !text.isEmpty()),
            items > 8 ? in.text(TEXT) : "",
            items > 8 ? error(in) : Optional.empty(),
            items == 11 ? CustodyDetailCodec.read(in) : CustodyEvent.Detail.NONE);
    if (items == 10 && event.order().isEmpty() && event.error().isEmpty()) {
      throw new MalformedException("an event of no order has 8 items", in.position());
    }
    in.end();
    return event;
  }

  private static Optional<CustodyEvent.ErrorDeclaration> error(CborReader in) {
    int items = in.array(2);
    if (items == 1) {
      throw new MalformedException("an error has its time and its leaf", in.position());
    }
    return items == 0
        ? Optional.empty()
        : Optional.of(
            new CustodyEvent.ErrorDeclaration(
                in.integer(0, Long.MAX_VALUE), in.integer(0, Long.MAX_VALUE)));
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
