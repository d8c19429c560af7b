package io.tracegram.edge.device;

import io.tracegram.edge.device.ModbusReply.Failed;
import io.tracegram.edge.device.ModbusReply.Then;
import java.time.Duration;

/**
 * One meter's place on a Modbus RTU bus. A meter that did not answer is left alone for its
 * back-off, so that a late reply is gone before the next request: RTU replies do not say what they
 * answer.
 */
final class RtuStation implements ModbusLine {
  private final Bus bus;
  private final RtuFraming framing;

  /**
   * @param unit Modbus unit id, range [1, 247]
   */
  RtuStation(Bus bus, int unit) {
    this.bus = bus;
    this.framing = new RtuFraming(unit);
  }

  @Override
  public ModbusReply read(RegisterBlock block, Duration timeout) throws InterruptedException {
    return switch (bus.ask(framing.request(block), framing, timeout)) {
      case BusReply.Frame frame ->
          rested(ModbusResponse.read(RtuFraming.pdu(frame.bytes()), block, where()));
      case BusReply.Silent(String received) ->
          new Failed(
              "modbus.timeout",
              "no whole reply from "
                  + where()
                  + " within "
                  + bus.timeout().toMillis()
                  + " ms, "
                  + received
                  + ": check unit id, wiring, baud rate and supply of the meter",
              Then.REST);
      case BusReply.Noise(String received) ->
          new Failed(
              "modbus.bad-reply",
              where()
                  + " answered what is no sound frame, "
                  + received
                  + ": check baud rate and parity, cable, termination and that no second device"
                  + " has the unit id",
              Then.REST);
      case BusReply.Lost(String reason) ->
          new Failed(
              "modbus.unreachable",
              "cannot talk over the " + bus.name() + " (" + reason + ")",
              Then.REST);
      case BusReply.NoTurn() ->
          new Failed(
              "modbus.no-turn",
              where() + " got no turn: poll less often, or move meters to another bus",
              Then.GO_ON);
    };
  }

  /** There is no new connection to be had, only time. */
  private static ModbusReply rested(ModbusReply reply) {
    return reply instanceof Failed(String code, String reason, Then then) && then == Then.RECONNECT
        ? new Failed(code, reason, Then.REST)
        : reply;
  }

  private String where() {
    return "unit " + framing.unit() + " on " + bus.name();
  }

  /** Nothing: the bus stays open for the others. */
  @Override
  public void close() {}
}
