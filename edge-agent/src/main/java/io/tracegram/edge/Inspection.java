package io.tracegram.edge;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Scale;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.ScaleConnection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The drivers of an agent without the agent: devices are asked when a person wants to know, and
 * nobody is told. Each device is used by one thread at a time.
 */
public final class Inspection implements AutoCloseable {
  private final Devices devices;

  /** Connects to nothing yet. */
  public Inspection(List<MeterConnection> meters, List<ScaleConnection> scales) {
    devices =
        new Devices(
            meters,
            scales,
            new Devices.Clocks(System::nanoTime, () -> System.nanoTime() / 1_000_000),
            RandomGenerator.getDefault());
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
