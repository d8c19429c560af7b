package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Head of an {@code add-entries} body (tlog-mirror, "Request Body"). Immutable.
 *
 * @param origin of the log, at most 255 bytes
 * @param uploadStart index of the first entry sent, ≤ {@code uploadEnd}
 * @param uploadEnd tree size of a pending checkpoint
 * @param ticket as the mirror gave it, empty at first
 */
public record AddEntriesHeader(String origin, long uploadStart, long uploadEnd, Content ticket) {
  private static final int MAX_ORIGIN = 255;

  public AddEntriesHeader {
    if (origin.isEmpty() || uploadStart < 0 || uploadStart > uploadEnd) {
      throw new MalformedException("an upload names its origin, and starts before its end");
    }
  }

  public byte[] encoded() {
    byte[] name = origin.getBytes(StandardCharsets.UTF_8);
    byte[] opaque = ticket.bytes();
    return ByteBuffer.allocate(2 + name.length + 8 + 8 + 2 + opaque.length)
        .putShort((short) name.length)
        .put(name)
        .putLong(uploadStart)
        .putLong(uploadEnd)
        .putShort((short) opaque.length)
        .put(opaque)
        .array();
  }

  /** Returns the number of bytes that {@link #encoded} takes. */
  public int length() {
    return encoded().length;
  }

  /**
   * Reads the head at the start of a buffer; its position then stands behind it.
   *
   * @return empty, with the position unchanged, if the head is not complete yet
   * @throws MalformedException as soon as the bytes cannot become a head
   */
  public static Optional<AddEntriesHeader> read(ByteBuffer in) {
    int begin = in.position();
    if (in.remaining() < 2) {
      return Optional.empty();
    }
    int originLength = Short.toUnsignedInt(in.getShort());
    if (originLength == 0 || originLength > MAX_ORIGIN) {
      throw new MalformedException("an origin of " + originLength + " bytes");
    }
    if (in.remaining() < originLength + 18) {
      in.position(begin);
      return Optional.empty();
    }
    byte[] origin = new byte[originLength];
    in.get(origin);
    long start = in.getLong();
    long end = in.getLong();
    int ticketLength = Short.toUnsignedInt(in.getShort());
    if (ticketLength > MirrorInfo.MAX_TICKET) {
      throw new MalformedException("a ticket of " + ticketLength + " bytes");
    }
    if (in.remaining() < ticketLength) {
      in.position(begin);
      return Optional.empty();
    }
    byte[] ticket = new byte[ticketLength];
    in.get(ticket);
    String name = new String(origin, StandardCharsets.UTF_8);
    if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_8), origin)) {
      throw new MalformedException("the origin is not UTF-8");
    }
    return Optional.of(new AddEntriesHeader(name, start, end, Content.of(ticket)));
  }
}
