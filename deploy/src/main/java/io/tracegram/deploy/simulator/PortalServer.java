package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * An RFID reader that speaks LLRP 1.0.1 to one client at a time, and whose clock was never set: it
 * counts from 1970. Thread-safe.
 */
final class PortalServer {
  private static final int MAX_MESSAGE = 4_096;
  private static final int HEADER = 10;
  private static final int CONNECTED = 0;
  private static final int OTHER_CLIENT = 2;
  private static final int READS_OF_A_PASSAGE = 3;

  private final String name;
  private final HostPort listen;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final AtomicReference<ReaderClient> client = new AtomicReference<>();
  private Optional<LoopbackListener> listener = Optional.empty();

  PortalServer(String name, HostPort listen, LongSupplier nanoTime) {
    this.name = name;
    this.listen = listen;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  void start() throws IOException {
    listener = Optional.of(LoopbackListener.open(name, listen, this::converse));
  }

  int port() {
    return listener.orElseThrow().port();
  }

  void stop() {
    listener.ifPresent(LoopbackListener::close);
  }

  /**
   * Lets a tag pass, which is read several times on its way.
   *
   * @return whether a client was told; who lets nobody read passes unseen
   */
  boolean pass(byte[] epc) {
    ReaderClient told = client.get();
    if (told == null || !told.reads()) {
      return false;
    }
    try {
      for (int read = 0; read < READS_OF_A_PASSAGE; read++) {
        told.send(ReaderMessages.report(epc, micros()));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private long micros() {
    return (nanoTime.getAsLong() - startNanos) / 1_000;
  }

  private void converse(Socket socket) throws IOException {
    ReaderClient joined = new ReaderClient(socket);
    boolean alone = client.compareAndSet(null, joined);
    joined.send(ReaderMessages.attempt(alone ? CONNECTED : OTHER_CLIENT, micros()));
    if (!alone) {
      return;
    }
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (joined.take(message(in))) {
        // until the client hangs up
      }
    } finally {
      client.set(null);
      joined.close();
    }
  }

  private static ByteBuffer message(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new IOException("the client hung up");
    }
    int length = ByteBuffer.wrap(header).getInt(2);
    if (length < HEADER || length > MAX_MESSAGE) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] body = new byte[length - HEADER];
    in.readFully(body);
    return ByteBuffer.allocate(length).put(header).put(body).flip();
  }
}
