package io.tracegram.edge.device.llrp;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A message to a reader, as LLRP 1.0.1 writes it, which readers of 1.1 speak unless asked
 * otherwise. Immutable.
 *
 * @param name in the standard
 * @param type of the message
 * @param answer type of the message that answers it
 * @param content writes what stands after the header
 */
record Request(String name, int type, int answer, Consumer<ParameterWriter> content) {
  /** We hang up. */
  static final Request CLOSE_CONNECTION = new Request("CLOSE_CONNECTION", 14, 4, none -> {});

  /** Removes every reader operation that was left behind. */
  static final Request DELETE_ROSPECS = new Request("DELETE_ROSPEC", 21, 31, all -> all.u32(0));

  /** Describes our reader operation: all antennas, without end, each tag at once. */
  static final Request ADD_ROSPEC = new Request("ADD_ROSPEC", 20, 30, Request::roSpec);

  static final Request ENABLE_ROSPEC = ofRoSpec("ENABLE_ROSPEC", 24, 34);
  static final Request START_ROSPEC = ofRoSpec("START_ROSPEC", 22, 32);

  private static final int VERSION = 1;
  private static final int KEEPALIVE_ACK = 72;
  private static final int ROSPEC_ID = 1;

  /**
   * Says which events we want, and how often to show life; reports are not held back.
   *
   * @param keepalive at least 1 ms
   */
  static Request configure(Duration keepalive) {
    final int readerException = 4;
    final int antenna = 8;
    return new Request(
        "SET_READER_CONFIG",
        3,
        13,
        config ->
            config
                .u8(0) // keeps what else is configured, such as power
                .parameter(244, events -> wanted(wanted(events, readerException), antenna))
                .parameter(220, periodic -> periodic.u8(1).u32(keepalive.toMillis()))
                .parameter(226, held -> held.u8(0)));
  }

  private static ParameterWriter wanted(ParameterWriter events, int event) {
    return events.parameter(245, state -> state.u16(event).u8(0x80));
  }

  private static Request ofRoSpec(String name, int type, int answer) {
    return new Request(name, type, answer, content -> content.u32(ROSPEC_ID));
  }

  private static void roSpec(ParameterWriter content) {
    content.parameter(
        177,
        spec ->
            spec.u32(ROSPEC_ID)
                .u8(0)
                .u8(0)
                .parameter(178, Request::bounds)
                .parameter(183, Request::inventory)
                .parameter(237, Request::reports));
  }

  /** Starts and stops on request only. */
  private static void bounds(ParameterWriter bounds) {
    bounds.parameter(179, start -> start.u8(0)).parameter(182, stop -> stop.u8(0).u32(0));
  }

  /** On all antennas, without end, tags of EPC Class 1 Generation 2. */
  private static void inventory(ParameterWriter inventory) {
    inventory
        .u16(1)
        .u16(0)
        .parameter(184, stop -> stop.u8(0).u32(0))
        .parameter(186, air -> air.u16(1).u8(1));
  }

  /** Upon one tag: antenna, peak RSSI, first seen, count. */
  private static void reports(ParameterWriter reports) {
    reports.u8(1).u16(1).parameter(238, told -> told.u16(0x1000 | 0x0400 | 0x0200 | 0x0080));
  }

  /**
   * Returns the whole message.
   *
   * @param id 32 bits, unsigned
   */
  byte[] frame(long id) {
    return frame(type, id, content);
  }

  /** Returns the answer to a keepalive of an id. */
  static byte[] keepaliveAck(long id) {
    return frame(KEEPALIVE_ACK, id, none -> {});
  }

  private static byte[] frame(int type, long id, Consumer<ParameterWriter> content) {
    ParameterWriter out = new ParameterWriter();
    out.u16(VERSION << 10 | type).u32(0).u32(id);
    content.accept(out);
    return out.message();
  }
}
