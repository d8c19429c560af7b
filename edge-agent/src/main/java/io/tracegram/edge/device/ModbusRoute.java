package io.tracegram.edge.device;

import io.tracegram.runtime.config.HostPort;

/** The way to one Modbus meter. */
public sealed interface ModbusRoute {
  /**
   * Modbus TCP.
   *
   * @param address looked up anew at every connect
   * @param unit Modbus unit id, range [0, 255]
   */
  record Tcp(HostPort address, int unit, ModbusNetwork network) implements ModbusRoute {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * Modbus RTU.
   *
   * @param bus owned by the caller, shared with other meters
   * @param unit Modbus unit id, range [1, 247]
   */
  record OnBus(Bus bus, int unit) implements ModbusRoute {
    @Override
    public String toString() {
      return "unit " + unit + " on " + bus.name();
    }
  }
}
