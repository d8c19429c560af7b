package io.tracegram.edge.device.llrp;

import io.tracegram.edge.device.RawServer;
import io.tracegram.runtime.config.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader on a real socket that does what it is asked, unless a test tells it otherwise. */
public final class FakeReader implements AutoCloseable {
  private static final Map<Integer, Integer> ANSWERS =
      Map.of(3, 13, 20, 30, 21, 31, 22, 32, 24, 34, 14, 4);

  /** Types of the messages that came, in order. */
  final List<Integer> heard = new CopyOnWriteArrayList<>();

  /** Ids of the keepalives that were answered. */
  final List<Integer> acknowledged = new CopyOnWriteArrayList<>();

  /** The status with which a request of a type is answered, if not with success. */
  final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();

  volatile byte[] greeting = Llrp.GREETING;

  /** Whether it only talks, once it reads. */
  volatile boolean deaf;

  private final RawServer server = new RawServer(this::serve);
  private volatile Optional<Socket> socket = Optional.empty();

  public HostPort address() {
    return server.address();
  }

  int connections() {
    return server.connections();
  }

  public boolean reads() {
    return heard.contains(22);
  }

  public void send(byte[]... messages) {
    try {
      socket.orElseThrow().getOutputStream().write(Llrp.join(messages));
    } catch (IOException e) {
      throw new IllegalStateException("nobody is connected", e);
    }
  }

  void hangUp() throws IOException {
    heard.clear();
    socket.orElseThrow().close();
  }

  private void serve(Socket opened) throws IOException {
    socket = Optional.of(opened);
    if (deaf) {
      opened.setReceiveBufferSize(4_096);
    }
    opened.getOutputStream().write(greeting);
    DataInputStream in = new DataInputStream(opened.getInputStream());
    while (true) {
      int type = in.readUnsignedShort() & 0x3FF;
      int length = in.readInt();
      int id = in.readInt();
      in.skipNBytes(length - 10L);
      if (ANSWERS.containsKey(type)) {
        int status = refusals.getOrDefault(type, 0);
        opened
            .getOutputStream()
            .write(
                Llrp.answer(ANSWERS.get(type), id, status, status == 0 ? "" : "no\u0007t <now>"));
      } else {
        acknowledged.add(id);
      }
      heard.add(type);
      while (deaf && type == 22) {
        opened.getOutputStream().write(Llrp.message(62, 1));
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
