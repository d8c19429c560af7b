package io.tracegram.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a person probably meant. Pure, stateless. */
public final class Suggestion {
  private static final int MAX_LENGTH = 100;
  private static final int MAX_LISTED = 8;

  private Suggestion() {}

  /** Returns {@code ; did you mean 'x'?}, or else what is known, or nothing if nothing is. */
  public static String clause(String given, Collection<String> known) {
    Optional<String> near = nearest(given, known);
    if (near.isPresent()) {
      return "; did you mean '" + near.get() + "'?";
    }
    if (known.isEmpty()) {
      return "; none is declared";
    }
    String listed = known.stream().sorted().limit(MAX_LISTED).collect(Collectors.joining(", "));
    return "; known: " + listed + (known.size() > MAX_LISTED ? ", …" : "");
  }

  static Optional<String> nearest(String given, Collection<String> known) {
    int allowed = Math.clamp(given.length() / 2, 1, 3);
    return known.stream()
        .filter(candidate -> distance(given, candidate) <= allowed)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(given, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns the Levenshtein distance, upper and lower case being alike. */
  private static int distance(String a, String b) {
    if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + (same ? 0 : 1));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
