package io.tracegram.gateway.history;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.gateway.history.ImportState.Phase;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.history.History;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files of history into the log of a running gateway, one at a time. Thread-safe.
 *
 * <p>A file is deleted once its import has ended; what the desk knows of it is forgotten at a
 * restart. An import that a restart broke off is completed by beginning it again.
 */
public final class ImportDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportDesk.class);
  private static final int REMEMBERED = 16;
  private static final long QUARTER = 900_000L;
  private static final long SETTLING_MILLIS = 50;

  private final PlantFile plant;
  private final EvidenceLog log;
  private final AccountStage accounts;
  private final Path directory;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, ImportState> states = new LinkedHashMap<>();
  private Optional<String> taken = Optional.empty();
  private volatile boolean closed;

  /**
   * What was asked for.
   *
   * @param person who answers for it
   */
  record Order(String person, boolean skipBadRows) {}

  /** The gateway that files are brought into. */
  public record Gateway(PlantFile plant, EvidenceLog log, AccountStage accounts) {}

  /**
   * @param directory takes the files while they are imported
   * @param random for the ids of imports
   */
  public ImportDesk(Gateway gateway, Path directory, Clock clock, RandomGenerator random)
      throws IOException {
    this.plant = gateway.plant();
    this.log = gateway.log();
    this.accounts = gateway.accounts();
    this.directory = directory;
    this.clock = clock;
    this.random = random;
    Files.createDirectories(directory);
    try (var leftovers = Files.newDirectoryStream(directory, "*.csv")) {
      for (Path file : leftovers) {
        Files.delete(file);
      }
    }
  }

  /** Takes the desk for one file; empty while it is taken. Begin or release it then. */
  synchronized Optional<String> reserve() {
    if (taken.isPresent() || closed) {
      return Optional.empty();
    }
    taken = Optional.of("%016x".formatted(random.nextLong()));
    return taken;
  }

  /** Returns where the file of an import belongs. */
  Path file(String id) {
    return directory.resolve(id + ".csv");
  }

  synchronized Optional<ImportState> state(String id) {
    return Optional.ofNullable(states.get(id));
  }

  synchronized void release() {
    taken = Optional.empty();
    notifyAll();
  }

  /** Imports the file that lies there, on a thread of its own. */
  void begin(String id, Order order) {
    reached(id, Phase.CHECKING, 0, 0, List.of());
    Thread.ofPlatform()
        .name("import")
        .daemon()
        .start(
            () -> {
              try {
                run(id, order);
              } finally {
                release();
              }
            });
  }

  /** Breaks off what is running; on return nothing more is said. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (taken.isPresent() && System.nanoTime() < until) {
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String id, Order order) {
    try {
      imported(id, order);
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=import.failed id={} reason=\"{}\"", id, e.getMessage());
      ImportState before = state(id).orElseThrow();
      reached(
          id, Phase.FAILED, before.done(), before.of(), List.of(String.valueOf(e.getMessage())));
    } finally {
      try {
        Files.deleteIfExists(file(id));
      } catch (IOException e) {
        LOG.warn("event=import.file-kept file={} reason=\"{}\"", file(id), e.getMessage());
      }
    }
  }

  private void imported(String id, Order order) throws IOException {
    Path file = file(id);
    long bytes = Files.size(file);
    Instant now = clock.instant();
    List<String> meters = plant.model().meters().stream().map(PlantModel.Meter::id).toList();
    Admission admission =
        Admission.of(
            History.judge(
                new History.Source(file, plant.history(), meters, now),
                done -> reached(id, Phase.CHECKING, done, bytes, List.of())),
            order.skipBadRows());
    if (admission.history().isEmpty()) {
      reached(id, Phase.REFUSED, bytes, bytes, admission.notes());
      return;
    }
    History history = admission.history().get();
    HistoryImport.Said said =
        new HistoryImport(log, accounts, plant.model())
            .run(
                history,
                order.person(),
                Optional.empty(),
                done -> reached(id, Phase.IMPORTING, done, bytes, admission.notes()));
    reached(id, Phase.ACCOUNTING, bytes, bytes, admission.notes());
    settle();
    List<String> notes = new ArrayList<>(admission.notes());
    notes.add(said.news());
    OptionalLong through = accounts.ask(FacilityLedger::closedThroughMillis).join();
    if (through.orElse(0) < history.survey().endMillis() / QUARTER * QUARTER) {
      notes.add(
          "not all of it is accounted yet: look at the gateway's problems, and import it again"
              + " later for the figures");
    }
    ImportResult result =
        ImportResult.of(
            history.survey().rows(), accounts.ask(FacilityLedger::totals).join(), said.notes());
    LOG.info("event=import.done id={} rows={} leaves={}", id, result.rows(), said.leaves());
    put(id, new ImportState(Phase.DONE, bytes, bytes, notes, Optional.of(result)));
  }

  private void settle() {
    while (!accounts.settled().join()) {
      stopIfClosed();
      try {
        TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted: import the file again");
      }
    }
  }

  private void reached(String id, Phase phase, long done, long of, List<String> notes) {
    if (phase != Phase.FAILED) {
      stopIfClosed();
    }
    put(id, new ImportState(phase, done, of, notes, Optional.empty()));
  }

  private void stopIfClosed() {
    if (closed) {
      throw new CancellationException("the gateway stopped: import the file again");
    }
  }

  private synchronized void put(String id, ImportState state) {
    states.put(id, state);
    if (states.size() > REMEMBERED) {
      states.remove(states.keySet().iterator().next());
    }
  }
}
