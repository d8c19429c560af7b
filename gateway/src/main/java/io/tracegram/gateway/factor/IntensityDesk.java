package io.tracegram.gateway.factor;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.runtime.config.IntensitySource;
import io.tracegram.runtime.factor.IntensityFetch;
import io.tracegram.runtime.factor.IntensityReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Declares the intensities of files at the start, and those of addresses as they change. */
public final class IntensityDesk implements AutoCloseable {
  private static final String CODE = "emission.intensity-source";
  private static final String REFUSED = "emission.series-refused";

  private final List<IntensitySource> sources;
  private final FactorLeaves leaves;
  private final Problems problems;
  private final RandomGenerator random;
  private final List<IntensityFetch> fetches = new ArrayList<>();

  /**
   * @param random for the jitter of retries
   */
  public IntensityDesk(
      List<IntensitySource> sources,
      AccountStage accounts,
      Problems problems,
      RandomGenerator random) {
    this.sources = List.copyOf(sources);
    this.leaves = new FactorLeaves(accounts);
    this.problems = problems;
    this.random = random;
  }

  /** Declares what files hold and the log does not, then begins to fetch. Blocks for the log. */
  public void start() {
    for (IntensitySource source : sources) {
      switch (source.origin()) {
        case IntensitySource.Origin.Local(Path file) -> local(source, file);
        case IntensitySource.Origin.Fetched fetched -> {
          IntensityFetch fetch =
              new IntensityFetch(
                  source.header(),
                  source.shape(),
                  fetched.address(),
                  List.of(),
                  IntensityFetch.Timing.FIELD,
                  random,
                  new Declaring(source.header().id()));
          fetches.add(fetch);
          fetch.start();
        }
      }
    }
  }

  @Override
  public void close() {
    fetches.forEach(IntensityFetch::close);
  }

  /** What a fetch finds becomes a leaf; what it does not, a problem. */
  private final class Declaring implements IntensityFetch.Listener {
    private final String id;

    Declaring(String id) {
      this.id = id;
    }

    @Override
    public void changed(IntensitySeries slots) {
      declare(slots);
    }

    @Override
    public void failed(String reason) {
      problem(id, reason);
    }

    @Override
    public void succeeded() {
      problems.clear(CODE, id);
    }
  }

  private void local(IntensitySource source, Path file) {
    try {
      switch (source.header().judge(source.shape().read(file))) {
        case IntensityReading.Read read ->
            declare(source.header().series(read.stepMillis(), read.slots()));
        case IntensityReading.Refused refused ->
            problem(source.header().id(), file + ": " + refused.reason());
      }
    } catch (IOException e) {
      problem(source.header().id(), "cannot read " + file + ": " + e.getMessage());
    }
  }

  private void problem(String id, String reason) {
    problems.raise(
        CODE,
        id,
        Severity.WARNING,
        reason,
        "slots that are not known stay unknown; nothing is priced with others' values",
        "look at the source in gateway.yaml; what comes later restates what it prices");
  }

  /** Returns when the series is in the log, unless it is there already or would be refused. */
  private void declare(IntensitySeries series) {
    Optional<String> refusal = leaves.accounts().ask(ledger -> ledger.refusal(series)).join();
    if (refusal.isPresent()) {
      problems.raise(
          REFUSED,
          series.id(),
          Severity.WARNING,
          refusal.get(),
          "it prices nothing",
          "correct zone, boundary or GWP set in gateway.yaml, or name another series");
      return;
    }
    leaves.declare(series, ledger -> ledger.holds(series));
  }
}
