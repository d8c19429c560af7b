package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems while files are read. Single-threaded. */
public final class Diagnostics {
  private static final int MAX_REPORTED = 1_000;

  private final Set<Diagnostic> reported = new LinkedHashSet<>();
  private int errors;

  public void error(Path file, int line, String code, String message) {
    errors++;
    report(new Diagnostic(file, line, Diagnostic.Severity.ERROR, code, message));
  }

  public void warning(Path file, int line, String code, String message) {
    report(new Diagnostic(file, line, Diagnostic.Severity.WARNING, code, message));
  }

  /**
   * Returns how many errors were reported so far, repeated ones included: a reader compares it with
   * an earlier count to know whether its own part is sound.
   */
  int errorCount() {
    return errors;
  }

  /** Returns all problems, each once, ordered by file and line. */
  public List<Diagnostic> list() {
    List<Diagnostic> all = new ArrayList<>(reported);
    all.sort(Comparator.comparing(Diagnostic::file).thenComparingInt(Diagnostic::line));
    return List.copyOf(all);
  }

  private void report(Diagnostic diagnostic) {
    if (reported.size() < MAX_REPORTED) {
      reported.add(diagnostic);
    }
  }
}
