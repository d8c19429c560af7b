package io.tracegram.edge.device;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadOnlyModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterEncoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A Modbus TCP server of another make than our client, holding a profile's registers. */
public final class SimulatedMeter implements AutoCloseable {
  private final MeterProfile profile;
  private final ProcessImage image = new ProcessImage();
  private final ModbusTcpServer server;
  private final int port;

  public SimulatedMeter(MeterProfile profile, String serial) {
    this(profile, serial, RawServer.freePort());
  }

  public SimulatedMeter(MeterProfile profile, String serial, int port) {
    this.profile = profile;
    this.port = port;
    this.server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> {
                  config.bindAddress = "127.0.0.1";
                  config.port = port;
                }),
            new ReadOnlyModbusServices() {
              @Override
              protected Optional<ProcessImage> getProcessImage(int unitId) {
                return unitId == 1 ? Optional.of(image) : Optional.empty();
              }
            });
    profile
        .register(Quantity.SERIAL)
        .ifPresent(register -> write(register, RegisterEncoder.encode(register, serial)));
    try {
      server.start();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the simulated meter cannot start", e);
    }
  }

  /**
   * Sets a register.
   *
   * @param baseUnits mWh or mW
   */
  public void set(Quantity quantity, long baseUnits) {
    RegisterDefinition register = profile.register(quantity).orElseThrow();
    write(register, RegisterEncoder.encode(register, baseUnits));
  }

  /** Sets a register's bits. */
  public void setRaw(Quantity quantity, byte... bytes) {
    write(profile.register(quantity).orElseThrow(), bytes);
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", port);
  }

  private void write(RegisterDefinition register, byte[] bytes) {
    image.with(
        transaction -> {
          for (int word = 0; word < register.words(); word++) {
            int address = register.address() + word;
            byte[] value = Arrays.copyOfRange(bytes, 2 * word, 2 * word + 2);
            switch (register.table()) {
              case HOLDING -> transaction.writeHoldingRegisters(map -> map.put(address, value));
              case INPUT -> transaction.writeInputRegisters(map -> map.put(address, value));
            }
          }
        });
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the simulated meter does not stop", e);
    }
  }
}
