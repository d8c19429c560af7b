package io.tracegram.gateway.account;

import io.tracegram.gateway.log.Appender;
import io.tracegram.gateway.log.Committed;
import io.tracegram.gateway.log.Mailbox;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.state.StateCodec;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.log.SnapshotFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger at the log's end and logs what the ledger finds.
 *
 * <p>The ledger and the author are confined to one thread; the methods here may be called from any.
 * A leaf that the ledger cannot apply stops the accounts there, never the intake.
 */
public final class AccountStage {
  private static final Logger LOG = LoggerFactory.getLogger(AccountStage.class);

  /** How many leaves may wait for the ledger before the log waits for it. */
  private static final long MAX_WAITING = 4_096;

  private static final String CLOCK_DOUBTED = "clock.doubted";
  private static final int BATCH = 64;
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final GatewayAuthor author;
  private final Genesis genesis;
  private final ClockAgreement clock;
  private final PeriodClock months;
  private final Problems problems;
  private final Mailbox<Task> mailbox = new Mailbox<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread = new Thread(this::run, "accounts");
  private volatile boolean stopping;
  private volatile boolean halted;
  private volatile ScanAdvice advice = (agent, feedback) -> {};

  // confined to the thread
  private final Map<String, String> scanners = new HashMap<>();
  private FacilityLedger ledger = new FacilityLedger();
  private final Set<DerivedKey> inFlight = new HashSet<>();
  private final List<Long> imported = new ArrayList<>();
  private final Queue<CompletableFuture<Long>> own = new ArrayDeque<>();
  private boolean closing;
  private Optional<Body.PeriodClose> lastMonth = Optional.empty();
  private @Nullable Appender appender;
  private @Nullable SnapshotFile snapshots;
  private @Nullable EvidenceLog log;
  private long restored;

  private record State(
      Content ledger, GatewayAuthor.State author, List<Long> genesis, List<Long> imported) {}

  private record DerivedKey(Kind kind, long cause, int ordinal) {
    static DerivedKey of(Body.Derived derived) {
      return new DerivedKey(derived.kind(), derived.cause(), derived.ordinal());
    }
  }

  private sealed interface Task {
    record Apply(List<Committed> leaves) implements Task {}

    record Run(Runnable work) implements Task {}
  }

  /** Takes what became of a scan to the agent that sent it; must not wait. */
  public interface ScanAdvice {
    void tell(String agent, Feedback feedback);
  }

  /**
   * @param setup what the log must say first, in order, each with its parts before it
   * @param clock must be believed when an interval is closed, unless plant time is simulated
   * @param months says when a month can be closed
   */
  public AccountStage(
      GatewayAuthor author,
      List<List<Body>> setup,
      ClockAgreement clock,
      PeriodClock months,
      Problems problems) {
    this.author = author;
    this.clock = clock;
    this.months = months;
    this.genesis = new Genesis(setup);
    this.problems = problems;
  }

  /** Has agents told what became of their scans; before {@link #start}. */
  public void advise(ScanAdvice to) {
    advice = to;
  }

  /** Goes on from a snapshot if there is one; returns the first leaf to be replayed. */
  public long restore(EvidenceLog from, SnapshotFile file) throws IOException {
    log = from;
    snapshots = file;
    file.load(from)
        .ifPresent(
            snapshot -> {
              State state = StateCodec.read(State.class, snapshot.state());
              ledger = FacilityLedger.restore(state.ledger.bytes());
              state.genesis.forEach(leaf -> note(leaf, Leaf.parse(from.leaf(leaf))));
              author.restore(state.author);
              imported.addAll(state.imported);
              restored = snapshot.size();
            });
    return restored;
  }

  /**
   * Applies a leaf that is in the log already; before {@link #start}, in order. What the snapshot
   * holds may come again.
   */
  public void replay(long index, Leaf leaf) {
    if (index >= restored) {
      note(index, leaf);
      apply(index, leaf);
    }
  }

