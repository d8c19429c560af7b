package io.tracegram.edge.clock;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.edge.sign.PlantTime;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.runtime.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a plant clock server (loopback, simulations only) on a thread of its own. Thread-safe.
 */
public final class PlantClock implements PlantTime, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlantClock.class);
  private static final int LONGEST_LINE = 64;

  /** What happens at a tick; called from the clock's thread. */
  public interface Listener {
    /** Reads every device; the server waits until this returns. */
    void tick() throws InterruptedException;

    /** The simulation is over: nothing more is read. */
    void end();
  }

  private final String agent;
  private final HostPort address;
  private final Backoff backoff;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private volatile long millis;
  private long doneMillis = -1;
  private @Nullable Socket socket;
  private @Nullable Listener listener;
  private boolean closed;
  private boolean ended;

  public PlantClock(String agent, HostPort address, Backoff backoff) {
    this.agent = agent;
    this.address = address;
    this.backoff = backoff;
    this.thread = Thread.ofPlatform().name("plant-clock").unstarted(this::run);
  }

  /** Starts to follow the server; plant time is 0 until the first tick. */
  public void start(Listener newListener) {
    listener = newListener;
    thread.start();
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public ClockStatus status() {
    return ClockStatus.RELATIVE;
  }

  private void run() {
    while (!isOver()) {
      try (Socket opened = new Socket()) {
        opened.setTcpNoDelay(true);
        opened.connect(new InetSocketAddress(address.host(), address.port()), 2_000);
        if (enter(opened)) {
          follow(opened);
        }
      } catch (IOException e) {
        LOG.info("event=clock.lost address={} reason=\"{}\"", address, e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
      pause(backoff.next());
    }
  }

  private void follow(Socket opened) throws IOException, InterruptedException {
    send(opened, "HELLO " + agent);
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(opened.getInputStream(), StandardCharsets.US_ASCII), 256);
    while (true) {
      String line = readLine(in);
      if (line.equals("END")) {
        end();
        return;
      }
      if (!line.matches("TICK \\d{1,15}")) {
        throw new IOException("not a plant clock: expected TICK or END");
      }
      backoff.reset();
      long at = Long.parseLong(line.substring(5));
      if (at < millis) {
        throw new IOException("plant time went back from " + millis + " to " + at);
      }
      millis = at;
      // a server that lost us repeats its tick: no device is read twice at one plant time
      if (at > doneMillis) {
        current().tick();
        doneMillis = at;
      }
      send(opened, "DONE " + at);
    }
  }

  private static String readLine(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (line.length() >= LONGEST_LINE) {
        throw new IOException("not a plant clock: a line of more than 64 bytes");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static void send(Socket opened, String line) throws IOException {
    opened.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    opened.getOutputStream().flush();
  }

  private void end() {
    LOG.info("event=clock.end plantTime={}", millis);
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    current().end();
  }

  private Listener current() {
    Listener known = listener;
    if (known == null) {
      throw new IllegalStateException("the clock was not started");
    }
    return known;
  }

  private boolean enter(Socket opened) {
    lock.lock();
    try {
      socket = opened;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return closed || ended;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!closed && !ended && left > 0) {
        left = closing.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends at once, also within a tick. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("event=clock.close-failed", e);
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
