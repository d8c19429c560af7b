package io.tracegram.runtime.profile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts SML files out of a stream of bytes (SML 1.04 §8, SML transport protocol, version 1), whose
 * escape sequences stand at multiples of four bytes. Single-threaded; of a file at most 8,192 bytes
 * are kept.
 */
public final class SmlFrames {
  private static final int LONGEST = 8_192;
  private static final int CHUNK = 4;
  private static final int MOST_FILL = 3;
  private static final int ESCAPE = 0x1B1B_1B1B;
  private static final int END = 0x1A;
  private static final long START = 0x1B1B_1B1B_0101_0101L;

  /** What was found in the stream. */
  public sealed interface Cut {}

  /** The messages of a file that bears its checksum, without escapes and fill bytes. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Whole(byte[] content) implements Cut {}

  /**
   * A file that began and is none.
   *
   * @param reason for a person
   */
  public record Broken(String reason) implements Cut {}

  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private long last;
  private boolean inside;
  private boolean escaped;

  /** Takes the next bytes of the stream, and returns what they complete, in order. */
  public List<Cut> take(byte[] bytes, int count) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      last = (last << 8) | (bytes[i] & 0xFF);
      if (inside) {
        inside(bytes[i], cuts);
      } else if (last == START) {
        begin();
      }
    }
    return cuts;
  }

  private void begin() {
    raw.reset();
    raw.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(START).array());
    content.reset();
    escaped = false;
    inside = true;
  }

  private void inside(byte next, List<Cut> cuts) {
    raw.write(next);
    if (last == START) {
      // bytes of this one were lost, so that its end stood where none is looked for
      cuts.add(new Broken("cut short by the next"));
      begin();
    } else if (raw.size() > LONGEST) {
      abandon("longer than " + LONGEST + " bytes", cuts);
    } else if (raw.size() % CHUNK == 0) {
      chunk((int) last, cuts);
    }
  }

  private void chunk(int chunk, List<Cut> cuts) {
    if (!escaped && chunk == ESCAPE) {
      escaped = true;
    } else if (!escaped || chunk == ESCAPE) {
      escaped = false;
      content.writeBytes(ByteBuffer.allocate(CHUNK).putInt(chunk).array());
    } else if (chunk >>> 24 == END) {
      end(chunk, cuts);
    } else {
      abandon("with an unknown escape sequence", cuts);
    }
  }

  /** The end says how many bytes were filled up, and has the checksum with its low byte first. */
  private void end(int chunk, List<Cut> cuts) {
    byte[] bytes = raw.toByteArray();
    int fill = (chunk >>> 16) & 0xFF;
    int sent = ((chunk >>> 8) & 0xFF) | ((chunk & 0xFF) << 8);
    if (sent != SmlChecksum.of(bytes, 0, bytes.length - 2)) {
      abandon("with a wrong checksum", cuts);
    } else if (fill > MOST_FILL || fill > content.size()) {
      abandon("with more fill bytes than there can be", cuts);
    } else {
      cuts.add(new Whole(Arrays.copyOf(content.toByteArray(), content.size() - fill)));
      inside = false;
    }
  }

  private void abandon(String reason, List<Cut> cuts) {
    cuts.add(new Broken(reason));
    inside = false;
  }
}
