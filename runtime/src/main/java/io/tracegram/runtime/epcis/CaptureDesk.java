package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.runtime.web.ProblemDetails;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets captured events into the log, a document a job: what a job calls captured is on disk in the
 * log, and found by queries. Thread-safe; jobs advance on the projection's thread.
 */
public final class CaptureDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureDesk.class);
  private static final int MOST_WAITING = 256;
  private static final int ID_BYTES = 10;

  private final EventProjection projection;
  private final Function<List<Body>, CompletableFuture<Long>> say;
  private final EpcisJudge judge = new EpcisJudge();
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, CaptureJob> running = new ConcurrentHashMap<>();

  // confined to the projection's thread
  private final Admission admission;
  private final Map<String, Pending> pending = new HashMap<>();

  /** A job that has begun, and what becomes of it. */
  record Submission(CaptureJob job, CompletableFuture<CaptureJob> ended) {}

  private record Pending(
      CaptureJob job,
      JudgedDocument.Read document,
      Admission.Verdict verdict,
      CompletableFuture<CaptureJob> ended) {}

  /**
   * @param say puts statements into the log, in order, and completes with the last one's leaf when
   *     all are on disk; what is said comes back by an {@link EventFeed#ofCaptures} of that log
   * @param clock system time
   */
  public CaptureDesk(
      EventProjection projection,
      Function<List<Body>, CompletableFuture<Long>> say,
      Clock clock,
      SecureRandom random) {
    this.projection = projection;
    this.say = say;
    this.clock = clock;
    this.random = random;
    admission = new Admission(projection.writer());
  }

  /** Says what a document is worth; takes as long as it has events. */
  JudgedDocument judge(byte[] document) {
    return judge.judge(document);
  }

  /** Begins a job, or refuses it because there are too many. */
  Submission submit(byte[] bytes, JudgedDocument.Read document, boolean proceed) {
    List<LogSize> unused = projection.requireReady();
    if (running.size() >= MOST_WAITING) {
      throw EpcisProblem.BUSY.refusal("too many captures at once: try again in a second");
    }
    byte[] name = new byte[ID_BYTES];
    random.nextBytes(name);
    CaptureJob job = CaptureJob.begun(HexFormat.of().formatHex(name), proceed, clock.millis());
    running.put(job.id(), job);
    CompletableFuture<CaptureJob> ended = new CompletableFuture<>();
    projection.execute(() -> admit(bytes, document, job, ended));
    return new Submission(job, ended);
  }

  /** Returns a job as JSON. */
  Optional<String> job(String id) {
    CaptureJob now = running.get(id);
    return now != null
        ? Optional.of(EventText.write(now.json()))
        : projection.read(reader -> reader.job(id));
  }

  /** Returns ended jobs as JSON, newest first. */
  EventReader.Jobs jobs(long before, int perPage) {
    return projection.read(reader -> reader.jobs(before, perPage));
  }

  /** Returns the jobs that run, newest first. */
  List<CaptureJob> running() {
    return running.values().stream()
        .sorted(Comparator.comparing(CaptureJob::createdMillis).reversed())
        .toList();
  }

  /**
   * Records a document that stands in the log, and ends its job. On the projection's thread.
   *
   * @param document its bytes, asked for if they are not known any more
   */
  void captured(Evidence evidence, Body.EpcisCapture capture, Supplier<byte[]> document)
      throws SQLException {
    Pending before = pending.remove(capture.capture());
    JudgedDocument judged = before != null ? before.document : judge.judge(document.get());
    List<ProblemDetails> errors =
        before != null ? before.verdict.errors() : Admission.errors(judged, capture.refused());
    switch (judged) {
      case JudgedDocument.Read read -> admission.record(read, capture.refused(), evidence);
      case JudgedDocument.Refused refused ->
          LOG.warn(
              "event=epcis.document-unreadable leaf={} reason=\"{}\"",
              evidence.leaf(),
              Admission.told(refused.faults()));
    }
    CaptureJob job =
        before != null
            ? before.job
            : CaptureJob.begun(capture.capture(), capture.proceed(), evidence.recordedMillis());
    CompletableFuture<CaptureJob> ended = before != null ? before.ended : new CompletableFuture<>();
    end(job.ended(clock.millis(), errors, OptionalLong.of(evidence.leaf())), ended);
  }

  private void admit(
      byte[] bytes,
      JudgedDocument.Read document,
      CaptureJob job,
      CompletableFuture<CaptureJob> ended)
      throws SQLException {
    Admission.Verdict verdict = admission.judge(document);
    boolean none = verdict.refused().size() == document.events().size();
    if (none || (!verdict.refused().isEmpty() && !job.proceed())) {
      end(job.ended(clock.millis(), verdict.errors(), OptionalLong.empty()), ended);
      return;
    }
    if (verdict.known()) {
      end(job.ended(clock.millis(), verdict.errors(), verdict.leaf()), ended);
      return;
    }
    admission.expect(document, verdict);
    pending.put(job.id(), new Pending(job, document, verdict, ended));
    CompletableFuture<Long> unused =
        say.apply(
                Document.stated(
                    bytes,
                    whole ->
                        new Body.EpcisCapture(job.id(), job.proceed(), verdict.refused(), whole)))
            .exceptionally(
                failure -> {
                  projection.execute(() -> lost(job, failure));
                  return -1L;
                });
  }

  /** A document that did not reach the log is captured by nobody. */
  private void lost(CaptureJob job, Throwable failure) throws SQLException {
    Pending before = pending.remove(job.id());
    if (before != null) {
      admission.forget(before.document);
      ProblemDetails why =
          EpcisProblem.IMPLEMENTATION.because("the log did not take it: " + failure.getMessage());
      end(job.ended(clock.millis(), List.of(why), OptionalLong.empty()), before.ended);
    }
  }

  private void end(CaptureJob job, CompletableFuture<CaptureJob> ended) throws SQLException {
    projection.writer().add(job);
    projection.changed(
        () -> {
          running.remove(job.id());
          ended.complete(job);
        });
  }
}
