package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.MeterAccess;
import java.util.function.LongSupplier;

/** Builds the meters that speak CoAP; not yet connected. Single-threaded. */
public final class CoapMeters implements AutoCloseable {
  private final CoapNetwork network;
  private final Surroundings surroundings;
  private final PushService service;

  /**
   * What they all need.
   *
   * @param agent id of the agent
   * @param handler told of what comes unasked
   * @param nanos monotonic time
   * @param wall ms since 1970 UTC, in plant time where it is simulated
   */
  public record Surroundings(
      String agent, ScanHandler handler, LongSupplier nanos, LongSupplier wall) {}

  /**
   * @param network owned by these meters
   */
  public CoapMeters(CoapNetwork network, Surroundings surroundings) {
    this.network = network;
    this.surroundings = surroundings;
    this.service = new PushService(network, surroundings.agent(), surroundings.handler());
  }

  /**
   * Adds a meter.
   *
   * @param serial what it must report, empty if anything will do
   */
  public Meter add(String id, String serial, MeterAccess.Coap access, Backoff backoff) {
    CoapMeterSettings settings = new CoapMeterSettings(id, serial, access);
    PackReader reader = new PackReader(id, access.profile(), serial, surroundings.wall());
    Rest rest = new Rest(id, backoff, surroundings.nanos());
    ObservedCoapMeter.Telling telling =
        new ObservedCoapMeter.Telling(
            rest, new Told(surroundings.handler(), surroundings.nanos()), surroundings.nanos());
    return switch (access.peer()) {
      case CoapPeer.Serves serves -> {
        MeterClient client = new MeterClient(settings, serves, network);
        yield switch (access.profile().mode()) {
          case POLL -> new PolledCoapMeter(settings, client, reader, rest);
          case OBSERVE -> new ObservedCoapMeter(settings, client, reader, telling);
          case PUSH -> throw new IllegalArgumentException(id + " pushes, and has an address");
        };
      }
      case CoapPeer.Pushes pushes -> {
        PushedCoapMeter meter = new PushedCoapMeter(settings, pushes, reader, telling, service);
        service.add(meter);
        yield meter;
      }
    };
  }

  /** Closes every socket, when the meters are closed. */
  @Override
  public void close() {
    service.close();
    network.close();
  }
}
