package io.tracegram.edge.device;

import java.io.IOException;
import java.time.Duration;

/** The way to one Modbus meter, on which one request is under way at a time. Single-threaded. */
interface ModbusLine extends AutoCloseable {
  /**
   * Opens the way to a meter.
   *
   * @throws IOException saying why not
   */
  static ModbusLine open(ModbusRoute route, Duration timeout)
      throws IOException, InterruptedException {
    return switch (route) {
      case ModbusRoute.Tcp tcp -> ModbusConnection.open(tcp, timeout);
      case ModbusRoute.OnBus(Bus bus, int unit) -> new RtuStation(bus, unit);
    };
  }

  /**
   * Reads registers.
   *
   * @param timeout until the whole reply is here, waiting for a turn included
   */
  ModbusReply read(RegisterBlock block, Duration timeout) throws InterruptedException;

  @Override
  void close();
}
