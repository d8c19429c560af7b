package io.tracegram.deploy.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Makes all checks side by side, each with its deadline. Single-threaded to its caller. */
final class Examination {
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final Duration deadline;
  private final Consumer<String> progress;

  /**
   * @param deadline of each check
   * @param progress told how many are done
   */
  Examination(Duration deadline, Consumer<String> progress) {
    this.deadline = deadline;
    this.progress = progress;
  }

  /** Returns one finding for each check, in their order; what hangs is one, too. */
  List<Finding> make(List<Check> checks) throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletionService<Finding> done = new ExecutorCompletionService<>(threads);
      List<Future<Finding>> running = new ArrayList<>();
      for (Check check : checks) {
        running.add(done.submit(check.examination()));
      }
      awaitAll(done, checks.size());
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        findings.add(finding(checks.get(i), running.get(i)));
      }
      return findings;
    } finally {
      threads.shutdownNow();
      // whoever does not heed that is left behind: its thread holds up nobody
      boolean unused = threads.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void awaitAll(CompletionService<Finding> done, int count) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    for (int i = 1; i <= count; i++) {
      if (done.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) == null) {
        return;
      }
      progress.accept(i + " of " + count + " checks done");
    }
  }

  private Finding finding(Check check, Future<Finding> made) throws InterruptedException {
    try {
      return made.get(0, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Finding.bad(
          check.name(),
          "no result within " + deadline.toSeconds() + " s",
          "look at what it waits for: cable, supply, address");
    } catch (ExecutionException e) {
      return Finding.bad(check.name(), String.valueOf(e.getCause()), "see what the message names");
    }
  }
}
