package io.tracegram.ledger.evidence.replication;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.statement.Content;
import java.util.Base64;

/**
 * Body of a 202 or 409 answer to {@code add-entries}: how to go on. Immutable.
 *
 * @param pendingSize tree size of a pending checkpoint that the mirror accepts as upload end
 * @param nextEntry index of the first entry the mirror does not hold
 * @param ticket opaque to the client, to be sent with the next request; at most 1,024 bytes
 */
public record MirrorInfo(long pendingSize, long nextEntry, Content ticket) {
  public static final String CONTENT_TYPE = "text/x.tlog.mirror-info";

  static final int MAX_TICKET = 1_024;
  private static final int MAX_LENGTH = 2_048;

  public String format() {
    return pendingSize
        + "\n"
        + nextEntry
        + "\n"
        + Base64.getEncoder().encodeToString(ticket.bytes())
        + "\n";
  }

  /**
   * Reads a body strictly.
   *
   * @throws MalformedException saying what is wrong with its form
   */
  public static MirrorInfo parse(String body) {
    String[] lines = body.split("\n", -1);
    if (body.length() > MAX_LENGTH || lines.length != 4 || !lines[3].isEmpty()) {
      throw new MalformedException("mirror info has three lines: size, next entry, ticket");
    }
    byte[] ticket;
    try {
      ticket = Base64.getDecoder().decode(lines[2]);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("the ticket is not base64");
    }
    if (!Base64.getEncoder().encodeToString(ticket).equals(lines[2])) {
      throw new MalformedException("the ticket is not canonical base64");
    }
    if (ticket.length > MAX_TICKET) {
      throw new MalformedException("a ticket of " + ticket.length + " bytes");
    }
    return new MirrorInfo(
        Checkpoint.decimal(lines[0]), Checkpoint.decimal(lines[1]), Content.of(ticket));
  }
}
