package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterEncoder;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterServerTest {
  private static final long MILLIWATT_HOURS = 123_456_789_012L;
  private static final long MILLIWATTS = 863_250_000;

  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() throws InterruptedException {
    executor.shutdown();
    assertThat(eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS))
        .isTrue();
  }

  private static MeterAccess.ModbusTcp meter(String profile, int port) {
    MeterProfile known = (MeterProfile) ProfileCatalog.bundled().find(profile).orElseThrow();
    return new MeterAccess.ModbusTcp(known, new HostPort("127.0.0.1", port), 7);
  }

  @ParameterizedTest
  @CsvSource({
    "schneider/iem3155, 123456789000, 1000",
    // the float32 nearest to 123456.789012 kWh is 123456.7890625
    "eastron/sdm630, 123456789062, 7813"
  })
  void servesTheRealRegistersOfTheModel(String profile, long energy, long resolution)
      throws Exception {
    MeterAccess.ModbusTcp meter = meter(profile, Ports.free());
    RegisterBank registers = new RegisterBank(meter.profile(), meter.unit(), "22304715");
    MeterServer server = new MeterServer(meter.address(), registers, eventLoop, executor);
    registers.show(MILLIWATT_HOURS, MILLIWATTS);
    server.start();
    ModbusTcpClient client = client(meter);
    try {
      assertThat(read(client, meter, Quantity.ENERGY_IMPORT))
          .isEqualTo(new Decoded.Value(energy, resolution));
      assertThat(read(client, meter, Quantity.ENERGY_EXPORT))
          .isInstanceOfSatisfying(
              Decoded.Value.class, value -> assertThat(value.baseUnits()).isZero());
      assertThat(read(client, meter, Quantity.POWER))
          .isInstanceOfSatisfying(
              Decoded.Value.class, value -> assertThat(value.baseUnits()).isEqualTo(MILLIWATTS));
      assertThat(read(client, meter, Quantity.SERIAL)).isEqualTo(new Decoded.Identity("22304715"));
      assertThatThrownBy(
              () -> client.readInputRegisters(7, new ReadInputRegistersRequest(0x1000, 2)))
          .isInstanceOfSatisfying(
              ModbusResponseException.class,
              refused -> assertThat(refused.getExceptionCode()).isEqualTo(2));
    } finally {
      client.disconnect();
      server.stop();
    }
  }

  @Test
  void aFloatMeterStandsStillBetweenItsSteps() {
    MeterAccess.ModbusTcp meter = meter("eastron/sdm630", 1);
    RegisterDefinition register = meter.profile().register(Quantity.ENERGY_IMPORT).orElseThrow();
    long atHundredThousand = 100_000_000_000L;

    assertThat(RegisterEncoder.encode(register, atHundredThousand))
        .isEqualTo(RegisterEncoder.encode(register, atHundredThousand + 3_900))
        .isNotEqualTo(RegisterEncoder.encode(register, atHundredThousand + 4_000));
  }

  @Test
  void garbageOnOneConnectionDoesNotDisturbAnother() throws Exception {
    MeterAccess.ModbusTcp meter = meter("schneider/iem3155", Ports.free());
    RegisterBank registers = new RegisterBank(meter.profile(), meter.unit(), "22304715");
    MeterServer server = new MeterServer(meter.address(), registers, eventLoop, executor);
    registers.show(MILLIWATT_HOURS, MILLIWATTS);
    server.start();
    ModbusTcpClient client = client(meter);
    try (Socket hostile = new Socket(InetAddress.getLoopbackAddress(), meter.address().port())) {
      byte[] garbage = new byte[4_096];
      new Random(3).nextBytes(garbage);
      hostile.getOutputStream().write(garbage);
      hostile.getOutputStream().flush();

      assertThat(read(client, meter, Quantity.ENERGY_IMPORT)).isInstanceOf(Decoded.Value.class);
    } finally {
      client.disconnect();
      server.stop();
    }
  }

  static ModbusTcpClient client(MeterAccess.ModbusTcp meter) throws Exception {
    ModbusTcpClient client =
        ModbusTcpClient.create(
            NettyTcpClientTransport.create(
                transport -> {
                  transport.setHostname(meter.address().host());
                  transport.setPort(meter.address().port());
                }));
    client.connect();
    return client;
  }

  static Decoded read(ModbusTcpClient client, MeterAccess.ModbusTcp meter, Quantity quantity)
      throws Exception {
    RegisterDefinition register = meter.profile().register(quantity).orElseThrow();
    byte[] bytes =
        switch (register.table()) {
          case HOLDING ->
              client
                  .readHoldingRegisters(
                      meter.unit(),
                      new ReadHoldingRegistersRequest(register.address(), register.words()))
                  .registers();
          case INPUT ->
              client
                  .readInputRegisters(
                      meter.unit(),
                      new ReadInputRegistersRequest(register.address(), register.words()))
                  .registers();
        };
    return RegisterDecoder.decode(register, bytes);
  }
}
