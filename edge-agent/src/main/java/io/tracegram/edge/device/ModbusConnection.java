package io.tracegram.edge.device;

import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusTcpFrame;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.tracegram.edge.device.ModbusReply.Then;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One Modbus TCP connection with one request on its way at a time. A connection that gave a bad
 * reply or none is closed by its owner, so that a late reply is never taken for a later request's.
 * Single-threaded.
 */
final class ModbusConnection implements ModbusLine {
  private sealed interface Arrival {}

  private record Frame(ModbusTcpFrame frame) implements Arrival {}

  private record Closed() implements Arrival {}

  private record Garbage() implements Arrival {}

  private final HostPort address;
  private final int unit;
  private final NettyTcpClientTransport transport;
  private final BlockingQueue<Arrival> arrivals;
  private int transaction;

  private ModbusConnection(
      ModbusRoute.Tcp route, NettyTcpClientTransport transport, BlockingQueue<Arrival> arrivals) {
    this.address = route.address();
    this.unit = route.unit();
    this.transport = transport;
    this.arrivals = arrivals;
  }

  /**
   * Connects.
   *
   * @throws IOException saying why not
   */
  static ModbusConnection open(ModbusRoute.Tcp route, Duration timeout)
      throws IOException, InterruptedException {
    BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(16);
    NettyTcpClientTransport transport =
        NettyTcpClientTransport.create(
            config ->
                config
                    .setHostname(route.address().host())
                    .setPort(route.address().port())
                    .setConnectTimeout(timeout)
                    .setConnectPersistent(false)
                    .setEventLoopGroup(route.network().eventLoop())
                    .setExecutor(route.network().executor())
                    .setPipelineCustomizer(pipeline -> refuseGarbage(pipeline, arrivals)));
    ModbusConnection connection = new ModbusConnection(route, transport, arrivals);
    transport.receive(frame -> connection.arrived(new Frame(frame)));
    transport.addConnectionListener(connection.new Listener());
    try {
      transport.connect().get(timeout.toMillis() + 100, TimeUnit.MILLISECONDS);
      return connection;
    } catch (ExecutionException e) {
      connection.close();
      throw new IOException(reason(e), e);
    } catch (TimeoutException e) {
      connection.close();
      throw new IOException("no connection within " + timeout.toMillis() + " ms", e);
    }
  }

  /** Stands before the library's own handler, which would log a stack trace for each. */
  private static void refuseGarbage(ChannelPipeline pipeline, BlockingQueue<Arrival> arrivals) {
    pipeline.addBefore(
        pipeline.lastContext().name(),
        "garbage",
        new ChannelInboundHandlerAdapter() {
          @Override
          public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            arrivals.offer(new Garbage());
            ChannelFuture unused = context.close();
          }
        });
  }

  @Override
  public ModbusReply read(RegisterBlock block, Duration timeout) throws InterruptedException {
    transaction = (transaction + 1) & 0xFFFF;
    ByteBuffer request =
        ByteBuffer.allocate(5)
            .put((byte) block.functionCode())
            .putShort((short) block.address())
            .putShort((short) block.words())
            .flip();
    MbapHeader header = new MbapHeader(transaction, 0, 6, unit);
    ModbusResponse.Request asked =
        new ModbusResponse.Request(address.toString(), transaction, unit, block);
    transport
        .send(new ModbusTcpFrame(header, request))
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                arrived(new Closed());
              }
            });
    return switch (arrivals.poll(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      case Frame(ModbusTcpFrame frame) -> ModbusResponse.read(frame, asked);
      case Garbage() -> ModbusResponse.bad(asked.where(), "bytes that are no Modbus TCP frame");
      case Closed() ->
          new ModbusReply.Failed(
              "modbus.unreachable",
              address
                  + " closed the connection instead of a reply: check that no other master holds"
                  + " the meter's only connection",
              Then.RECONNECT);
      case null ->
          new ModbusReply.Failed(
              "modbus.timeout",
              "no whole reply from unit "
                  + unit
                  + " at "
                  + address
                  + " within "
                  + timeout.toMillis()
                  + " ms: check unit id, wiring and supply of the meter",
              Then.RECONNECT);
    };
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private void arrived(Arrival arrival) {
    // more than asked for: the first ones decide, and the check refuses them
    if (!arrivals.offer(arrival)) {
      // nothing to wait for: the owner opens a new connection
      CompletableFuture<Void> unused = transport.disconnect();
    }
  }

  @Override
  public void close() {
    // nothing to wait for: the owner opens a new connection
    CompletableFuture<Void> unused = transport.disconnect();
  }

  private final class Listener implements NettyTcpClientTransport.ConnectionListener {
    @Override
    public void onConnection() {}

    @Override
    public void onConnectionLost() {
      arrived(new Closed());
    }
  }
}
