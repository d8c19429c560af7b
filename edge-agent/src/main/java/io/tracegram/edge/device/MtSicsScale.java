package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A scale that speaks MT-SICS over TCP. Thread-safe: one weighing at a time, since several scanners
 * may share a scale. Connects when it is first asked; a connection that gave a bad reply or none is
 * closed, so that a late weight is never taken for a later load's.
 */
public final class MtSicsScale implements Scale {
  private static final byte[] SEND_STABLE = "S\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_REPLY = 64;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final String id;
  private final HostPort address;
  private final Duration timeout;
  private final LongSupplier nanos;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable LineSocket socket;
  private long retryAt;
  private Observation.Bad lastFailure;

  /**
   * @param timeout longest wait for a stable weight
   * @param nanos monotonic time
   */
  public MtSicsScale(
      String id, HostPort address, Duration timeout, Backoff backoff, LongSupplier nanos) {
    this.id = id;
    this.address = address;
    this.timeout = timeout;
    this.backoff = backoff;
    this.nanos = nanos;
    this.retryAt = nanos.getAsLong();
    this.lastFailure = new Observation.Bad(id, "scale.unreachable", "not connected yet");
  }

  private interface Action {
    Observation with(LineSocket open) throws IOException;
  }

  @Override
  public Observation probe() {
    return connected(open -> new Observation.Good(id, "scale at " + address));
  }

  @Override
  public Observation weigh() {
    return connected(this::ask);
  }

  private Observation connected(Action action) {
    lock.lock();
    try {
      if (socket == null) {
        if (nanos.getAsLong() - retryAt < 0) {
          return lastFailure;
        }
        socket = LineSocket.open(address, CONNECT, nanos);
      }
      return action.with(socket);
    } catch (IOException e) {
      return failed(
          "scale.unreachable",
          "cannot talk to the scale at "
              + address
              + " ("
              + e.getMessage()
              + "): check its supply, cable and address");
    } finally {
      lock.unlock();
    }
  }

  private Observation ask(LineSocket open) throws IOException {
    open.drain();
    open.send(SEND_STABLE);
    return switch (open.readLine(LONGEST_REPLY, timeout)) {
      case LineSocket.Line(String text) -> checked(MtSicsReply.read(id, text));
      case LineSocket.TooLong(String start) ->
          failed(
              "scale.bad-reply",
              "the scale answers more than "
                  + LONGEST_REPLY
                  + " bytes, beginning "
                  + Excerpt.of(start)
                  + ": check that it speaks MT-SICS");
      case LineSocket.TimedOut() ->
          failed(
              "scale.timeout",
              "no whole answer from the scale within "
                  + timeout.toMillis()
                  + " ms: check that it is switched on and speaks MT-SICS");
      case LineSocket.Closed(String rest) ->
          failed(
              "scale.unreachable",
              "the scale at "
                  + address
                  + " closed the connection: check that no other program holds it");
    };
  }

  private Observation checked(Observation reply) {
    if (reply instanceof Observation.Bad(String device, String code, String reason)) {
      return failed(code, reason);
    }
    backoff.reset();
    return reply;
  }

  private Observation failed(String code, String reason) {
    close();
    lastFailure = new Observation.Bad(id, code, reason);
    retryAt = nanos.getAsLong() + backoff.next().toNanos();
    return lastFailure;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    } catch (IOException e) {
      socket = null;
    } finally {
      lock.unlock();
    }
  }
}
