package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.MeterProfile;

/** The way to a meter, and how to read it there. Immutable. */
public sealed interface MeterAccess {
  /**
   * A connection of its own.
   *
   * @param unit Modbus unit id, range [0, 255]
   */
  record ModbusTcp(MeterProfile profile, HostPort address, int unit) implements MeterAccess {}

  /**
   * A place on a bus.
   *
   * @param unit Modbus unit id, range [1, 247]
   */
  record ModbusRtu(MeterProfile profile, BusConnection bus, int unit) implements MeterAccess {}
}
