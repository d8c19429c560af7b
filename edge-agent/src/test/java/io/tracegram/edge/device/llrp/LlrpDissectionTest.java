package io.tracegram.edge.device.llrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark, which knows LLRP from elsewhere, understands what we send. */
class LlrpDissectionTest {
  private static final int READER_PORT = 5084;

  private final Path directory;

  LlrpDissectionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void wiresharkUnderstandsWhatWeSend() throws Exception {
    String dissected =
        dissect(
            List.of(
                Request.DELETE_ROSPECS.frame(1),
                Request.configure(Duration.ofSeconds(5)).frame(2),
                Request.ADD_ROSPEC.frame(3),
                Request.ENABLE_ROSPEC.frame(4),
                Request.START_ROSPEC.frame(5),
                Request.keepaliveAck(77),
                Request.CLOSE_CONNECTION.frame(6)));
    assertThat(dissected)
        .doesNotContain("Malformed", "Unknown", "Expert")
        .containsSubsequence(
            "Delete ROSpec (21)",
            "All ROSpecs (0)",
            "Set Reader Config (3)",
            "Restore Factory Settings: No",
            "Event type: Reader exception event (4)",
            "Event type: Antenna event (8)",
            "KeepAlive trigger type: Periodic (1)",
            "Time interval: 5000",
            "Hold events and reports upon reconnect: No",
            "Add ROSpec (20)",
            "ROSpec ID: 1",
            "Antenna ID: 0",
            "EPCGlobal Class 1 Gen 2 (1)",
            "RO report trigger: 1",
            "N: 1",
            "Enable antenna ID: Yes",
            "Enable peak RSSI: Yes",
            "Enable first seen timestamp: Yes",
            "Enable tag seen count: Yes",
            "Enable ROSpec (24)",
            "Start ROSpec (22)",
            "Keepalive Ack (72)",
            "ID: 77",
            "Close Connection (14)");
  }

  /** Has the messages dissected, each sent to a reader in a packet of its own. */
  private String dissect(List<byte[]> messages) throws IOException, InterruptedException {
    Path capture = directory.resolve("sent.pcap");
    Files.write(capture, capture(messages));
    Process tshark =
        new ProcessBuilder("tshark", "-r", capture.toString(), "-O", "llrp", "-V")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tshark.exitValue()).isZero();
    return text;
  }

  /** A capture file of raw IPv4 packets. */
  private static byte[] capture(List<byte[]> messages) {
    final int rawIp = 101;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ByteBuffer.allocate(24)
            .putInt(0xA1B2C3D4)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(65_535)
            .putInt(rawIp)
            .array());
    int sequence = 1;
    for (byte[] message : messages) {
      byte[] packet = packet(message, sequence);
      file.writeBytes(
          ByteBuffer.allocate(16).putLong(0).putInt(packet.length).putInt(packet.length).array());
      file.writeBytes(packet);
      sequence += message.length;
    }
    return file.toByteArray();
  }

  /** IPv4 from 10.0.0.1 to 10.0.0.2, TCP from port 40000 to a reader's. */
  private static byte[] packet(byte[] message, int sequence) {
    return ByteBuffer.allocate(40 + message.length)
        .putShort((short) 0x4500)
        .putShort((short) (40 + message.length))
        .putInt(0)
        .putInt(0x40060000)
        .putInt(0x0A000001)
        .putInt(0x0A000002)
        .putShort((short) 40_000)
        .putShort((short) READER_PORT)
        .putInt(sequence)
        .putInt(1)
        .putInt(0x5018FFFF)
        .putInt(0)
        .put(message)
        .array();
  }
}
