package io.tracegram.edge.device;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.ScaleProfile.Protocol;
import io.tracegram.runtime.profile.ScaleReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A scale that answers a request with a line of text, over TCP or a serial line. Thread-safe: one
 * weighing at a time, since several scanners may share a scale. Connects when it is first asked; a
 * connection that gave a bad reply or none is closed, so that a late weight is never taken for a
 * later load's.
 */
public final class LineScale implements Scale {
  private static final int LONGEST_REPLY = 64;

  /**
   * Which scale.
   *
   * @param timeout longest wait for a stable weight
   */
  public record Settings(String id, LineAddress line, Protocol protocol, Duration timeout) {}

  private final Settings settings;
  private final String id;
  private final LongSupplier nanos;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AskedLine line;
  private long retryAt;
  private Observation.Bad lastFailure;

  /**
   * @param nanos monotonic time
   */
  public LineScale(Settings settings, Backoff backoff, LongSupplier nanos) {
    this.settings = settings;
    this.id = settings.id();
    this.backoff = backoff;
    this.nanos = nanos;
    this.retryAt = nanos.getAsLong();
    this.lastFailure = new Observation.Bad(id, "scale.unreachable", "not connected yet");
  }

  private interface Action {
    Observation with(AskedLine open) throws IOException, InterruptedException;
  }

  @Override
  public Observation probe() {
    return connected(open -> new Observation.Good(id, "scale at " + settings.line()));
  }

  @Override
  public Observation weigh() {
    return connected(this::ask);
  }

  private Observation connected(Action action) {
    lock.lock();
    try {
      if (line == null) {
        if (nanos.getAsLong() - retryAt < 0) {
          return lastFailure;
        }
        line = AskedLine.open(settings.line(), nanos);
      }
      return action.with(line);
    } catch (IOException e) {
      return failed(
          "scale.unreachable",
          "cannot talk to the scale at "
              + settings.line()
              + " ("
              + e.getMessage()
              + "): check its supply, cable and address, and that no other program holds it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("scale.timeout", "weighing was given up, since the agent stops");
    } finally {
      lock.unlock();
    }
  }

  private Observation ask(AskedLine open) throws IOException, InterruptedException {
    return switch (open.ask(request(settings.protocol()), LONGEST_REPLY, settings.timeout())) {
      case AskedLine.Line(String text) -> observed(text);
      case AskedLine.TooLong(String start) ->
          failed(
              "scale.bad-reply",
              "the scale answers more than "
                  + LONGEST_REPLY
                  + " bytes, beginning "
                  + Excerpt.of(start)
                  + ": check that it speaks "
                  + spoken());
      case AskedLine.TimedOut() ->
          failed(
              "scale.timeout",
              "no whole answer from the scale within "
                  + settings.timeout().toMillis()
                  + " ms: check that it is switched on, that the weight is at rest, and that it"
                  + " speaks "
                  + spoken());
    };
  }

  private Observation observed(String text) {
    return switch (ScaleReply.read(settings.protocol(), text)) {
      case ScaleReply.Weighed(var mass) -> {
        backoff.reset();
        yield new Observation.Weighed(id, mass);
      }
      case ScaleReply.Refused(String code, String reason) -> {
        backoff.reset();
        yield new Observation.Refused(id, code, reason);
      }
      case ScaleReply.Failed(String code, String reason) -> failed(code, reason);
      case ScaleReply.Unreadable() ->
          failed(
              "scale.bad-reply",
              "the scale answers "
                  + Excerpt.of(text)
                  + ": check that it speaks "
                  + spoken()
                  + " and that nothing else uses its line");
    };
  }

  /** Returns what asks for one stable weight. */
  private static byte[] request(Protocol protocol) {
    String text =
        switch (protocol) {
          case MT_SICS, A_AND_D -> "S\r\n";
          case SBI -> "\u001BP\r\n";
          case OHAUS -> "SP\r\n";
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private String spoken() {
    return switch (settings.protocol()) {
      case MT_SICS -> "MT-SICS";
      case SBI -> "SBI";
      case A_AND_D -> "A&D's standard format";
      case OHAUS -> "Ohaus' standard format";
    };
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
      if (line != null) {
        line.close();
        line = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
