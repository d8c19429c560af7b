package io.tracegram.edge.device.llrp;

import java.util.ArrayList;
import java.util.List;

/** What a reader tells of itself unasked. Immutable. */
sealed interface ReaderEvent {
  /**
   * Somebody connects.
   *
   * @param status 0 if it is us and we may, 1 to 3 if we may not, 4 if it is somebody else
   */
  record ConnectionAttempt(int status) implements ReaderEvent {}

  /** The reader hangs up. */
  record ConnectionClose() implements ReaderEvent {}

  /** An antenna was found, or lost. */
  record Antenna(int number, boolean connected) implements ReaderEvent {}

  /**
   * Something went wrong in the reader.
   *
   * @param message the reader's own words, of any characters and length
   */
  record ReaderException(String message) implements ReaderEvent {}

  /** Reads what we can use of an event notification. */
  static List<ReaderEvent> readAll(Fields notification) throws LlrpException {
    final int notificationData = 246;
    List<ReaderEvent> events = new ArrayList<>();
    while (!notification.isEmpty()) {
      Fields.Parameter parameter = notification.parameter();
      if (parameter.type() == notificationData) {
        read(parameter.fields(), events);
      }
    }
    return events;
  }

  private static void read(Fields data, List<ReaderEvent> events) throws LlrpException {
    while (!data.isEmpty()) {
      Fields.Parameter event = data.parameter();
      Fields fields = event.fields();
      switch (event.type()) {
        case 252 -> events.add(new ReaderException(fields.text()));
        case 255 -> {
          boolean connected = fields.u8() != 0;
          events.add(new Antenna(fields.u16(), connected));
        }
        case 256 -> events.add(new ConnectionAttempt(fields.u16()));
        case 257 -> events.add(new ConnectionClose());
        default -> {
          // the reader's clock, and events that we did not ask for
        }
      }
    }
  }
}
