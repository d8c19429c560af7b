package io.tracegram.edge.device;

/** Says what a Modbus exception means and what to do (Modbus Application Protocol V1.1b3 §7). */
final class ModbusExceptions {
  private ModbusExceptions() {}

  static String describe(int code, RegisterBlock block) {
    String meaning =
        switch (code) {
          case 0x01 -> "illegal function: the meter has no such table, check the profile";
          case 0x02 -> "illegal data address: the profile does not fit this meter model";
          case 0x03 -> "illegal data value: lower maxBlock in the profile";
          case 0x04 -> "device failure: look at the meter's display";
          case 0x05, 0x06 -> "the meter is busy: raise minGap in the profile";
          case 0x0A -> "gateway path unavailable: check the Modbus gateway's settings";
          case 0x0B -> "the meter behind the gateway does not answer: check unit id and wiring";
          default -> "unknown exception: look into the meter's manual";
        };
    return "exception 0x%02X for function %d at 0x%04X, %s"
        .formatted(code, block.functionCode(), block.address(), meaning);
  }
}
