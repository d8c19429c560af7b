package io.tracegram.deploy.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One MQTT 5 connection that publishes with QoS 1 and a bounded window; just enough of the protocol
 * (OASIS mqtt-v5.0 §3.1, §3.3, §3.4) to cost little itself. One thread writes, one reads.
 */
final class BenchPublisher implements AutoCloseable {
  private static final int CONNACK = 0x20;
  private static final int PUBACK = 0x40;
  private static final int PACKETS = 65_535;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final byte[] topic;
  private final int window;
  private final Semaphore free;
  private final AtomicLong acknowledged;
  private final long[] sentNanos = new long[PACKETS + 1];
  private final long[] latencies;

  /**
   * @param acknowledged counts the answers of all connections
   * @param statements how many will be published
   */
  BenchPublisher(
      int port, String client, String topic, int window, int statements, AtomicLong acknowledged)
      throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    this.topic = topic.getBytes(StandardCharsets.US_ASCII);
    this.window = window;
    this.free = new Semaphore(window);
    this.acknowledged = acknowledged;
    this.latencies = new long[statements];
    connect(client.getBytes(StandardCharsets.US_ASCII));
  }

  private void connect(byte[] client) throws IOException {
    out.writeByte(0x10);
    length(13 + client.length);
    out.writeShort(4);
    out.write("MQTT".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {5, 2, 0, 60, 0}); // version, clean start, 60 s, no properties
    out.writeShort(client.length);
    out.write(client);
    out.flush();
    byte[] answer = packet(CONNACK);
    if (answer[1] != 0) {
      throw new IOException("CONNECT refused with code " + (answer[1] & 0xFF));
    }
  }

  /** Publishes all, never more than the window unanswered; the writing thread. */
  void publish(List<byte[]> statements) throws IOException, InterruptedException {
    int packet = 0;
    for (byte[] statement : statements) {
      if (!free.tryAcquire()) {
        out.flush();
        free.acquire();
      }
      packet = packet % PACKETS + 1;
      sentNanos[packet] = System.nanoTime();
      out.writeByte(0x32);
      length(2 + topic.length + 2 + 1 + statement.length);
      out.writeShort(topic.length);
      out.write(topic);
      out.writeShort(packet);
      out.writeByte(0);
      out.write(statement);
    }
    out.flush();
    free.acquire(window);
  }

  /** Reads the answers to all; the reading thread. */
  void read() throws IOException {
    for (int i = 0; i < latencies.length; i++) {
      byte[] answer = packet(PUBACK);
      if (answer.length > 2 && answer[2] != 0) {
        throw new IOException("PUBLISH refused with code " + (answer[2] & 0xFF));
      }
      int packet = (answer[0] & 0xFF) << 8 | answer[1] & 0xFF;
      latencies[i] = System.nanoTime() - sentNanos[packet];
      acknowledged.incrementAndGet();
      free.release();
    }
  }

  /** Returns the time from write to PUBACK of each statement, in the order of the answers. */
  long[] latencies() {
    return latencies;
  }

  private byte[] packet(int type) throws IOException {
    int header = in.readUnsignedByte();
    int length = 0;
    int digit;
    int shift = 0;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] body = in.readNBytes(length);
    if ((header & 0xF0) != type) {
      throw new IOException("expected packet " + type + ", got " + header);
    }
    return body;
  }

  private void length(int length) throws IOException {
    int rest = length;
    do {
      int digit = rest & 0x7F;
      rest >>>= 7;
      out.writeByte(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
