package io.tracegram.runtime.epcis;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one file of events at the end of the logs that feed it. Thread-safe: writing happens on one
 * thread, queries read beside it.
 */
public final class EventProjection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventProjection.class);
  private static final int BATCH = 256;
  private static final long IDLE_MILLIS = 200;

  private final EventStore store;
  private final Consumer<String> failed;
  private final LinkedBlockingQueue<Work> tasks = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "epcis");
  private volatile boolean stopping;
  private volatile boolean broken;
  private volatile Standing standing = new Standing(List.of(), false);

  // confined to the thread once it is started
  private final List<EventFeed> feeds = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean dirty;

  /** Something to do on the thread of the projection. */
  interface Work {
    void run() throws SQLException;
  }

  /**
   * What queries are answered from.
   *
   * @param logs how much of each is told
   * @param ready true once all leaves that there were at the start are told
   */
  private record Standing(List<LogSize> logs, boolean ready) {}

  /**
   * Opens the projection.
   *
   * @param file of the projection; made if it is missing
   * @param failed told once, with the reason, when the projection can no longer be written
   */
  public EventProjection(Path file, SecureRandom random, Consumer<String> failed)
      throws IOException {
    this.store = EventStore.open(file, random);
    this.failed = failed;
  }

  /** Adds a log; the first one is that of the program itself. */
  void add(EventFeed feed) {
    feeds.add(feed);
  }

  /** Reads what the logs hold, then follows them. */
  public void start() {
    tasks.add(this::begin);
    thread.start();
  }

  /** Does what was put before, then ends; returns when it has and the file is closed. */
  @Override
  public void close() {
    stopping = true;
    tasks.add(() -> {});
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  /** Puts work in line; what it records counts for queries when all of it is done. */
  void execute(Work work) {
    if (!broken) {
      tasks.add(work);
    }
  }

  /** Answers a query with one page. */
  EventPage page(EventQuery query) {
    List<LogSize> logs = requireReady();
    return store.read(reader -> reader.page(query, logs));
  }

  EventPage event(String eventId) {
    List<LogSize> logs = requireReady();
    return new EventPage(logs, store.read(reader -> reader.events(eventId)), Optional.empty());
  }

  /** Reads something that needs no log told whole. */
  <T> T read(EventStore.Use<T> use) {
    return store.read(use);
  }

  PageToken tokens() {
    return new PageToken(store.secret());
  }

  /** Refuses (503) while the logs are being read; returns how much of each is told. */
  List<LogSize> requireReady() {
    Standing now = standing;
    if (!now.ready) {
      throw EpcisProblem.BUSY.refusal(
          "the events are being read from the log (%,d leaves so far): try again later"
              .formatted(now.logs.stream().mapToLong(LogSize::size).sum()));
    }
    return now.logs;
  }

  /** Returns where events are written; on the thread only, as all that follows. */
  EventWriter writer() {
    return store.writer();
  }

  LogPlaces places() {
    return store.places();
  }

  /** Something was written that must be committed. */
  void changed() {
    dirty = true;
  }

  /** Something was written that must be committed, after which {@code then} is run. */
  void changed(Runnable then) {
    dirty = true;
    afterCommit.add(then);
  }

  /** Records an event of our own; a second one of its id is left out. */
  void own(OwnEvent event) throws SQLException {
    Optional<StoredEvent> known = writer().find(event.identity());
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
    writer().add(event.entry());
    dirty = true;
  }

  private void begin() throws SQLException {
    Set<String> origins = new HashSet<>();
    feeds.forEach(feed -> origins.add(feed.told().origin()));
    places().keepOnly(origins);
    for (EventFeed feed : feeds) {
      feed.begin();
    }
    dirty = true;
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
          work.run();
        }
        batch.clear();
        commit();
      }
      dirty = feeds.stream().anyMatch(EventFeed::hasMoved);
      commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      broken = true;
      standing = new Standing(List.of(), false);
      tasks.clear();
      LOG.error("event=epcis.projection-failed", e);
      failed.accept(String.valueOf(e.getMessage()));
    }
  }

  private void commit() throws SQLException {
    if (dirty) {
      for (EventFeed feed : feeds) {
        feed.note();
      }
      writer().commit();
      dirty = false;
    }
    standing =
        new Standing(
            feeds.stream().map(EventFeed::told).toList(),
            feeds.stream().allMatch(EventFeed::isLive));
    afterCommit.forEach(Runnable::run);
    afterCommit.clear();
  }
}
