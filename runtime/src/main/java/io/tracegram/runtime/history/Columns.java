package io.tracegram.runtime.history;

import io.tracegram.runtime.config.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which cells of a row hold what. Immutable.
 *
 * @param width cells in a row
 * @param time the cell of the stamp
 * @param meters cell of each meter, in the order of the file
 */
record Columns(int width, int time, List<Cell> meters) {
  /** Most meters of one file: their readings of one moment must fit into a leaf. */
  private static final int MAX_METERS = 250;

  /** The cell that belongs to a meter. */
  record Cell(int index, String column, String meter) {}

  Columns {
    meters = List.copyOf(meters);
  }

  /**
   * Reads a header.
   *
   * @param known ids of the plant's meters
   * @param findings told everything that is wrong with the header; columns hold only if nothing is
   */
  static Columns of(
      List<String> header, HistoryForm form, Collection<String> known, List<Finding> findings) {
    List<Cell> meters = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    Set<String> seen = new HashSet<>();
    int time = header.indexOf(form.timeColumn());
    if (time < 0) {
      findings.add(
          header(
              "has no column '"
                  + form.timeColumn()
                  + "' for the time"
                  + Suggestion.clause(form.timeColumn(), header)));
    }
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      if (!seen.add(column)) {
        findings.add(header("has the column '" + column + "' twice"));
      } else if (i != time && !form.ignored().contains(column)) {
        String meter = meter(column, form, known);
        String other = taken.putIfAbsent(meter, column);
        if (!known.contains(meter)) {
          findings.add(
              header(
                  "has a column '"
                      + column
                      + "' and the plant no such meter"
                      + Suggestion.clause(meter, known)
                      + " Map it in the plant's 'import: columns', or list it under 'ignore'"));
        } else if (other != null) {
          findings.add(
              header("has two columns of meter " + meter + ": " + other + " and " + column));
        }
        meters.add(new Cell(i, column, meter));
      }
    }
    if (meters.size() > MAX_METERS) {
      findings.add(
          header("has " + meters.size() + " columns of meters, at most " + MAX_METERS + " fit"));
    }
    if (meters.isEmpty() && findings.isEmpty()) {
      findings.add(header("has no column of a meter"));
    }
    form.columns()
        .forEach(
            (column, meter) -> {
              if (!seen.contains(column)) {
                findings.add(
                    header(
                        "has no column '"
                            + column
                            + "' for meter "
                            + meter
                            + Suggestion.clause(column, header)));
              }
            });
    return new Columns(header.size(), time, meters);
  }

  private static String meter(String column, HistoryForm form, Collection<String> known) {
    String hyphened = column.replace('_', '-');
    return form.columns().getOrDefault(column, known.contains(hyphened) ? hyphened : column);
  }

  private static Finding header(String reason) {
    return new Finding(1, reason);
  }
}
