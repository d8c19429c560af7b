package io.tracegram.deploy.doctor;

/**
 * What one examination came to. Immutable.
 *
 * @param name of what was examined
 * @param found for a person
 * @param fix what to do; empty if nothing is to be done
 */
public record Finding(String name, Grade grade, String found, String fix) {
  /** How well it is. */
  public enum Grade {
    FINE("✓"),
    /** It works, but somebody should look at it. */
    WARNING("!"),
    /** It does not work. */
    BAD("✗");

    private final String mark;

    Grade(String mark) {
      this.mark = mark;
    }
  }

  static Finding fine(String name, String found) {
    return new Finding(name, Grade.FINE, found, "");
  }

  static Finding warning(String name, String found, String fix) {
    return new Finding(name, Grade.WARNING, found, fix);
  }

  static Finding bad(String name, String found, String fix) {
    return new Finding(name, Grade.BAD, found, fix);
  }

  /** Returns {@code ✗ name: found; fix}. */
  @Override
  public String toString() {
    return grade.mark + " " + name + ": " + found + (fix.isEmpty() ? "" : "; " + fix);
  }
}
