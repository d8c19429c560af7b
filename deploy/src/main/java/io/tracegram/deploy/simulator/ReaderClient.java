package io.tracegram.deploy.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client has made of a simulated reader, in the order that LLRP demands: add, enable, start.
 * Thread-safe for {@link #send} and {@link #reads}; otherwise used by one thread.
 */
final class ReaderClient implements AutoCloseable {
  private static final int SUCCESS = 0;
  private static final int INVALID = 300;
  private static final int UNSUPPORTED_MESSAGE = 109;

  private final Socket socket;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile Operation operation = Operation.NONE;
  private Thread keepalives = Thread.ofVirtual().unstarted(() -> {});

  /** How far the one reader operation has come. */
  private enum Operation {
    NONE,
    ADDED,
    ENABLED,
    STARTED
  }

  ReaderClient(Socket socket) {
    this.socket = socket;
  }

  boolean reads() {
    return operation == Operation.STARTED;
  }

  void send(byte[] message) throws IOException {
    sending.lock();
    try {
      socket.getOutputStream().write(message);
    } finally {
      sending.unlock();
    }
  }

  /**
   * Does what a message asks.
   *
   * @return false if the client hangs up
   */
  boolean take(ByteBuffer message) throws IOException {
    int type = message.getShort() & 0x3FF;
    message.getInt();
    int id = message.getInt();
    switch (type) {
      case 3 -> answer(13, id, configure(message));
      case 21 -> answer(31, id, become(Operation.NONE, operation));
      case 20 -> answer(30, id, become(Operation.ADDED, Operation.NONE));
      case 24 -> answer(34, id, become(Operation.ENABLED, Operation.ADDED));
      case 22 -> answer(32, id, become(Operation.STARTED, Operation.ENABLED));
      case 14 -> answer(4, id, SUCCESS);
      case 72 -> {
        // it lives, too
      }
      default -> answer(100, id, UNSUPPORTED_MESSAGE);
    }
    return type != 14;
  }

  private void answer(int type, int id, int status) throws IOException {
    send(ReaderMessages.answer(type, id, status));
  }

  private int become(Operation next, Operation from) {
    if (operation != from) {
      return INVALID;
    }
    operation = next;
    return SUCCESS;
  }

  /** Finds the keepalive's period among the parameters. */
  private int configure(ByteBuffer message) {
    final int keepaliveSpec = 220;
    message.get();
    while (message.remaining() >= 4) {
      int type = message.getShort() & 0x3FF;
      int length = message.getShort() & 0xFFFF;
      if (length < 4 || length - 4 > message.remaining()) {
        return INVALID;
      }
      ByteBuffer fields = message.slice(message.position(), length - 4);
      message.position(message.position() + length - 4);
      if (type == keepaliveSpec && fields.remaining() == 5) {
        fields.get();
        keepAlive(Math.max(100, fields.getInt()));
      }
    }
    return SUCCESS;
  }

  private void keepAlive(int periodMillis) {
    keepalives.interrupt();
    keepalives =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int id = 1; ; id++) {
                      Thread.sleep(periodMillis);
                      send(ReaderMessages.keepalive(id));
                    }
                  } catch (InterruptedException | IOException e) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  @Override
  public void close() {
    operation = Operation.NONE;
    keepalives.interrupt();
  }
}
