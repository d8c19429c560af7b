package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads captured EPCIS documents. Refused positions are differences, so that they fit
 * into a leaf beside the largest inline document.
 */
final class CaptureCodec {
  private static final int MOST = Body.EpcisCapture.MAX_EVENTS;

  private CaptureCodec() {}

  static void write(CborWriter out, Body.EpcisCapture capture) {
    out.array(4).text(capture.capture()).integer(capture.proceed() ? 1 : 0);
    out.array(capture.refused().size());
    int before = -1;
    for (int refused : capture.refused()) {
      out.integer(refused - before);
      before = refused;
    }
    BodyCodec.writeDocument(out, capture.document());
  }

  static Body.EpcisCapture read(CborReader in) {
    in.arrayOf(4);
    String id = in.text(Statement.MAX_ID_LENGTH);
    boolean proceed = in.integer(0, 1) == 1;
    int count = in.array(MOST);
    List<Integer> refused = new ArrayList<>(count);
    long before = -1;
    for (int i = 0; i < count; i++) {
      before += in.integer(1, MOST);
      refused.add((int) Math.min(before, MOST));
    }
    if (before >= MOST) {
      throw new MalformedException("a refused event beyond the last", in.position());
    }
    return new Body.EpcisCapture(id, proceed, refused, BodyCodec.readDocument(in));
  }
}
