package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of an evidence directory's files other than tiles, as {@code sha256sum} writes and
 * checks it. It shows damage, not malice: whoever changes a file may change its line. Immutable.
 */
record Checksums(SortedMap<String, Hash> files) {
  static final String NAME = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([\\w][\\w./-]{0,254})");

  Checksums {
    files = new TreeMap<>(files);
  }

  static Checksums of(Map<String, byte[]> contents) {
    SortedMap<String, Hash> files = new TreeMap<>();
    contents.forEach((name, content) -> files.put(name, Hash.sha256(content)));
    return new Checksums(files);
  }

  String format() {
    StringBuilder text = new StringBuilder();
    files.forEach((name, hash) -> text.append(hash.hex()).append("  ").append(name).append('\n'));
    return text.toString();
  }

  /**
   * Reads the one spelling of a list.
   *
   * @throws MalformedException naming the line
   */
  static Checksums parse(String text) {
    SortedMap<String, Hash> files = new TreeMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && !matcher.group(2).contains("..")) {
        files.put(matcher.group(2), Hash.of(HexFormat.of().parseHex(matcher.group(1))));
      } else if (!line.isEmpty()) {
        throw new MalformedException("line " + number + " is not a hash and a file's name");
      }
    }
    Checksums checksums = new Checksums(files);
    if (!checksums.format().equals(text)) {
      throw new MalformedException("its lines are not each file once, in order");
    }
    return checksums;
  }
}
