package io.tracegram.edge.device.llrp;

import io.tracegram.edge.device.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is said on one connection to a reader: the reader is configured, and then heard for as long
 * as it shows life. Single-threaded.
 */
final class ReaderSession {
  private static final int PERIODS_OF_SILENCE = 3;

  private final ReaderConnection connection;
  private final Timing timing;
  private final Listener listener;
  private final LongSupplier nanos;
  private long lastId;
  private boolean welcome;

  /**
   * How long to wait for a reader.
   *
   * @param answer for its greeting, and for the answer to a request
   * @param keepalive the period in which it is to show life; silent for three, it is given up
   */
  record Timing(Duration answer, Duration keepalive) {}

  /** Takes what the reader tells. */
  interface Listener {
    void seen(TagReport tag);

    void happened(ReaderEvent event);

    /** Does what is due, after each message and when {@link #wakeAt} has come. */
    void settle();

    /** Returns when to settle at the latest, in the time of {@code nanos}. */
    long wakeAt(long otherwise);

    /** A message came after the reader was configured. */
    void alive();
  }

  ReaderSession(ReaderConnection connection, Timing timing, Listener listener, LongSupplier nanos) {
    this.connection = connection;
    this.timing = timing;
    this.listener = listener;
    this.nanos = nanos;
  }

  /**
   * Waits for the greeting, and lets the reader read.
   *
   * @throws LlrpException if it will not, or does not answer
   */
  void configure() throws IOException {
    long deadline = nanos.getAsLong() + timing.answer().toNanos();
    while (!welcome) {
      hear(by(deadline, "a greeting"));
    }
    LlrpStatus unused = ask(Request.DELETE_ROSPECS); // there may be none, which some call an error
    require(Request.configure(timing.keepalive()));
    require(Request.ADD_ROSPEC);
    require(Request.ENABLE_ROSPEC);
    require(Request.START_ROSPEC);
  }

  /** Hears the reader until the connection ends; never returns otherwise. */
  void serve() throws IOException {
    long patience = PERIODS_OF_SILENCE * timing.keepalive().toNanos();
    long silentAt = nanos.getAsLong() + patience;
    while (true) {
      Optional<Frame> frame = connection.next(listener.wakeAt(silentAt));
      if (frame.isPresent()) {
        hear(Incoming.read(frame.get()));
        listener.alive();
        silentAt = nanos.getAsLong() + patience;
      } else if (nanos.getAsLong() - silentAt >= 0) {
        throw silent("a sign of life", Duration.ofNanos(patience));
      }
      listener.settle();
    }
  }

  private void require(Request request) throws IOException {
    LlrpStatus status = ask(request);
    if (!status.isSuccess()) {
      throw new LlrpException(
          "portal.refused",
          "the reader refuses %s with status %d, %s: look it up in its manual"
              .formatted(request.name(), status.code(), Excerpt.of(status.description())));
    }
  }

  private LlrpStatus ask(Request request) throws IOException {
    long id = ++lastId;
    connection.send(request.frame(id));
    long deadline = nanos.getAsLong() + timing.answer().toNanos();
    while (true) {
      switch (by(deadline, "an answer to " + request.name())) {
        case Incoming.Answer(int type, long answered, LlrpStatus status)
            when answered == id && (type == request.answer() || type == Incoming.ERROR_MESSAGE) -> {
          return status;
        }
        case Incoming other -> hear(other);
      }
    }
  }

  /** Returns the next message, however many others came before the deadline. */
  private Incoming by(long deadline, String awaited) throws IOException {
    Optional<Frame> frame =
        nanos.getAsLong() - deadline < 0 ? connection.next(deadline) : Optional.empty();
    if (frame.isEmpty()) {
      throw silent(awaited, timing.answer());
    }
    return Incoming.read(frame.get());
  }

  private static LlrpException silent(String awaited, Duration waited) {
    return new LlrpException(
        "portal.silent",
        "the reader has not sent %s within %d ms: check that it speaks LLRP, and its load and network"
            .formatted(awaited, waited.toMillis()));
  }

  private void hear(Incoming message) throws IOException {
    switch (message) {
      case Incoming.Report(var tags) -> tags.forEach(listener::seen);
      case Incoming.Keepalive(long id) -> connection.send(Request.keepaliveAck(id));
      case Incoming.Notification(var events) -> {
        for (ReaderEvent event : events) {
          happened(event);
        }
      }
      case Incoming.Answer(int type, long _, LlrpStatus status)
          when type == Incoming.ERROR_MESSAGE ->
          listener.happened(new ReaderEvent.ReaderException(status.description()));
      case Incoming.Answer _, Incoming.Other _ -> {
        // too late, or of no use
      }
    }
  }

  private void happened(ReaderEvent event) throws IOException {
    switch (event) {
      case ReaderEvent.ConnectionAttempt(int status) when !welcome -> {
        if (status != 0) {
          throw new LlrpException(
              "portal.refused",
              "the reader takes no connection (status %d): check that no other program holds it"
                  .formatted(status));
        }
        welcome = true;
      }
      case ReaderEvent.ConnectionClose() -> throw new IOException("it closes the connection");
      case ReaderEvent.ConnectionAttempt _, ReaderEvent.Antenna _, ReaderEvent.ReaderException _ ->
          listener.happened(event);
    }
  }
}
