package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A scanner that sends each scan as a line to its hosts and waits for ACK or NAK. Thread-safe;
 * {@link #scan} is called by one thread at a time.
 */
final class ScannerServer {
  private static final int ACK = 0x06;
  private static final int NAK = 0x15;
  private static final int MAX_HOSTS = 4;

  private final String name;
  private final HostPort listen;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Socket> hosts = new ArrayDeque<>();
  private Optional<Answer> answer = Optional.empty();
  private boolean waiting;
  private Optional<LoopbackListener> listener = Optional.empty();

  /** What became of a scan. */
  enum Answer {
    ACCEPTED,
    REFUSED,
    /** No host was connected, or none answered in time. */
    NONE
  }

  ScannerServer(String name, HostPort listen) {
    this.name = name;
    this.listen = listen;
  }

  void start() throws IOException {
    listener = Optional.of(LoopbackListener.open(name, listen, this::host));
  }

  int port() {
    return listener.orElseThrow().port();
  }

  void stop() {
    listener.ifPresent(LoopbackListener::close);
  }

  /**
   * Sends a label to the connected hosts and waits.
   *
   * @param label AIM identifier and data, without the line's end
   * @param patience for a host to connect and to answer, system time
   */
  Answer scan(String label, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (hosts.isEmpty()) {
        if (nanos <= 0) {
          return Answer.NONE;
        }
        nanos = changed.awaitNanos(nanos);
      }
      answer = Optional.empty();
      waiting = true;
      send((label + "\r\n").getBytes(StandardCharsets.US_ASCII));
      while (answer.isEmpty() && nanos > 0 && !hosts.isEmpty()) {
        nanos = changed.awaitNanos(nanos);
      }
      waiting = false;
      if (answer.isEmpty()) {
        // a late answer must not pass for the answer to the next scan
        hosts.forEach(LoopbackListener::closeQuietly);
        hosts.clear();
      }
      return answer.orElse(Answer.NONE);
    } finally {
      lock.unlock();
    }
  }

  private void send(byte[] line) {
    for (Socket host : hosts.toArray(Socket[]::new)) {
      try {
        host.getOutputStream().write(line);
      } catch (IOException e) {
        LoopbackListener.closeQuietly(host);
        hosts.remove(host);
      }
    }
  }

  private void host(Socket socket) throws IOException {
    join(socket);
    try {
      InputStream in = socket.getInputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        switch (c) {
          case ACK -> hear(Answer.ACCEPTED);
          case NAK -> hear(Answer.REFUSED);
          default -> {
            // not part of the handshake
          }
        }
      }
    } finally {
      leave(socket);
    }
  }

  private void join(Socket socket) {
    lock.lock();
    try {
      hosts.addLast(socket);
      if (hosts.size() > MAX_HOSTS) {
        LoopbackListener.closeQuietly(hosts.removeFirst());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave(Socket socket) {
    lock.lock();
    try {
      hosts.remove(socket);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void hear(Answer heard) {
    lock.lock();
    try {
      if (waiting && answer.isEmpty()) {
        answer = Optional.of(heard);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
