package io.tracegram.edge.device.llrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.edge.device.Reasons;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes of a reader are frames that stand there so, however they are cut, and messages; or they
 * are refused with a printable reason.
 */
class LlrpFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        Llrp.GREETING,
        Llrp.join(Llrp.EMPTY_REPORT, Llrp.LONG_TAG, Llrp.report(Llrp.TAG_OF_2004)),
        Llrp.join(Llrp.answer(30, 2, 101, "no"), Llrp.message(62, 9)),
        Llrp.join(Llrp.antenna(2, false), Llrp.event(Llrp.parameter(257))),
        Llrp.message(1023, 1, Llrp.parameter(1023, new byte[12])));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesMessages(byte[] input) {
    List<Frame> whole = frames(input);
    byte[][] bytes = new byte[input.length][];
    Arrays.setAll(bytes, i -> new byte[] {input[i]});

    assertThat(frames(bytes)).isEqualTo(whole);
    assertThat(Arrays.copyOf(input, written(whole, input).length)).isEqualTo(written(whole, input));
    for (Frame frame : whole) {
      judge(frame);
    }
  }

  private static void judge(Frame frame) {
    try {
      if (Incoming.read(frame) instanceof Incoming.Report(var tags)) {
        assertThat(tags.stream().mapToInt(tag -> tag.epc().length()).sum())
            .isLessThanOrEqualTo(frame.body().length());
      }
    } catch (LlrpException e) {
      Reasons.isOne(String.valueOf(e.getMessage()));
    }
  }

  private static List<Frame> frames(byte[]... chunks) {
    FrameBuffer buffer = new FrameBuffer();
    List<Frame> frames = new ArrayList<>();
    try {
      for (byte[] chunk : chunks) {
        buffer.add(chunk, chunk.length);
        for (var next = buffer.next(); next.isPresent(); next = buffer.next()) {
          frames.add(next.get());
        }
      }
    } catch (LlrpException e) {
      Reasons.isOne(String.valueOf(e.getMessage()));
    }
    return frames;
  }

  /** Writes the frames as they came, with the versions that they had. */
  private static byte[] written(List<Frame> frames, byte[] input) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      int version = (input[all.size()] & 0xFF) >> 2;
      byte[] header =
          ByteBuffer.allocate(FrameBuffer.HEADER)
              .putShort((short) (version << 10 | frame.type()))
              .putInt(FrameBuffer.HEADER + frame.body().length())
              .putInt((int) frame.id())
              .array();
      all.writeBytes(header);
      all.writeBytes(frame.body().bytes());
    }
    return all.toByteArray();
  }
}
