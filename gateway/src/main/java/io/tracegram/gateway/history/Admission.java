package io.tracegram.gateway.history;

import io.tracegram.runtime.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a judged file is imported. Immutable.
 *
 * @param history empty if nothing of it is
 * @param notes what a person should know of it, by row
 */
public record Admission(Optional<History> history, List<String> notes) {
  public Admission {
    notes = List.copyOf(notes);
  }

  /**
   * Decides.
   *
   * @param skipBadRows whether good rows are wanted beside bad ones
   */
  public static Admission of(History.Judged judged, boolean skipBadRows) {
    List<String> notes = new ArrayList<>();
    switch (judged) {
      case History.Judged.Unusable unusable -> {
        unusable.findings().forEach(finding -> notes.add(finding.toString()));
        notes.add("nothing was imported");
        return new Admission(Optional.empty(), notes);
      }
      case History.Judged.Usable(History history) -> {
        history.survey().bad().forEach(finding -> notes.add(finding.toString()));
        history.survey().fallen().forEach(finding -> notes.add(finding.toString()));
        long bad = history.survey().badRows();
        if (bad == 0) {
          return new Admission(Optional.of(history), notes);
        }
        notes.add(
            bad
                + " bad rows"
                + (skipBadRows
                    ? " are left out"
                    : ": nothing was imported; correct them, or give --on-bad-row skip"));
        return new Admission(skipBadRows ? Optional.of(history) : Optional.empty(), notes);
      }
    }
  }
}
