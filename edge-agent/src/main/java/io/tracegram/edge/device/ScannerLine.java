package io.tracegram.edge.device;

/**
 * A scanner's line, taken apart.
 *
 * @param symbology AIM identifier without the bracket, such as {@code Q3}; empty if none was sent
 * @param text the data after the identifier
 */
record ScannerLine(String symbology, String text) {
  static ScannerLine of(String line) {
    boolean prefixed = line.length() >= 3 && line.charAt(0) == ']';
    return prefixed
        ? new ScannerLine(line.substring(1, 3), line.substring(3))
        : new ScannerLine("", line);
  }
}
