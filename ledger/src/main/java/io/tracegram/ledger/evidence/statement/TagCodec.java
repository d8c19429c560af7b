package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads what a portal read. Stateless. */
final class TagCodec {
  private TagCodec() {}

  static void write(CborWriter out, Body.TagRead read) {
    out.array(2).text(read.portal()).array(read.tags().size());
    for (Tag tag : read.tags()) {
      out.array(6)
          .bytes(tag.epc().bytes())
          .integer(tag.antenna())
          .integer(tag.rssiDbm())
          .integer(tag.firstSeenMicros())
          .integer(tag.seenMillis())
          .integer(tag.count());
    }
  }

  static Body.TagRead read(CborReader in) {
    in.arrayOf(2);
    String portal = in.text(Statement.MAX_ID_LENGTH);
    int count = in.array(Body.TagRead.MAX_TAGS);
    List<Tag> tags = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        in.arrayOf(6);
        tags.add(
            new Tag(
                Content.of(in.bytes(Tag.LONGEST)),
                (int) in.integer(0, 0xFFFF),
                (int) in.integer(-128, 127),
                in.integer(0, Long.MAX_VALUE),
                in.integer(0, BodyCodec.MAX_TIME),
                (int) in.integer(1, Integer.MAX_VALUE)));
      }
      return new Body.TagRead(portal, tags);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()), in.position());
    }
  }
}