  /** Says through the appender what the log does not say yet, then keeps the accounts. */
  public void start(Appender through) {
    appender = through;
    genesis.missing().forEach(body -> say(body, new CompletableFuture<>()));
    thread.start();
    mailbox.put(new Task.Run(this::react));
  }

  /** Applies what was committed before, then ends; returns when it has. */
  public void stop() {
    stopping = true;
    mailbox.put(new Task.Run(() -> {}));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes leaves in order; waits while too many are not accounted yet. The appender's thread. */
  public void committed(List<Committed> leaves) {
    waiting.addAndGet(leaves.size());
    mailbox.put(new Task.Apply(leaves));
    while (waiting.get() > MAX_WAITING && thread.isAlive()) {
      LockSupport.parkNanos(100_000);
    }
  }

  /** Asks the ledger; the answer is computed between two leaves and must be an immutable value. */
  public <T> CompletableFuture<T> ask(Function<FacilityLedger, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    mailbox.put(
        new Task.Run(
            () -> {
              try {
                answer.complete(question.apply(ledger));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            }));
    return answer;
  }

  /** Logs something the gateway says, such as a passport; completes with its leaf's index. */
  public CompletableFuture<Long> append(Body body) {
    CompletableFuture<Long> leaf = new CompletableFuture<>();
    mailbox.put(new Task.Run(() -> say(body, leaf)));
    return leaf;
  }

  /** Returns the leaves of history that the log holds, in order. */
  public CompletableFuture<List<Long>> imported() {
    return ask(accounts -> List.copyOf(imported));
  }

  /** Says whether nothing that the gateway has to say is still on its way into the log. */
  public CompletableFuture<Boolean> settled() {
    return ask(
        accounts -> {
          // leaves of the same batch may have brought about something that is not said yet
          react();
          return own.isEmpty() && (halted || accounts.outstanding().isEmpty());
        });
  }

  /** Says whether the accounts stopped at a leaf they cannot apply. */
  public boolean halted() {
    return halted;
  }

  private void run() {
    List<Task> tasks = new ArrayList<>();
    while (true) {
      boolean last = stopping;
      tasks.clear();
      mailbox.take(tasks, BATCH, IDLE_NANOS);
      boolean applied = false;
      for (Task task : tasks) {
        switch (task) {
          case Task.Apply(List<Committed> leaves) -> {
            applied = true;
            for (Committed leaf : leaves) {
              returned(leaf);
              heard(leaf.leaf().statement().statement());
              note(leaf.index(), leaf.leaf());
              apply(leaf.index(), leaf.leaf());
              advise(leaf.leaf().statement().statement());
            }
            waiting.addAndGet(-leaves.size());
          }
          case Task.Run(Runnable work) -> work.run();
        }
      }
      if (applied) {
        react();
      }
      boolean ending = last && tasks.isEmpty();
      if (!halted && snapshots != null && (ending || snapshots.isDue(ledger.size()))) {
        snapshot();
      }
      if (ending) {
        return;
      }
    }
  }

  private void snapshot() {
    if (log != null && snapshots != null) {
      State state =
          new State(
              Content.of(ledger.snapshot()),
              author.state(),
              genesis.leaves(),
              List.copyOf(imported));
      snapshots.store(log, new SnapshotFile.Snapshot(ledger.size(), StateCodec.write(state)));
    }
  }

  private void apply(long index, Leaf leaf) {
    if (halted) {
      return;
    }
    try {
      ledger.apply(index, leaf);
    } catch (RuntimeException e) {
      halt(index, e);
    }
  }

  private void halt(long index, RuntimeException cause) {
    halted = true;
    LOG.error("event=accounts.halted leaf={}", index, cause);
    problems.raise(
        "accounts.halted",
        "gateway",
        Severity.ALARM,
        "leaf " + index + " cannot be accounted: " + cause.getMessage(),
        "the figures end before this leaf; statements are still logged and acknowledged",
        "update the gateway, or report this with the leaf");
  }

  /** A weight's feedback is for the scan it completes, and goes where that came from. */
  private void advise(Statement statement) {
    if (halted) {
      return;
    }
    if (statement.body() instanceof Body.Scan scan
        && ledger.plant().flatMap(plant -> plant.scanner(scan.scanner())).isPresent()) {
      scanners.put(scan.scanner(), statement.agent());
    }
    for (Feedback feedback : ledger.notices()) {
      String agent = scanners.get(feedback.scanner());
      if (agent != null && !feedback.text().isEmpty()) {
        advice.tell(agent, feedback);
      }
    }
  }

  private void note(long index, Leaf leaf) {
    if (leaf.statement().statement().agent().equals(Statement.GATEWAY)) {
      genesis.replay(index, leaf.statement().statement().body());
      if (leaf.statement().statement().body() instanceof Body.Imported) {
        imported.add(index);
      }
      author.logged(leaf.statement());
    }
  }

  /** An own leaf came back: its result is no longer in flight. */
  private void returned(Committed committed) {
    Statement statement = committed.leaf().statement().statement();
    if (statement.agent().equals(Statement.GATEWAY)) {
      CompletableFuture<Long> said = own.poll();
      if (statement.body() instanceof Body.Derived derived) {
        inFlight.remove(DerivedKey.of(derived));
      } else if (statement.body() instanceof Body.IntervalClose
          || statement.body() instanceof Body.PeriodClose) {
        closing = false;
      }
      if (said != null) {
        said.complete(committed.index());
      }
    }
  }

  /** Logs what the ledger finds, each result once. */
  private void react() {
    if (halted) {
      return;
    }
    for (Body.Derived derived : ledger.outstanding()) {
      if (inFlight.add(DerivedKey.of(derived))) {
        say(derived, new CompletableFuture<>());
      }
    }
    OptionalLong intervals = ledger.closable();
    if (intervals.isPresent()) {
      close(new Body.IntervalClose(intervals.getAsLong()));
    } else {
      // what was refused is not asked again
      Optional<Body.PeriodClose> month = months.due(ledger);
      if (month.isPresent() && !month.equals(lastMonth) && close(month.get())) {
        lastMonth = month;
      }
    }
  }

  private boolean close(Body what) {
    if (closing) {
      return false;
    }
    if (!author.isSimulated() && !believesClock()) {
      problems.raise(
          CLOCK_DOUBTED,
          "gateway",
          Severity.WARNING,
          "the gateway's clock has jumped, an agent or the mirror contradicts it, or none of them"
              + " has confirmed it since the start",
          "no interval is closed; readings are still taken, and accounted later",
          "check the gateway's time synchronisation (NTP) and that of the agents");
      return false;
    }
    problems.clear(CLOCK_DOUBTED, "gateway");
    closing = true;
    say(what, new CompletableFuture<>());
    return true;
  }

  /**
   * Where all comes from files, nobody may ever confirm the clock, and how far a close reaches is
   * the files' word alone: there it is enough that nobody contradicts it.
   */
  private boolean believesClock() {
    return ledger.plant().map(PlantModel::isLive).orElse(true)
        ? clock.holds()
        : !clock.isContradicted();
  }

  private void heard(Statement statement) {
    if (statement.body().kind().author() == Kind.Author.AGENT
        && statement.clockStatus() != ClockStatus.RELATIVE) {
      clock.heard(statement.wallMillis());
    }
  }

  private void say(Body body, CompletableFuture<Long> leaf) {
    if (appender == null) {
      throw new IllegalStateException("the stage is not started");
    }
    SignedStatement statement;
    try {
      statement = author.sign(body, ledger.plantMillis());
    } catch (IllegalArgumentException e) {
      LOG.error("event=gateway.unsaid kind={} reason=\"{}\"", body.kind(), e.getMessage());
      leaf.completeExceptionally(e);
      if (body instanceof Body.Derived derived) {
        halt(derived.cause(), e);
      }
      return;
    }
    own.add(leaf);
    appender.append(statement);
  }
}
