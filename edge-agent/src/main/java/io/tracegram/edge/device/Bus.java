package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.BusConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line that several devices share: one request at a time, in the order in which they came, each
 * after a silence in which whatever came late or unasked is forgotten. Thread-safe. A request holds
 * the line for at most four of its time limits, and 2 s more where it must be opened first; of a
 * reply at most 512 bytes are kept.
 */
public final class Bus implements AutoCloseable {
  private static final int LONGEST_FRAME = 512;
  private static final int QUOTED_BYTES = 16;
  private static final int ATTEMPTS = 2;

  /** So many requests in a row without one sound byte, and the line is opened anew. */
  private static final int MOST_SILENT = 3;

  private final BusConnection settings;
  private final Backoff backoff;
  private final LongSupplier nanos;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable ByteLine line;
  private long retryAt;
  private String lost = "not opened yet";
  private int silent;

  /**
   * @param backoff between two attempts to open the line
   * @param nanos monotonic time
   */
  public Bus(BusConnection settings, Backoff backoff, LongSupplier nanos) {
    this.settings = settings;
    this.backoff = backoff;
    this.nanos = nanos;
    this.retryAt = nanos.getAsLong();
  }

  /** Returns where it is, for a person. */
  String name() {
    return "bus " + settings.id() + " at " + settings.line();
  }

  Duration timeout() {
    return settings.timeout();
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param wait longest time until it is this request's turn
   */
  BusReply ask(byte[] request, Framing framing, Duration wait) throws InterruptedException {
    if (!turn.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      return new BusReply.NoTurn();
    }
    try {
      return onLine(request, framing);
    } catch (IOException e) {
      return lost(e);
    } finally {
      turn.unlock();
    }
  }

  private BusReply onLine(byte[] request, Framing framing)
      throws IOException, InterruptedException {
    if (line == null) {
      if (nanos.getAsLong() - retryAt < 0) {
        return new BusReply.Lost(lost);
      }
      line = ByteLine.open(settings.line());
      silent = 0;
    }
    BusReply reply = new BusReply.Noise("noise without end");
    for (int attempt = 0; attempt < ATTEMPTS && reply instanceof BusReply.Noise; attempt++) {
      if (quieten(line)) {
        line.send(request);
        reply = receive(line, framing);
      }
    }
    return settled(reply);
  }

  private BusReply settled(BusReply reply) {
    switch (reply) {
      case BusReply.Frame frame -> {
        silent = 0;
        backoff.reset();
      }
      case BusReply.Silent nothing -> silent++;
      case BusReply.Noise noise -> silent++;
      case BusReply.Lost gone -> {}
      case BusReply.NoTurn none -> {}
    }
    // a connection whose other end is gone says nothing either
    if (silent >= MOST_SILENT) {
      close();
    }
    return reply;
  }

  private BusReply lost(IOException e) {
    close();
    retryAt = nanos.getAsLong() + backoff.next().toNanos();
    lost = String.valueOf(e.getMessage());
    return new BusReply.Lost(lost);
  }

  /** Forgets what comes until nothing does; false if that does not end. */
  private boolean quieten(ByteLine open) throws IOException, InterruptedException {
    byte[] forgotten = new byte[LONGEST_FRAME];
    long deadline = nanos.getAsLong() + settings.timeout().toNanos();
    while (nanos.getAsLong() - deadline < 0) {
      if (open.read(forgotten, 0, settings.gap()) == 0) {
        return true;
      }
    }
    return false;
  }

  private BusReply receive(ByteLine open, Framing framing)
      throws IOException, InterruptedException {
    byte[] received = new byte[LONGEST_FRAME];
    int count = 0;
    String others = "";
    long deadline = nanos.getAsLong() + settings.timeout().toNanos();
    for (long left = settings.timeout().toNanos(); left > 0; left = deadline - nanos.getAsLong()) {
      count += open.read(received, count, Duration.ofNanos(left));
      int length = count == 0 ? 0 : framing.length(received, count);
      if (length < 0 || length > LONGEST_FRAME) {
        return new BusReply.Noise(quoted(received, count));
      }
      if (length > 0 && count >= length) {
        byte[] frame = Arrays.copyOf(received, length);
        switch (framing.judge(frame)) {
          case REPLY -> {
            return new BusReply.Frame(frame);
          }
          case BROKEN -> {
            return new BusReply.Noise(quoted(received, count));
          }
          case OTHERS -> {
            others = "only a frame of another device, " + quoted(frame, length);
            System.arraycopy(received, length, received, 0, count - length);
            count -= length;
          }
        }
      }
      if (count == LONGEST_FRAME) {
        return new BusReply.Noise(quoted(received, count));
      }
    }
    return new BusReply.Silent(
        count > 0 ? "only " + quoted(received, count) : others.isEmpty() ? "nothing" : others);
  }

  private static String quoted(byte[] bytes, int count) {
    return HexFormat.ofDelimiter(" ")
            .withUpperCase()
            .formatHex(bytes, 0, Math.min(count, QUOTED_BYTES))
        + (count > QUOTED_BYTES ? " …" : "");
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (line != null) {
        line.close();
        line = null;
      }
    } finally {
      turn.unlock();
    }
  }
}
