package io.tracegram.edge.device.gpio;

import io.tracegram.runtime.log.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Where the pulses of one meter are kept: one file, replaced whole. Single-threaded.
 *
 * <p>The file is what was last written or what was written before, whatever ends the program or the
 * machine; a file of any other content is damaged, and is never counted on from.
 */
final class CounterFile {
  private static final int LONGEST = 1_024;
  private static final Pattern FORM =
      Pattern.compile(
          "tracegram pulses 1\nserial ([ -~]{0,64})\nstart (\\d{1,19}(?:\\.\\d{1,18})?)\nper-unit"
              + " (\\d{1,19}(?:\\.\\d{1,18})?)\npulses (\\d{1,18})\ncrc ([0-9a-f]{8})\n");

  private final Path file;

  /**
   * A count.
   *
   * @param serial of the meter, as declared
   * @param start register when it began, in the meter's unit
   * @param perUnit pulses of one unit
   * @param pulses since then, ≥ 0
   */
  record Count(String serial, BigDecimal start, BigDecimal perUnit, long pulses) {
    private String text() {
      String content =
          "tracegram pulses 1\nserial %s\nstart %s\nper-unit %s\npulses %d\n"
              .formatted(serial, start.toPlainString(), perUnit.toPlainString(), pulses);
      CRC32 crc = new CRC32();
      crc.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "crc %08x\n".formatted(crc.getValue());
    }
  }

  /** What the file holds. */
  sealed interface Found {}

  /** There is no file: nothing was ever counted. */
  record Nothing() implements Found {}

  /**
   * @param at when it was written, by the machine's clock
   */
  record Kept(Count count, Instant at) implements Found {}

  /** Something that was never written here. */
  record Damaged() implements Found {}

  CounterFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file, and no more than it can be long.
   *
   * @throws IOException if it cannot be read
   */
  Found read() throws IOException {
    if (!Files.exists(file)) {
      return new Nothing();
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII);
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        return new Damaged();
      }
      Count count =
          new Count(
              parts.group(1),
              new BigDecimal(parts.group(2)),
              new BigDecimal(parts.group(3)),
              Long.parseLong(parts.group(4)));
      return count.text().equals(text)
          ? new Kept(
              count, Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS))
          : new Damaged();
    }
  }

  /** Returns when the count is on disk. */
  void write(Count count) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Directories.replaceDurably(file, count.text().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
