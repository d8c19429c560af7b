package io.tracegram.edge.device.llrp;

import java.util.List;

/** A message from a reader. Immutable. */
sealed interface Incoming {
  /** Type of the message that answers what cannot be answered otherwise. */
  int ERROR_MESSAGE = 100;

  /**
   * The answer to a request.
   *
   * @param type tells what is answered, or {@link #ERROR_MESSAGE}
   * @param id that of the request
   */
  record Answer(int type, long id, LlrpStatus status) implements Incoming {}

  /** Tags that were read. */
  record Report(List<TagReport> tags) implements Incoming {}

  /** The reader lives; it wants that said of us. */
  record Keepalive(long id) implements Incoming {}

  record Notification(List<ReaderEvent> events) implements Incoming {}

  /** A message that we know nothing of, or do not need. */
  record Other(int type) implements Incoming {}

  /**
   * Reads a frame; parameters that are not known, such as a vendor's, are skipped.
   *
   * @throws LlrpException if it is of a type that we need, and of a wrong form
   */
  static Incoming read(Frame frame) throws LlrpException {
    Fields body = Fields.of(frame.body());
    return switch (frame.type()) {
      case 4, 13, 30, 31, 32, 34, ERROR_MESSAGE ->
          new Answer(frame.type(), frame.id(), LlrpStatus.read(body));
      case 61 -> new Report(TagReport.readAll(body));
      case 62 -> new Keepalive(frame.id());
      case 63 -> new Notification(ReaderEvent.readAll(body));
      default -> new Other(frame.type());
    };
  }
}
