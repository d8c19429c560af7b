package io.tracegram.edge.device.llrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.statement.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlrpCodecTest {
  /** 2004-06-07T14:52:03.443920Z, µs. */
  private static final long JUNE_2004 = 1_086_619_923_443_920L;

  private static final byte[] STREAM =
      Llrp.join(
          Llrp.GREETING,
          Llrp.EMPTY_REPORT,
          Llrp.LONG_TAG,
          Llrp.report(Llrp.TAG_OF_2004),
          Llrp.message(62, 4_294_967_295L));

  @Test
  void readsWhatRealReadersSent() throws LlrpException {
    assertThat(read(STREAM))
        .containsExactly(
            new Incoming.Notification(List.of(new ReaderEvent.ConnectionAttempt(0))),
            new Incoming.Report(List.of()),
            new Incoming.Report(List.of(tag("85047000049050503155303400702300", 1, -73, 0))),
            new Incoming.Report(List.of(tag("35e0170043babbce00001425", 1, -40, JUNE_2004))),
            new Incoming.Keepalive(4_294_967_295L));
  }

  @Test
  void readsTheSameHoweverTheStreamIsCut() throws LlrpException {
    List<Incoming> whole = read(STREAM);
    for (int cut = 1; cut < STREAM.length; cut++) {
      assertThat(read(Arrays.copyOf(STREAM, cut), Arrays.copyOfRange(STREAM, cut, STREAM.length)))
          .as("cut at %d", cut)
          .isEqualTo(whole);
    }
    byte[][] bytes = new byte[STREAM.length][];
    Arrays.setAll(bytes, i -> new byte[] {STREAM[i]});
    assertThat(read(bytes)).isEqualTo(whole);
  }

  @Test
  void aMessageThatIsCutOffIsNone() throws LlrpException {
    for (int length = 0; length < Llrp.LONG_TAG.length; length++) {
      assertThat(read(Arrays.copyOf(Llrp.LONG_TAG, length))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "003d0000000a00000000, a message of LLRP version 0",
    "0c3d0000000a00000000, a message of LLRP version 3",
    "843d0000000a00000000, a message of LLRP version 33",
    "474554202f20, a message of LLRP version 17",
    "043d00000009, a message of 9 bytes",
    "043d00040001, a message of 262145 bytes",
    "043dffffffff, a message of 4294967295 bytes"
  })
  void refusesAFrameByItsHeader(String bytes, String reason) {
    assertThatThrownBy(() -> read(HexFormat.of().parseHex(bytes)))
        .isInstanceOf(LlrpException.class)
        .hasMessageStartingWith(reason)
        .extracting(e -> ((LlrpException) e).code())
        .isEqualTo("portal.bad-message");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00f0001f8d35e0170043", // a parameter that ends before its length
        "00f00003", // shorter than its own header
        "00f0", // no length
        "fcf0000481000186d8", // an unknown parameter without a length
        "04f00004", // a reserved bit
        "00f0000781000186", // a signal strength that is not there
        "00f00007810001", // no EPC
        "00f0000a00f1000600608d", // 96 bits of EPC, of which none is there
        "00f0000d82800000000000000081" // a time beyond 63 bits
      })
  void refusesAReportOfAWrongForm(String parameters) {
    byte[] report = Llrp.report(HexFormat.of().parseHex(parameters));
    assertThatThrownBy(() -> read(report)).isInstanceOf(LlrpException.class);
  }

  @Test
  void readsAnEpcOfAnyLength() throws LlrpException {
    for (int bits : new int[] {0, 1, 8, 64, 170, 198, 496}) {
      byte[] epc = new byte[Math.ceilDiv(bits, 8)];
      Arrays.fill(epc, (byte) 0x80);
      byte[] tag = Llrp.parameter(240, Llrp.parameter(241, Llrp.u16(bits), epc));
      assertThat(read(Llrp.report(tag)))
          .containsExactly(
              new Incoming.Report(List.of(new TagReport(Content.of(epc), 0, -128, 0, 1))));
    }
  }

  @Test
  void readsWhatAReaderSaysOfARequestAndOfItself() throws LlrpException {
    byte[] extra = Llrp.parameter(1023, new byte[9]);
    assertThat(
            read(
                Llrp.answer(30, 5, 101, "field \u00e4"),
                Llrp.message(13, 6, extra, Llrp.parameter(287, Llrp.u16(0), Llrp.u16(0))),
                Llrp.answer(100, 0, 109, ""),
                Llrp.antenna(3, false),
                Llrp.event(Llrp.parameter(252, Llrp.u16(2), new byte[] {'h', 'i'})),
                Llrp.event(Llrp.parameter(257)),
                Llrp.message(1023, 1, new byte[40])))
        .containsExactly(
            new Incoming.Answer(30, 5, new LlrpStatus(101, "field \u00e4")),
            new Incoming.Answer(13, 6, new LlrpStatus(0, "")),
            new Incoming.Answer(100, 0, new LlrpStatus(109, "")),
            new Incoming.Notification(List.of(new ReaderEvent.Antenna(3, false))),
            new Incoming.Notification(List.of(new ReaderEvent.ReaderException("hi"))),
            new Incoming.Notification(List.of(new ReaderEvent.ConnectionClose())),
            new Incoming.Other(1023));
  }

  @Test
  void refusesAnAnswerThatSaysNotHowItWent() {
    assertThatThrownBy(() -> read(Llrp.message(30, 1)))
        .hasMessageStartingWith("an answer without a status");
  }

  @Property
  void noBytesDoMoreThanBeRefused(@ForAll @Size(max = 300) byte[] body, @ForAll boolean report) {
    try {
      assertThat(read(Llrp.message(report ? 61 : 63, 1, body))).hasSize(1);
    } catch (LlrpException e) {
      assertThat(e.code()).isEqualTo("portal.bad-message");
    }
  }

  @Test
  void twoReadsOfATagAreOneWithTheStrongerSignal() {
    TagReport weak = tag("35e0170043babbce00001425", 1, -70, 5);
    TagReport strong = tag("35e0170043babbce00001425", 2, -50, 9);
    TagReport both = new TagReport(weak.epc(), 2, -50, 5, 2);
    assertThat(weak.with(strong)).isEqualTo(both);
    assertThat(strong.with(weak)).isEqualTo(both);
  }

  private static TagReport tag(String epc, int antenna, int rssi, long firstSeen) {
    return new TagReport(Content.of(HexFormat.of().parseHex(epc)), antenna, rssi, firstSeen, 1);
  }

  private static List<Incoming> read(byte[]... chunks) throws LlrpException {
    FrameBuffer frames = new FrameBuffer();
    List<Incoming> all = new ArrayList<>();
    for (byte[] chunk : chunks) {
      frames.add(chunk, chunk.length);
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        all.add(Incoming.read(frame.get()));
      }
    }
    return all;
  }
}
