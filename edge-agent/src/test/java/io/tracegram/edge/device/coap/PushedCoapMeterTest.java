package io.tracegram.edge.device.coap;

import static io.tracegram.edge.device.coap.CoapFixture.codes;
import static io.tracegram.edge.device.coap.CoapFixture.energies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Reasons;
import io.tracegram.edge.device.coap.UdpPeer.Option;
import io.tracegram.runtime.config.CoapSecurity;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushedCoapMeterTest {
  private static final int POST = 2;
  private static final int CHANGED = 0x44;
  private static final List<Option> JSON = List.of(new Option(12, UdpPeer.JSON));

  private final CoapFixture fixture;
  private final Meter meter;
  private DatagramSocket socket;
  private int mid = 1;

  PushedCoapMeterTest(@TempDir Path keys) {
    fixture = new CoapFixture(keys);
    meter = fixture.pushing("/m1", new CoapSecurity.None());
  }

  @BeforeEach
  void open() throws Exception {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(5_000);
    assertThat(meter.poll()).isEmpty();
  }

  @AfterEach
  void close() {
    fixture.close();
    socket.close();
  }

  private static byte[] pack() {
    return CoapFixture.PACK.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the code of the answer, such as 0x44 for 2.04. */
  private int push(DatagramSocket from, String path, List<Option> options, byte[] payload)
      throws IOException {
    byte[] message = request(POST, ++mid, path, options, payload);
    from.send(new DatagramPacket(message, message.length, agent()));
    return answer(from)[1] & 0xFF;
  }

  private InetSocketAddress agent() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.plainPort);
  }

  private static byte[] answer(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    at.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /** Uri-Path (11) is a text, which a number of up to eight bytes spells here. */
  private static byte[] request(
      int code, int mid, String path, List<Option> options, byte[] payload) {
    long spelt = 0;
    for (byte letter : path.getBytes(StandardCharsets.US_ASCII)) {
      spelt = spelt << 8 | letter;
    }
    List<Option> all = new java.util.ArrayList<>(List.of(new Option(11, spelt)));
    all.addAll(options);
    return UdpPeer.message(0x40, code, mid, new byte[] {1, (byte) mid}, all, payload);
  }

  @Test
  void tellsWhatTheMeterPushesWhenItComes() throws Exception {
    assertThat(push(socket, "m1", JSON, pack())).isEqualTo(CHANGED);
    assertThat(energies(fixture.told)).containsExactly(CoapFixture.ENERGY);
    assertThat(meter.poll()).isEmpty();
  }

  @Test
  void countsADatagramThatComesTwiceOnce() throws Exception {
    byte[] message = request(POST, 900, "m1", JSON, pack());
    socket.send(new DatagramPacket(message, message.length, agent()));
    byte[] first = answer(socket);
    fixture.pass(Duration.ofSeconds(5));
    socket.send(new DatagramPacket(message, message.length, agent()));

    assertThat(answer(socket)).isEqualTo(first);
    assertThat(energies(fixture.told)).hasSize(1);
  }

  @Test
  void takesOneAPushASecond() throws Exception {
    assertThat(push(socket, "m1", JSON, pack())).isEqualTo(CHANGED);
    assertThat(push(socket, "m1", JSON, pack())).as("4.29").isEqualTo(0x9D);
    fixture.pass(Duration.ofSeconds(1));
    assertThat(push(socket, "m1", JSON, pack())).isEqualTo(CHANGED);
  }

  @Test
  void isBadWhenTheMeterSendsNothingForAsLongAsAValueHolds() throws Exception {
    fixture.pass(Duration.ofSeconds(61));
    assertThat(codes(meter.poll())).containsExactly("coap.silent");

    assertThat(push(socket, "m1", JSON, pack())).isEqualTo(CHANGED);
    assertThat(meter.poll()).isEmpty();
    fixture.pass(Duration.ofSeconds(61));
    assertThat(codes(meter.poll())).containsExactly("coap.silent");
    assertThat(energies(fixture.told)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "m2, 110, 0x84, coap.unknown-path",
    "m1, 112, 0x8F, coap.content-format",
    "m1, 50, 0x8F, coap.content-format"
  })
  void refusesAndCountsWhatItDoesNotExpect(String path, int format, String code, String reason)
      throws Exception {
    assertThat(push(socket, path, List.of(new Option(12, format)), pack()))
        .isEqualTo(Integer.decode(code));
    assertThat(codes(fixture.told)).containsExactly(reason);
    assertThat(energies(fixture.told)).isEmpty();
  }

  @Test
  void refusesAndCountsAnotherAddress() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
      other.setSoTimeout(5_000);
      assertThat(push(other, "m1", JSON, pack())).as("4.03").isEqualTo(0x83);
    }
    assertThat(codes(fixture.told)).containsExactly("coap.forbidden");
    assertThat(energies(fixture.told)).isEmpty();
  }

  @Test
  void refusesWhatIsNoPackAndTakesTheNext() throws Exception {
    for (byte[] bad :
        List.of(
            Arrays.copyOf(pack(), 50),
            "[]".getBytes(StandardCharsets.UTF_8),
            "[{\"n\":\"x\",\"v_\":1}]".getBytes(StandardCharsets.UTF_8))) {
      assertThat(push(socket, "m1", JSON, bad)).as("4.00").isEqualTo(0x80);
    }
    assertThat(codes(fixture.told))
        .containsExactly("senml.malformed", "meter.no-serial", "senml.must-understand");
    assertThat(push(socket, "m1", JSON, pack())).isEqualTo(CHANGED);
  }

  @Test
  void refusesABodyThatGrowsBeyondAllBounds() throws Exception {
    byte[] block = new byte[512];
    int code = 0;
    for (int number = 0; number < 40 && code != 0x8D; number++) {
      // Block1 (RFC 7959): 512 bytes, and more to come
      code =
          push(
              socket,
              "m1",
              List.of(new Option(12, UdpPeer.JSON), new Option(27, number << 4 | 0x08 | 5)),
              block);
    }
    assertThat(code).as("4.13").isEqualTo(0x8D);
    assertThat(energies(fixture.told)).isEmpty();
  }

  @Test
  void outlivesNoise() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      try (DatagramSocket hostile = new DatagramSocket()) {
        hostile.send(new DatagramPacket(noise, noise.length, agent()));
      }
    }

    await().untilAsserted(() -> assertThat(push(socket, "m1", JSON, pack())).isIn(CHANGED, 0x9D));
    assertThat(energies(fixture.told)).isNotEmpty().containsOnly(CoapFixture.ENERGY);
    for (Observation observation : fixture.told) {
      if (observation instanceof Observation.Refused refused) {
        Reasons.isOne(refused.reason());
      }
    }
  }

  @Test
  void saysThatItsPortIsTaken(@TempDir Path keys) throws Exception {
    try (CoapFixture second = new CoapFixture(keys);
        DatagramSocket taken =
            new DatagramSocket(second.plainPort, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThat(codes(second.pushing("/m1", new CoapSecurity.None()).poll()))
          .containsExactly("coap.cannot-listen");
    }
  }
}
