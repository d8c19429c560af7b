package io.tracegram.deploy.simulator;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.device.coap.CoapMeters;
import io.tracegram.edge.device.coap.CoapNetwork;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.CoapService;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reads simulated meters by the agent's own driver for CoAP. */
final class CoapReader implements AutoCloseable, ScanHandler {
  private final CoapMeters coap =
      new CoapMeters(
          new CoapNetwork(CoapService.LOOPBACK, Path.of("unused"), new SecureRandom()),
          new CoapMeters.Surroundings("agent", this, System::nanoTime, System::currentTimeMillis));
  private final List<Meter> meters = new ArrayList<>();

  void add(MeterConnection meter, MeterAccess.Coap access) {
    Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), new Random(1));
    meters.add(coap.add(meter.id(), meter.serial(), access, backoff));
  }

  /** Returns the energy of each meter, mWh. */
  Map<String, Long> read() throws InterruptedException {
    Map<String, Long> energy = new LinkedHashMap<>();
    for (Meter meter : meters) {
      for (Observation observation : meter.poll()) {
        if (observation instanceof Observation.Measured measured) {
          measured.values().stream()
              .filter(value -> value.register() == Register.ENERGY_IMPORT)
              .forEach(value -> energy.put(meter.id(), value.baseUnits()));
        }
      }
    }
    return energy;
  }

  @Override
  public boolean keep(List<Observation> observations) {
    throw new AssertionError("nothing is kept here");
  }

  @Override
  public void note(Observation observation) {
    throw new AssertionError("nothing comes unasked: " + observation);
  }

  @Override
  public void close() {
    coap.close();
  }
}
