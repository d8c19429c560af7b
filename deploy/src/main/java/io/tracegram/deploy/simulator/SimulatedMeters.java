package io.tracegram.deploy.simulator;

import io.netty.channel.EventLoopGroup;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Builds the meters of a plant and what they listen with, one server a bus. Single-threaded. */
final class SimulatedMeters {
  private final EventLoopGroup eventLoop;
  private final ExecutorService executor;
  private final Optional<HostPort> pins;
  private final List<DeviceServer> servers = new ArrayList<>();
  private final Map<String, RtuBusServer> rtuBuses = new LinkedHashMap<>();
  private final Map<String, MBusServer> mbuses = new LinkedHashMap<>();
  private final Map<HostPort, CoapServer> coapServers = new LinkedHashMap<>();

  /**
   * @param eventLoop of the Modbus TCP servers, owned by the caller
   * @param executor of their replies, owned by the caller
   * @param pins where the agent's simulated pins are moved; there if a meter has a pulse output
   */
  SimulatedMeters(EventLoopGroup eventLoop, ExecutorService executor, Optional<HostPort> pins) {
    this.eventLoop = eventLoop;
    this.executor = executor;
    this.pins = pins;
  }

  /** Adds a meter; its server is started by the caller. */
  MeterDisplay add(MeterConnection meter) {
    return switch (meter.access()) {
      case MeterAccess.ModbusTcp(var profile, HostPort address, int unit) -> {
        RegisterBank registers = new RegisterBank(profile, unit, meter.serial());
        servers.add(new MeterServer(address, registers, eventLoop, executor));
        yield registers;
      }
      case MeterAccess.ModbusRtu(var profile, BusConnection bus, int unit) -> {
        RegisterBank registers = new RegisterBank(profile, unit, meter.serial());
        rtuBus(bus).add(unit, registers);
        yield registers;
      }
      case MeterAccess.MBus(var profile, BusConnection bus, int unit) ->
          mbus(bus).add(profile, unit, meter.serial());
      case MeterAccess.Coap(var profile, CoapPeer peer, var security) ->
          switch (peer) {
            case CoapPeer.Serves(HostPort address, String path) ->
                coap(address).add(profile, path, meter.serial());
            case CoapPeer.Pushes pushes ->
                throw new IllegalArgumentException("a meter that pushes is not simulated");
          };
      case MeterAccess.Pulses(var input) -> {
        PulseOutput output = new PulseOutput(meter.id(), input, pins.orElseThrow());
        servers.add(output);
        yield output;
      }
      case MeterAccess.Sml sml ->
          throw new IllegalArgumentException("an SML meter is not simulated: " + meter.id());
    };
  }

  /** Returns the servers in the order in which they were needed. */
  List<DeviceServer> servers() {
    return List.copyOf(servers);
  }

  private RtuBusServer rtuBus(BusConnection bus) {
    return rtuBuses.computeIfAbsent(
        bus.id(),
        id -> {
          RtuBusServer server = new RtuBusServer(id, listen(bus.line()));
          servers.add(server);
          return server;
        });
  }

  private MBusServer mbus(BusConnection bus) {
    return mbuses.computeIfAbsent(
        bus.id(),
        id -> {
          MBusServer server = new MBusServer(id, listen(bus.line()));
          servers.add(server);
          return server;
        });
  }

  private CoapServer coap(HostPort address) {
    return coapServers.computeIfAbsent(
        address,
        listen -> {
          CoapServer server = new CoapServer(listen);
          servers.add(server);
          return server;
        });
  }

  /** Returns where a simulated line listens; only TCP is simulated. */
  static HostPort listen(LineAddress line) {
    return switch (line) {
      case LineAddress.Tcp(HostPort address) -> address;
      case LineAddress.Serial serial ->
          throw new IllegalArgumentException("a serial line is not simulated: " + serial);
    };
  }
}
