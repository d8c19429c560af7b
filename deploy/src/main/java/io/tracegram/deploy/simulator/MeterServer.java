package io.tracegram.deploy.simulator;

import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves one meter's registers by Modbus TCP. Thread-safe. */
final class MeterServer implements DeviceServer {
  private static final int MAX_CONNECTIONS = 32;

  private final HostPort listen;
  private final ModbusTcpServer server;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param eventLoop shared by all meters, owned by the caller
   * @param executor runs the replies, owned by the caller
   */
  MeterServer(
      HostPort listen,
      ModbusServices registers,
      EventLoopGroup eventLoop,
      ExecutorService executor) {
    this.listen = listen;
    server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                transport ->
                    transport
                        .setBindAddress(listen.host())
                        .setPort(listen.port())
                        .setEventLoopGroup(eventLoop)
                        .setExecutor(executor)
                        .setPipelineCustomizer(this::admit)),
            registers);
  }

  @Override
  public void start() throws IOException, InterruptedException {
    try {
      server.start();
    } catch (ExecutionException e) {
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() throws InterruptedException {
    try {
      server.stop();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the meter on " + listen + " did not stop", e);
    }
  }

  private void admit(ChannelPipeline pipeline) {
    pipeline.channel().closeFuture().addListener(closed -> connections.decrementAndGet());
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      ChannelFuture unused = pipeline.channel().close();
    }
  }
}
