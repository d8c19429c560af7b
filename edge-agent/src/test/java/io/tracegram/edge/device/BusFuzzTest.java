package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MBusRecord;
import io.tracegram.runtime.profile.MBusTelegram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes on a bus are no frame, a frame of known length that is judged without an exception, or
 * one whose content is refused with a printable reason or gives a value.
 */
class BusFuzzTest {
  private static final MBusProfile HEAT =
      (MBusProfile) Profiles.CATALOG.find("kamstrup/multical-601").orElseThrow();

  private static final RegisterBlock BLOCK =
      RegisterBlock.plan(Profiles.meter("schneider/iem3155")).getFirst();

  private static final List<Framing> FRAMINGS =
      List.of(
          new RtuFraming(1),
          new MBusFraming(1, MBusFraming.Kind.ACKNOWLEDGEMENT),
          new MBusFraming(1, MBusFraming.Kind.TELEGRAM));

  static Stream<byte[]> seeds() {
    byte[] heat = {8, 1, 0x72, 1, 0, 0, 0, 0x2D, 0x2C, 8, 4, 0, 0, 0, 0, 4, 6, 1, 0, 0, 0};
    return Stream.of(
        RtuPeer.sealed((byte) 1, (byte) 3, (byte) 2, (byte) 0, (byte) 1),
        RtuPeer.sealed((byte) 1, (byte) 0x83, (byte) 2),
        new byte[] {MBusFrame.ACK},
        MBusFrame.ofLong(heat),
        MBusFrame.ofShort(0x40, 1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesWhatAFrameSays(byte[] input) {
    if (input.length == 0) {
      return;
    }
    for (Framing framing : FRAMINGS) {
      for (int count = 1; count <= Math.min(input.length, 8); count++) {
        assertThat(framing.length(input, count)).isBetween(-1, 512);
      }
      int length = framing.length(input, input.length);
      if (length > 0 && length <= input.length) {
        byte[] frame = Arrays.copyOf(input, length);
        if (framing.judge(frame) == Framing.Verdict.REPLY) {
          content(framing, frame);
        }
      }
    }
  }

  private static void content(Framing framing, byte[] frame) {
    if (framing instanceof RtuFraming) {
      if (ModbusResponse.read(RtuFraming.pdu(frame), BLOCK, "here")
          instanceof ModbusReply.Failed failed) {
        Reasons.isOne(failed.reason());
      }
      return;
    }
    switch (MBusTelegram.parse(frame)) {
      case MBusTelegram.Refused(String reason) -> Reasons.isOne(reason);
      case MBusTelegram.Sound(MBusTelegram telegram) -> {
        for (MBusRecord record : HEAT.records()) {
          if (telegram.read(record).orElse(new Decoded.NotAvailable())
              instanceof Decoded.Refused(String code, String reason)) {
            assertThat(code).isNotBlank();
            Reasons.isOne(reason);
          }
        }
      }
    }
  }
}
