package io.tracegram.runtime.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of one line of comma-separated values, quoted or not (RFC 4180, without line breaks
 * inside quotes). Single-threaded, used again for each line.
 */
final class Cells {
  private final List<String> quoted = new ArrayList<>();
  private int[] ends = new int[64];
  private String line = "";
  private int count;
  private boolean hasQuotes;

  /** Splits a line; says whether its quotes are balanced. */
  boolean split(String text) {
    line = text;
    count = 0;
    hasQuotes = text.indexOf('"') >= 0;
    if (hasQuotes) {
      return splitQuoted();
    }
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
      add(comma);
    }
    add(text.length());
    return true;
  }

  int count() {
    return count;
  }

  /** Returns a cell without blanks around it. */
  String cell(int index) {
    if (hasQuotes) {
      return quoted.get(index).strip();
    }
    return line.substring(index == 0 ? 0 : ends[index - 1] + 1, ends[index]).strip();
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(cell(i));
    }
    return all;
  }

  private void add(int end) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = end;
  }

  private boolean splitQuoted() {
    quoted.clear();
    StringBuilder cell = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (inside && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        inside = !inside;
      } else if (c == ',' && !inside) {
        quoted.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    quoted.add(cell.toString());
    count = quoted.size();
    return !inside;
  }
}
