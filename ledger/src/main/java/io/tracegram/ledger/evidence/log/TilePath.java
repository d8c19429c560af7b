package io.tracegram.ledger.evidence.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tile or an entry bundle, {@code tile/<L>/<N>[.p/<W>]} (tlog-tiles). Immutable.
 *
 * @param level 0 to 63, or {@link #ENTRIES}
 * @param index of the tile within its level
 * @param width 1 to 256; below 256 the tile is partial
 */
public record TilePath(int level, long index, int width) {
  public static final int ENTRIES = -1;
  public static final int FULL = 256;

  private static final Pattern PATH =
      Pattern.compile("tile/(entries|\\d{1,2})/((?:x\\d{3}/){0,5}\\d{3})(?:\\.p/(\\d{1,3}))?");

  public TilePath {
    if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no tile " + level + "/" + index + "/" + width);
    }
  }

  /** Parses the one canonical spelling; anything else is empty. */
  public static Optional<TilePath> parse(String path) {
    if (path.length() > 64) {
      return Optional.empty();
    }
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
    long index = Long.parseLong(matcher.group(2).replace("/", "").replace("x", ""));
    int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
    if (level > 63 || width < 1 || width > FULL) {
      return Optional.empty();
    }
    TilePath tile = new TilePath(level, index, width);
    return tile.toString().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  public boolean isFull() {
    return width == FULL;
  }

  @Override
  public String toString() {
    StringBuilder digits = new StringBuilder(String.format("%03d", index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits.insert(0, String.format("x%03d/", rest % 1000));
    }
    return "tile/"
        + (level == ENTRIES ? "entries" : Integer.toString(level))
        + "/"
        + digits
        + (isFull() ? "" : ".p/" + width);
  }
}
