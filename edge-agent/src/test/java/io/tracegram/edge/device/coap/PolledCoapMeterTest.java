package io.tracegram.edge.device.coap;

import static io.tracegram.edge.device.coap.CoapFixture.codes;
import static io.tracegram.edge.device.coap.CoapFixture.energies;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Reasons;
import io.tracegram.edge.device.coap.UdpPeer.Option;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.profile.CoapProfile.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolledCoapMeterTest {
  private final CoapFixture fixture;
  private final UdpPeer peer =
      new UdpPeer(request -> List.of(UdpPeer.reply(request, CoapFixture.PACK)));

  PolledCoapMeterTest(@TempDir Path keys) throws IOException {
    fixture = new CoapFixture(keys);
  }

  @AfterEach
  void close() {
    fixture.close();
    peer.close();
  }

  @Test
  void readsEnergyAndSerialNumberOfAPack() throws Exception {
    Meter meter = fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None());

    List<Observation> read = meter.poll();

    assertThat(energies(read)).containsExactly(CoapFixture.ENERGY);
    assertThat(read)
        .filteredOn(Observation.Measured.class::isInstance)
        .singleElement()
        .extracting(measured -> ((Observation.Measured) measured).serial())
        .isEqualTo(CoapFixture.SERIAL);
    assertThat(read.getFirst()).isInstanceOf(Observation.Good.class);
  }

  @Test
  void asksForItsFormatAtItsPath() throws Exception {
    fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None()).poll();

    byte[] request = peer.received().take();
    String text = new String(request, StandardCharsets.ISO_8859_1);
    assertThat(request[1]).as("GET").isEqualTo((byte) 1);
    assertThat(text).contains("meter").endsWith("" + (char) 110);
  }

  static Stream<Arguments> badAnswers() {
    Option json = new Option(12, UdpPeer.JSON);
    byte[] sound = CoapFixture.PACK.getBytes(StandardCharsets.UTF_8);
    byte[] noise = new byte[700];
    new Random(7).nextBytes(noise);
    return Stream.of(
        bad("coap.answer", 0x84, List.of(), new byte[0]),
        bad("coap.answer", 0xA3, List.of(), new byte[] {1}),
        bad("coap.answer", 0x44, List.of(json), sound),
        bad("coap.content-format", UdpPeer.CONTENT, List.of(), sound),
        bad("coap.content-format", UdpPeer.CONTENT, List.of(new Option(12, 112)), sound),
        bad("senml.malformed", UdpPeer.CONTENT, List.of(json), new byte[0]),
        bad("senml.malformed", UdpPeer.CONTENT, List.of(json), noise),
        bad("senml.malformed", UdpPeer.CONTENT, List.of(json), Arrays.copyOf(sound, 40)),
        bad("meter.not-available", UdpPeer.CONTENT, List.of(json), pack("power", "\"W\"", "1")),
        bad("meter.wrong-unit", UdpPeer.CONTENT, List.of(json), pack("energy", "\"Wh\"", "1")),
        bad("meter.out-of-range", UdpPeer.CONTENT, List.of(json), pack("energy", "\"kWh\"", "-1")),
        bad("meter.wrong-serial", UdpPeer.CONTENT, List.of(json), serial("22304718")),
        bad("meter.no-serial", UdpPeer.CONTENT, List.of(json), without("serial")),
        bad("meter.old-value", UdpPeer.CONTENT, List.of(json), at("-61")),
        bad("meter.old-value", UdpPeer.CONTENT, List.of(json), at("1796083139")),
        bad("meter.old-value", UdpPeer.CONTENT, List.of(json), at("1796083261")));
  }

  private static Arguments bad(String code, int answer, List<Option> options, byte[] payload) {
    return Arguments.of(code, answer, options, payload);
  }

  private static byte[] pack(String name, String unit, String value) {
    return ("[{\"n\":\""
            + name
            + "\",\"u\":"
            + unit
            + ",\"v\":"
            + value
            + "},"
            + "{\"n\":\"serial\",\"vs\":\"22304717\"}]")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] serial(String other) {
    return CoapFixture.PACK.replace(CoapFixture.SERIAL, other).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] without(String name) {
    return CoapFixture.PACK.replace(name, "other").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] at(String time) {
    return CoapFixture.PACK
        .replace("{\"bn\"", "{\"bt\":" + time + ",\"bn\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void givesNoValueForABadAnswerAndOneAgainForTheNextGoodOne(
      String code, int answer, List<Option> options, byte[] payload) throws Exception {
    Meter meter = fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None());
    peer.script(request -> List.of(UdpPeer.reply(request, answer, options, payload)));

    List<Observation> refused = meter.poll();
    assertThat(codes(refused)).containsExactly(code);
    assertThat(energies(refused)).isEmpty();
    Reasons.isOne(((Observation.Bad) refused.getFirst()).reason());
    assertThat(meter.poll()).as("resting").isEqualTo(refused);

    peer.script(request -> List.of(UdpPeer.reply(request, CoapFixture.PACK)));
    fixture.pass(Duration.ofSeconds(2));
    assertThat(energies(meter.poll())).containsExactly(CoapFixture.ENERGY);
  }

  @Test
  void takesAValueThatIsAMinuteOldByTheMetersOwnClock() throws Exception {
    peer.script(
        request ->
            List.of(
                UdpPeer.reply(
                    request, UdpPeer.CONTENT, List.of(new Option(12, 110)), at("1796083140"))));

    assertThat(energies(fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None()).poll()))
        .containsExactly(CoapFixture.ENERGY);
  }

  @Test
  void givesUpASilentMeterInItsOwnTime() throws Exception {
    peer.script(request -> List.of());
    Meter meter = fixture.impatient(Mode.POLL, peer.address());

    long before = System.nanoTime();
    assertThat(codes(meter.poll())).containsExactly("coap.timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void believesNoAnswerWithAnotherTokenOrFromAnotherMessage() throws Exception {
    peer.script(
        request -> {
          byte[] token = UdpPeer.token(request);
          token[0] ^= 1;
          byte[] body = CoapFixture.PACK.getBytes(StandardCharsets.UTF_8);
          List<Option> json = List.of(new Option(12, UdpPeer.JSON));
          return List.of(
              UdpPeer.message(0x60, UdpPeer.CONTENT, UdpPeer.mid(request) + 1, token, json, body),
              UdpPeer.message(0x50, UdpPeer.CONTENT, 7, token, json, body),
              Arrays.copyOf(UdpPeer.reply(request, CoapFixture.PACK), 3),
              new byte[] {0x7F, 0x45},
              new byte[0]);
        });

    assertThat(codes(fixture.impatient(Mode.POLL, peer.address()).poll()))
        .containsExactly("coap.timeout");
  }

  /** Block2 (RFC 7959) with more to come, for ever. */
  @Test
  void endsAnAnswerThatIsTooLarge() throws Exception {
    byte[] block = new byte[512];
    Arrays.fill(block, (byte) '[');
    peer.script(
        request -> {
          int number = blockOf(request);
          return List.of(
              UdpPeer.reply(
                  request,
                  UdpPeer.CONTENT,
                  List.of(new Option(12, UdpPeer.JSON), new Option(23, number << 4 | 0x08 | 5)),
                  block));
        });

    List<Observation> refused =
        fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None()).poll();

    assertThat(codes(refused)).containsExactly("coap.too-large");
    assertThat(peer.received()).as("16 KiB in blocks of 512").hasSizeLessThan(40);
  }

  private static int blockOf(byte[] request) {
    // the last option is Block2 where it stands, after Accept
    int last = request[request.length - 1] & 0xFF;
    return last == UdpPeer.JSON
        ? 0
        : (request[request.length - 2] & 0xFF) < 0x20
                && (request[request.length - 3] & 0xFF) == 0x62
            ? (request[request.length - 2] & 0xFF) << 4 | last >> 4
            : last >> 4;
  }

  @Test
  void readsAnAnswerInBlocks() throws Exception {
    byte[] body = (CoapFixture.PACK + " ".repeat(700)).getBytes(StandardCharsets.UTF_8);
    peer.script(
        request -> {
          int number = blockOf(request);
          byte[] part =
              Arrays.copyOfRange(body, 512 * number, Math.min(body.length, 512 * number + 512));
          int more = 512 * number + 512 < body.length ? 0x08 : 0;
          return List.of(
              UdpPeer.reply(
                  request,
                  UdpPeer.CONTENT,
                  List.of(new Option(12, UdpPeer.JSON), new Option(23, number << 4 | more | 5)),
                  part));
        });

    assertThat(energies(fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None()).poll()))
        .containsExactly(CoapFixture.ENERGY);
  }

  @Test
  void aDeadMeterDelaysNoOther() throws Exception {
    try (UdpPeer dead = new UdpPeer(request -> List.of())) {
      Meter silent = fixture.served(Mode.POLL, dead.address(), new CoapSecurity.None());
      Thread asking = Thread.ofVirtual().start(() -> pollQuietly(silent));
      dead.received().take();

      assertThat(
              energies(fixture.served(Mode.POLL, peer.address(), new CoapSecurity.None()).poll()))
          .containsExactly(CoapFixture.ENERGY);
      assertThat(asking.isAlive()).isTrue();
      asking.join();
    }
  }

  private static void pollQuietly(Meter meter) {
    try {
      assertThat(codes(meter.poll())).containsExactly("coap.timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
