package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A CoAP peer made of bytes, so that it can say what no library would let it say. */
public final class UdpPeer implements AutoCloseable {
  static final int CONTENT = 0x45;
  static final int JSON = 110;

  /** What it answers to a datagram: any number of datagrams. */
  public interface Script {
    List<byte[]> answer(byte[] request);
  }

  /** An option that is not empty. */
  record Option(int number, long value) {}

  private final DatagramSocket socket;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private volatile Script script;
  private volatile SocketAddress caller = new InetSocketAddress(0);

  public UdpPeer(Script script) throws IOException {
    this.script = script;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  void script(Script next) {
    script = next;
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", socket.getLocalPort());
  }

  BlockingQueue<byte[]> received() {
    return received;
  }

  /** Sends to who asked last. */
  void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, caller));
  }

  private void serve() {
    byte[] buffer = new byte[2_048];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        caller = packet.getSocketAddress();
        byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
        received.add(request);
        for (byte[] answer : script.answer(request)) {
          send(answer);
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** A reply in the acknowledgement (RFC 7252 §5.2.1), with the token that was asked with. */
  static byte[] reply(byte[] request, int code, List<Option> options, byte[] payload) {
    return message(0x60, code, mid(request), token(request), options, payload);
  }

  public static byte[] reply(byte[] request, String json) {
    return reply(
        request, CONTENT, List.of(new Option(12, JSON)), json.getBytes(StandardCharsets.UTF_8));
  }

  /** A message of its own that need not be confirmed. */
  static byte[] unconfirmed(
      byte[] request, int mid, int code, List<Option> options, byte[] payload) {
    return message(0x50, code, mid, token(request), options, payload);
  }

  static byte[] message(
      int type, int code, int mid, byte[] token, List<Option> options, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type | token.length);
    out.write(code);
    out.write(mid >> 8);
    out.write(mid);
    out.writeBytes(token);
    int before = 0;
    for (Option option : options) {
      byte[] value = minimal(option.value());
      int delta = option.number() - before;
      before = option.number();
      out.write((delta < 13 ? delta : 13) << 4 | value.length);
      if (delta >= 13) {
        out.write(delta - 13);
      }
      out.writeBytes(value);
    }
    if (payload.length > 0) {
      out.write(0xFF);
      out.writeBytes(payload);
    }
    return out.toByteArray();
  }

  private static byte[] minimal(long value) {
    byte[] bytes = new byte[(71 - Long.numberOfLeadingZeros(value)) / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >> (8 * (bytes.length - 1 - i)));
    }
    return bytes;
  }

  static int mid(byte[] request) {
    return (request[2] & 0xFF) << 8 | (request[3] & 0xFF);
  }

  static byte[] token(byte[] request) {
    return Arrays.copyOfRange(request, 4, 4 + (request[0] & 0x0F));
  }

  @Override
  public void close() {
    socket.close();
  }
}
