package io.tracegram.edge;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Scale;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.profile.CoapProfile;
import java.security.SecureRandom;
import java.util.List;

/**
 * The drivers of an agent without the agent: devices are asked when a person wants to know, and
 * nobody is told. Each device is used by one thread at a time.
 */
public final class Inspection implements AutoCloseable {
  private final Devices devices;

  /**
   * Says whether a meter can be asked: others report by themselves, or are counted by their agent
   * alone.
   */
  public static boolean canAsk(MeterConnection meter) {
    return switch (meter.access()) {
      case MeterAccess.ModbusTcp _, MeterAccess.ModbusRtu _, MeterAccess.MBus _ -> true;
      case MeterAccess.Coap(var profile, var peer, var security) ->
          profile.mode() == CoapProfile.Mode.POLL && security instanceof CoapSecurity.None;
      case MeterAccess.Pulses _, MeterAccess.Sml _ -> false;
    };
  }

  /**
   * Connects to nothing yet.
   *
   * @param meters that can be asked
   */
  public Inspection(List<MeterConnection> meters, List<ScaleConnection> scales) {
    if (!meters.stream().allMatch(Inspection::canAsk)) {
      throw new IllegalArgumentException("a meter that reports by itself cannot be asked");
    }
    devices =
        new Devices(
            meters,
            scales,
            new Devices.Clocks(
                System::nanoTime, () -> System.nanoTime() / 1_000_000, System::currentTimeMillis),
            new SecureRandom());
  }

  /** Returns the meters in the order given. */
  public List<Meter> meters() {
    return devices.meters();
  }

  /** Returns one of the scales. */
  public Scale scale(String id) {
    return devices.scale(id);
  }

  @Override
  public void close() {
    devices.close();
  }
}
