package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.ProblemDetails;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the projection at the log's end and lets captured events into the log: what a job calls
 * captured is on disk in the log, and found by queries. Thread-safe; the work happens on one
 * thread.
 */
public final class CaptureDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureDesk.class);
  private static final int BATCH = 256;
  private static final int MOST_WAITING = 256;
  private static final int ID_BYTES = 10;
  private static final long IDLE_MILLIS = 200;

  /** Leaves without an event after which the place is noted all the same. */
  private static final long NOTED_EVERY = 4_096;

  private final EventStore store;
  private final EvidenceLog log;
  private final Function<Body, CompletableFuture<Long>> say;
  private final EpcisJudge judge;
  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<String> failed;
  private final LinkedBlockingQueue<Work> tasks = new LinkedBlockingQueue<>();
  private final Map<String, CaptureJob> running = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "epcis");
  private volatile boolean stopping;
  private volatile boolean ready;
  private volatile boolean broken;
  private volatile long asOf;

  // confined to the thread
  private final Admission admission;
  private final Map<String, Pending> pending = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Projection projection = new Projection();
  private long through;
  private long noted;
  private boolean dirty;

  /** Something to do on the thread of the projection. */
  public interface Work {
    void on(Projection projection) throws SQLException;
  }

  /** A job that has begun, and what becomes of it. */
  public record Submission(CaptureJob job, CompletableFuture<CaptureJob> ended) {}

  private record Pending(
      CaptureJob job,
      JudgedDocument.Read document,
      Admission.Verdict verdict,
      CompletableFuture<CaptureJob> ended) {}

  /**
   * Opens the projection.
   *
   * @param file of the projection; made if it is missing
   * @param log that it is a projection of
   * @param say puts something into that log and completes with the leaf's index, on disk; what is
   *     said comes back by {@link Projection#captured}
   * @param failed told once, with the reason, when the projection can no longer be written
   */
  public CaptureDesk(
      Path file,
      EvidenceLog log,
      Function<Body, CompletableFuture<Long>> say,
      Clock clock,
      SecureRandom random,
      Consumer<String> failed)
      throws IOException {
    this.store = EventStore.open(file, random);
    this.log = log;
    this.say = say;
    this.judge = new EpcisJudge();
    this.clock = clock;
    this.random = random;
    this.failed = failed;
    admission = new Admission(store.writer());
  }

  public void start() {
    thread.start();
  }

  /** Does what was put before, then ends; returns when it has and the file is closed. */
  @Override
  public void close() {
    stopping = true;
    tasks.add(work -> {});
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  /** Puts work in line; what it records counts for queries when all of it is done. */
  public void execute(Work work) {
    if (!broken) {
      tasks.add(work);
    }
  }

  /** Says what a document is worth; takes as long as it has events. */
  JudgedDocument judge(byte[] document) {
    return judge.judge(document);
  }

  /** Begins a job, or refuses it because there are too many. */
  Submission submit(byte[] bytes, JudgedDocument.Read document, boolean proceed) {
    requireReady();
    if (running.size() >= MOST_WAITING) {
      throw EpcisProblem.BUSY.refusal("too many captures at once: try again in a second");
    }
    byte[] name = new byte[ID_BYTES];
    random.nextBytes(name);
    CaptureJob job = CaptureJob.begun(HexFormat.of().formatHex(name), proceed, clock.millis());
    running.put(job.id(), job);
    CompletableFuture<CaptureJob> ended = new CompletableFuture<>();
    tasks.add(on -> admit(bytes, document, job, ended));
    return new Submission(job, ended);
  }

  /** Answers a query with one page. */
  EventPage page(EventQuery query) {
    requireReady();
    long size = asOf;
    return store.read(reader -> reader.page(query, size));
  }

  EventPage event(String eventId) {
    requireReady();
    long size = asOf;
    return new EventPage(size, store.read(reader -> reader.events(eventId)), Optional.empty());
  }

  /** Returns a job as JSON. */
  Optional<String> job(String id) {
    CaptureJob now = running.get(id);
    return now != null
        ? Optional.of(EventText.write(now.json()))
        : store.read(reader -> reader.job(id));
  }

  /** Returns ended jobs as JSON, newest first. */
  EventReader.Jobs jobs(long before, int perPage) {
    return store.read(reader -> reader.jobs(before, perPage));
  }

  /** Returns the jobs that run, newest first. */
  List<CaptureJob> running() {
    return running.values().stream()
        .sorted(Comparator.comparing(CaptureJob::createdMillis).reversed())
        .toList();
  }

  PageToken tokens() {
    return new PageToken(store.secret());
  }

  private void requireReady() {
    if (!ready) {
      throw EpcisProblem.BUSY.refusal(
          "the events are being read from the log (%,d of %,d leaves): try again later"
              .formatted(asOf, log.size()));
    }
  }

  /** What work does to the projection; leaves in the order of the log. On the thread only. */
  public final class Projection {
    private Projection() {}

    /**
     * Returns the first leaf to be told; everything is forgotten if the file is no projection of
     * this log.
     */
    public long begin() throws SQLException {
      Optional<EventWriter.Through> before = store.writer().through();
      if (before.isPresent()
          && (before.get().size() > log.size()
              || !log.root(before.get().size()).equals(before.get().root()))) {
        LOG.warn("event=epcis.projection-foreign action=\"it is built again from the log\"");
        store.writer().clear();
        before = Optional.empty();
      }
      through = before.map(EventWriter.Through::size).orElse(0L);
      noted = through;
      asOf = through;
      return through;
    }

    /** All leaves that there were are told: queries are answered from now on. */
    public void ready() {
      ready = true;
    }

    /** All leaves below {@code size} are told. */
    public void through(long size) {
      through = Math.max(through, size);
      dirty |= through - noted >= NOTED_EVERY;
    }

    /** Records an event of our own; a second one of its id is left out. */
    public void own(OwnEvent event) throws SQLException {
      Optional<StoredEvent> known = store.writer().find(event.identity());
      if (known.isPresent()) {
        if (known.get().origin() == StoredEvent.Origin.OWN) {
          return;
        }
        LOG.warn(
            "event=epcis.id-taken id={} leaf={} action=\"another system used the id of an event of"
                + " ours: find out which\"",
            event.eventId(),
            known.get().leaf());
      }
      store.writer().add(event.entry());
      dirty = true;
    }

    /**
     * Records a captured document.
     *
     * @param recordedMillis when its leaf was received
     * @param document its bytes, asked for if they are not known any more
     */
    public void captured(
        long leaf, long recordedMillis, Body.EpcisCapture capture, Supplier<byte[]> document)
        throws SQLException {
      Pending before = pending.remove(capture.capture());
      JudgedDocument judged = before != null ? before.document : judge.judge(document.get());
      List<ProblemDetails> errors =
          before != null ? before.verdict.errors() : Admission.errors(judged, capture.refused());
      switch (judged) {
        case JudgedDocument.Read read ->
            admission.record(read, capture.refused(), leaf, recordedMillis);
        case JudgedDocument.Refused refused ->
            LOG.warn(
                "event=epcis.document-unreadable leaf={} reason=\"{}\"",
                leaf,
                Admission.told(refused.faults()));
      }
      CaptureJob job =
          before != null
              ? before.job
              : CaptureJob.begun(capture.capture(), capture.proceed(), recordedMillis);
      CompletableFuture<CaptureJob> ended =
          before != null ? before.ended : new CompletableFuture<>();
      end(job.ended(clock.millis(), errors, OptionalLong.of(leaf)), ended);
    }

    /** Returns what was noted under a name, -1 if nothing was. */
    public long note(String name) throws SQLException {
      return store.writer().note(name);
    }

    public void setNote(String name, long value) throws SQLException {
      store.writer().setNote(name, value);
      dirty = true;
    }
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
    CompletableFuture<Long> last = new CompletableFuture<>();
    for (Body body :
        Document.stated(
            bytes,
            whole -> new Body.EpcisCapture(job.id(), job.proceed(), verdict.refused(), whole))) {
      last = say.apply(body);
    }
    last.exceptionally(
        failure -> {
          tasks.add(on -> lost(job, failure));
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
    store.writer().add(job);
    dirty = true;
    afterCommit.add(
        () -> {
          running.remove(job.id());
          ended.complete(job);
        });
  }

  private void run() {
    List<Work> batch = new ArrayList<>();
    try {
      while (!stopping || !tasks.isEmpty()) {
        Work first = tasks.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        tasks.drainTo(batch, BATCH);
        for (Work work : batch) {
          work.on(projection);
        }
        batch.clear();
        commit();
      }
      dirty = through > noted;
      commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      ready = false;
      broken = true;
      tasks.clear();
      LOG.error("event=epcis.projection-failed", e);
      failed.accept(String.valueOf(e.getMessage()));
    }
  }

  private void commit() throws SQLException {
    if (dirty) {
      Hash root = log.root(through);
      store.writer().setThrough(new EventWriter.Through(through, root));
      store.writer().commit();
      noted = through;
      dirty = false;
    }
    asOf = through;
    afterCommit.forEach(Runnable::run);
    afterCommit.clear();
  }
}
