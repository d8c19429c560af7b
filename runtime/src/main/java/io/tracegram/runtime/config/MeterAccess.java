package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.SmlProfile;

/** The way to a meter, and how to read it there. Immutable. */
public sealed interface MeterAccess {
  /** Returns the unit in which the meter counts. */
  RegisterDefinition.Unit counts();

  /**
   * A connection of its own.
   *
   * @param unit Modbus unit id, range [0, 255]
   */
  record ModbusTcp(MeterProfile profile, HostPort address, int unit) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return profile.counts();
    }
  }

  /**
   * A place on a Modbus RTU bus.
   *
   * @param unit Modbus unit id, range [1, 247]
   */
  record ModbusRtu(MeterProfile profile, BusConnection bus, int unit) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return profile.counts();
    }
  }

  /**
   * A place on an M-Bus.
   *
   * @param unit primary address, range [0, 250]
   */
  record MBus(MBusProfile profile, BusConnection bus, int unit) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return profile.record(Quantity.ENERGY_IMPORT).orElseThrow().unit();
    }
  }

  /**
   * A resource of its own, or of the agent's.
   *
   * @param profile in the mode in which this meter talks
   */
  record Coap(CoapProfile profile, CoapPeer peer, CoapSecurity security) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return profile.record(Quantity.ENERGY_IMPORT).orElseThrow().unit();
    }
  }

  /** A pulse output at a pin of the agent's machine. */
  record Pulses(PulseInput input) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return input.unit();
    }
  }

  /** An optical head that pushes SML, on a line of its own. */
  record Sml(SmlProfile profile, LineAddress line) implements MeterAccess {
    @Override
    public RegisterDefinition.Unit counts() {
      return profile.value(Quantity.ENERGY_IMPORT).orElseThrow().unit();
    }
  }
}
