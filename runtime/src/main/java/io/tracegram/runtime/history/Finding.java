package io.tracegram.runtime.history;

/**
 * What is wrong with a row of a file, or worth a look.
 *
 * @param row line of the file, the header being 1
 * @param reason for a person: what, and what was expected
 */
public record Finding(long row, String reason) {
  @Override
  public String toString() {
    return "row " + row + " " + reason;
  }
}
