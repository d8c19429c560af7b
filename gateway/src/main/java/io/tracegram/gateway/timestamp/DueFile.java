package io.tracegram.gateway.timestamp;

import io.tracegram.runtime.log.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one authority still has to stamp, oldest first, in a file of one line each. What a method
 * changed is on disk when it returns. At most {@link #CAPACITY} entries; beyond, the oldest is
 * dropped, for a token over a newer checkpoint covers its leaves too. Single-threaded.
 */
final class DueFile {
  /** Days without an answer that are kept. */
  static final int CAPACITY = 400;

  private static final Pattern CHOSEN = Pattern.compile("chosen ([0-9]{1,18})");
  private static final Pattern DUE = Pattern.compile("due ([1-9][0-9]{0,17}) ([0-9]{1,18})");

  private final Path file;
  private final List<Due> due = new ArrayList<>();
  private long chosen = -1;

  /**
   * A checkpoint that waits for its token.
   *
   * @param size leaves that it covers
   * @param sinceMillis when it was chosen, system time
   */
  record Due(long size, long sinceMillis) {}

  /**
   * Reads the file if there is one.
   *
   * @throws IOException if it cannot be read or holds something else; the message says what to do
   */
  DueFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        read(line);
      }
    }
  }

  private void read(String line) throws IOException {
    Matcher chosenLine = CHOSEN.matcher(line);
    Matcher dueLine = DUE.matcher(line);
    if (chosenLine.matches()) {
      chosen = Long.parseLong(chosenLine.group(1));
    } else if (dueLine.matches() && due.size() < CAPACITY) {
      due.add(new Due(Long.parseLong(dueLine.group(1)), Long.parseLong(dueLine.group(2))));
    } else {
      throw new IOException(
          file
              + " does not say what is to be stamped: remove it, and the newest checkpoint is"
              + " stamped at the next start");
    }
  }

  /** Returns the number of the newest period in which a checkpoint was chosen, -1 before. */
  long chosenPeriod() {
    return chosen;
  }

  Optional<Due> oldest() {
    return due.isEmpty() ? Optional.empty() : Optional.of(due.getFirst());
  }

  int size() {
    return due.size();
  }

  boolean holds(long size) {
    return due.stream().anyMatch(entry -> entry.size() == size);
  }

  /** Notes that a period has its checkpoint; beyond the capacity the oldest is given up. */
  void choose(long period, Due added) throws IOException {
    chosen = period;
    due.add(added);
    if (due.size() > CAPACITY) {
      due.removeFirst();
    }
    write();
  }

  /** Notes that the oldest entry is done. */
  void done() throws IOException {
    due.removeFirst();
    write();
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder("chosen " + chosen + "\n");
    for (Due entry : due) {
      text.append("due ").append(entry.size()).append(' ').append(entry.sinceMillis()).append('\n');
    }
    Directories.replaceDurably(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
