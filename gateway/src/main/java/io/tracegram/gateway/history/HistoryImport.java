package io.tracegram.gateway.history;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.history.History;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Brings files of history into a log into which nobody else imports meanwhile. Single-threaded.
 *
 * <p>What is in the log already is not said again, so an import that was interrupted is completed
 * by beginning it again. On return every row is on disk.
 */
public final class HistoryImport {
  private static final int MOST_IN_FLIGHT = 64;

  private final EvidenceLog log;
  private final AccountStage accounts;
  private final PlantModel plant;
  private final Queue<CompletableFuture<Long>> inFlight = new ArrayDeque<>();

  /**
   * What an import came to.
   *
   * @param leaves said
   * @param notes what of the file counts otherwise than it says
   */
  public record Said(long leaves, List<String> notes) {
    public Said {
      notes = List.copyOf(notes);
    }

    /** Says how much was new. */
    public String news() {
      return leaves == 0 ? "nothing new: the log holds this file" : leaves + " leaves imported";
    }
  }

  public HistoryImport(EvidenceLog log, AccountStage accounts, PlantModel plant) {
    this.log = log;
    this.accounts = accounts;
    this.plant = plant;
  }

  /**
   * Imports what of a file is not in the log yet.
   *
   * @param person who answers for it
   * @param intensity declared before it, if the accounts do not hold it yet
   * @param progress told how many bytes of the file were read
   * @throws IOException if the file cannot be read, was changed, or does not fit to earlier ones
   */
  public Said run(
      History history, String person, Optional<IntensitySeries> intensity, LongConsumer progress)
      throws IOException {
    EarlierImports earlier =
        EarlierImports.read(
            log, accounts.imported().join(), history.survey(), history.isIntervals());
    List<String> notes = new ArrayList<>(earlier.overlaps());
    long[] said = new long[1];
    boolean isWhole = earlier.throughMillis() >= history.survey().endMillis();
    Fitting.Fit fit =
        isWhole || !history.isIntervals()
            ? new Fitting.Fit(Map.of(), Map.of())
            : new Fitting(history, earlier, plant).fit();
    if (intensity.isPresent()) {
      said[0] += declare(intensity.get(), notes);
    }
    if (!isWhole) {
      history.read(
          fit.bases(),
          new History.Wanted(earlier.throughMillis(), fit.windows()),
          series -> {
            say(new Body.Imported(history.survey().file(), person, series));
            said[0]++;
          },
          progress);
    }
    flush();
    return new Said(said[0], notes);
  }

  private int declare(IntensitySeries series, List<String> notes) throws IOException {
    Optional<String> refusal = accounts.ask(ledger -> ledger.refusal(series)).join();
    if (refusal.isPresent()) {
      throw new IOException(
          refusal.get()
              + " in the plant's 'grid: {intensity: …}', or give this one the same zone, boundary"
              + " and GWP set");
    }
    if (holds(series)) {
      accounts
          .ask(ledger -> ledger.intensity(series.id()))
          .join()
          .flatMap(held -> unsaid(held, series))
          .ifPresent(notes::add);
      return 0;
    }
    List<Body> stated =
        Document.stated(FactorDocumentCodec.encode(series), Body.FactorSetDeclared::new);
    stated.forEach(this::say);
    flush();
    if (!holds(series)) {
      throw new IOException(
          "the accounts did not take the series %s: the log's problems say why"
              .formatted(series.id()));
    }
    return stated.size();
  }

  /** The values are known, so nothing is declared: what was said of them before stands. */
  private static Optional<String> unsaid(IntensitySeries held, IntensitySeries given) {
    return held.source().equals(given.source()) && held.licence().equals(given.licence())
        ? Optional.empty()
        : Optional.of(
            "the log holds these values of series %s already, with source '%s' and licence '%s':"
                    .formatted(given.id(), held.source(), held.licence())
                + " that stands, '%s' and '%s' were not logged"
                    .formatted(given.source(), given.licence()));
  }

  private boolean holds(IntensitySeries series) {
    return accounts.ask(ledger -> ledger.holds(series)).join();
  }

  private void flush() {
    while (!inFlight.isEmpty()) {
      inFlight.remove().join();
    }
  }

  private void say(Body body) {
    inFlight.add(accounts.append(body));
    if (inFlight.size() > MOST_IN_FLIGHT) {
      inFlight.remove().join();
    }
  }
}
