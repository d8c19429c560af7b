package io.tracegram.gateway.log;

import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.state.StateCodec;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.log.LogFailedException;
import io.tracegram.runtime.log.SnapshotFile;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each statement its place: checks the sequence, appends in commit groups, then tells
 * publisher and accounts.
 *
 * <p>A publisher hears {@code admitted} only when the leaf is on disk. After a disk error nobody
 * hears anything any more, and {@code failed} is called once. Its methods may be called from any
 * thread; the work happens on one.
 */
public final class Appender {
  private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
  private static final int GROUP_LEAVES = 512;
  private static final int GROUP_BYTES = 4 << 20;
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final EvidenceLog log;
  private final SequenceRegistry registry;
  private final Clock clock;
  private final Counters counters;
  private final Problems problems;
  private final Consumer<List<Committed>> accounts;
  private final Runnable failed;
  private final Mailbox<Task> mailbox = new Mailbox<>();
  private final Thread thread = new Thread(this::run, "appender");
  private volatile boolean stopping;
  private @Nullable SnapshotFile snapshots;
  private long restored;

  // the commit group; confined to the thread
  private final List<Entry> group = new ArrayList<>();
  private final List<byte[]> leaves = new ArrayList<>();
  private final List<Entry.FromAgent> repeats = new ArrayList<>();
  private long groupStart;
  private long groupBytes;

  private sealed interface Task {
    record Append(Entry entry) implements Task {}

    record Inspect(Consumer<SequenceRegistry> use) implements Task {}
  }

  /**
   * @param accounts takes the leaves of each group in order; may wait to slow the intake down
   * @param failed called once when the disk failed
   */
  public Appender(
      EvidenceLog log,
      Clock clock,
      Counters counters,
      Problems problems,
      Consumer<List<Committed>> accounts,
      Runnable failed) {
    this.log = log;
    this.clock = clock;
    this.counters = counters;
    this.problems = problems;
    this.accounts = accounts;
    this.failed = failed;
    this.registry = new SequenceRegistry(this::statement);
  }

  /** Goes on from a snapshot if there is one; returns the first leaf to be replayed. */
  public long restore(SnapshotFile file) throws IOException {
    snapshots = file;
    file.load(log)
        .ifPresent(
            snapshot -> {
              registry.restore(StateCodec.read(SequenceRegistry.State.class, snapshot.state()));
              restored = snapshot.size();
            });
    return restored;
  }

  /**
   * Takes note of a leaf that is in the log already; before {@link #start}, in order. What the
   * snapshot holds may come again.
   */
  public void replay(long index, Leaf leaf) {
    if (index < restored) {
      return;
    }
    switch (leaf.statement().statement().body().kind().author()) {
      case AGENT -> registry.admit(leaf.statement(), index);
      case GATEWAY, CLOUD -> {
        // these authors keep their own chains
      }
    }
  }

  public void start() {
    thread.start();
  }

  /** Appends what was put before, then ends; returns when it has. */
  public void stop() {
    stopping = true;
    mailbox.put(new Task.Inspect(registry -> {}));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts an agent's verified statement in line. */
  public void append(SignedStatement statement, Publisher publisher, int packet) {
    Leaf leaf = new Leaf(clock.millis(), 0, statement);
    mailbox.put(new Task.Append(new Entry.FromAgent(leaf, leaf.encoded(), publisher, packet)));
  }

  /** Puts a statement of the gateway itself in line; in the order of its chain. */
  public void append(SignedStatement statement) {
    Leaf leaf = new Leaf(clock.millis(), 0, statement);
    mailbox.put(new Task.Append(new Entry.FromGateway(leaf, leaf.encoded())));
  }

  /** Looks at the registry between two groups. */
  public <T> CompletableFuture<T> inspect(Function<SequenceRegistry, T> look) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    mailbox.put(new Task.Inspect(registry -> answer.complete(look.apply(registry))));
    return answer;
  }

  private void run() {
    List<Task> tasks = new ArrayList<>();
    try {
      while (true) {
        boolean last = stopping;
        tasks.clear();
        mailbox.take(tasks, GROUP_LEAVES, IDLE_NANOS);
        for (Task task : tasks) {
          take(task);
        }
        commit();
        boolean ending = last && tasks.isEmpty();
        if (snapshots != null && (ending || snapshots.isDue(log.size()))) {
          snapshots.store(
              log, new SnapshotFile.Snapshot(log.size(), StateCodec.write(registry.state())));
        }
        if (ending) {
          return;
        }
      }
    } catch (LogFailedException e) {
      LOG.error(
          "event=log.failed reason=\"{}\" action=\"look at the disk, then start again\"",
          e.getMessage(),
          e);
      problems.raise(
          "log.failed",
          "gateway",
          Severity.ALARM,
          String.valueOf(e.getMessage()),
          "nothing is acknowledged; agents keep their statements",
          "look at the disk, then start the gateway again");
      failed.run();
    } catch (RuntimeException | Error e) {
      LOG.error("event=appender.failed", e);
      failed.run();
    }
  }

  private void take(Task task) {
    switch (task) {
      case Task.Append(Entry entry) -> {
        if (groupBytes + entry.encoded().length > GROUP_BYTES) {
          commit();
        }
        admit(entry);
      }
      case Task.Inspect(Consumer<SequenceRegistry> use) -> {
        commit();
        use.accept(registry);
      }
    }
  }

  private void admit(Entry entry) {
    if (group.isEmpty()) {
      groupStart = log.size();
    }
    switch (entry) {
      case Entry.FromGateway _ -> add(entry);
      case Entry.FromAgent agent -> {
        switch (registry.judge(agent.leaf().statement())) {
          case SequenceRegistry.Verdict.Fresh() -> {
            long index = groupStart + group.size();
            add(entry);
            registry.admit(agent.leaf().statement(), index);
          }
          case SequenceRegistry.Verdict.Repeat() -> repeats.add(agent);
          case SequenceRegistry.Verdict.Refused(var refusal) ->
              agent.publisher().refused(agent.packet(), refusal);
        }
      }
    }
  }

  private void add(Entry entry) {
    group.add(entry);
    leaves.add(entry.encoded());
    groupBytes += entry.encoded().length;
  }

  private void commit() {
    if (!group.isEmpty()) {
      long first = log.append(leaves);
      List<Committed> committed = new ArrayList<>(group.size());
      int agents = 0;
      for (Entry entry : group) {
        committed.add(new Committed(first + committed.size(), entry.leaf()));
        if (entry instanceof Entry.FromAgent agent) {
          agents++;
          agent.publisher().admitted(agent.packet());
        }
      }
      counters.countAdmitted(agents, clock.millis());
      group.clear();
      leaves.clear();
      groupBytes = 0;
      accounts.accept(committed);
    }
    for (Entry.FromAgent repeat : repeats) {
      counters.countRepeated();
      repeat.publisher().admitted(repeat.packet());
    }
    repeats.clear();
  }

  /** Finds an admitted statement, in the log or in the group that is about to be committed. */
  private SignedStatement statement(long index) {
    return index < log.size()
        ? Leaf.parse(log.leaf(index)).statement()
        : group.get((int) (index - groupStart)).leaf().statement();
  }
}
