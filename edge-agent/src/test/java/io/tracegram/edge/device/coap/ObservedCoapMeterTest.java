package io.tracegram.edge.device.coap;

import static io.tracegram.edge.device.coap.CoapFixture.codes;
import static io.tracegram.edge.device.coap.CoapFixture.energies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.coap.UdpPeer.Option;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.profile.CoapProfile.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservedCoapMeterTest {
  private static final int OBSERVE = 6;
  private static final int FORMAT = 12;
  private static final int MAX_AGE = 14;

  private final CoapFixture fixture;
  private final UdpPeer peer = new UdpPeer(request -> List.of(registered(request, 10)));

  ObservedCoapMeterTest(@TempDir Path keys) throws IOException {
    fixture = new CoapFixture(keys);
  }

  @AfterEach
  void close() {
    fixture.close();
    peer.close();
  }

  private static byte[] registered(byte[] request, int sequence) {
    return UdpPeer.reply(request, UdpPeer.CONTENT, options(sequence), pack("1.000"));
  }

  private static List<Option> options(int sequence) {
    return List.of(
        new Option(OBSERVE, sequence), new Option(FORMAT, UdpPeer.JSON), new Option(MAX_AGE, 30));
  }

  private static byte[] pack(String kilowattHours) {
    return CoapFixture.PACK.replace("12345.678", kilowattHours).getBytes(StandardCharsets.UTF_8);
  }

  private void notifies(byte[] request, int mid, int sequence, String kilowattHours)
      throws IOException {
    peer.send(
        UdpPeer.unconfirmed(request, mid, UdpPeer.CONTENT, options(sequence), pack(kilowattHours)));
  }

  private Meter meter() {
    return fixture.served(Mode.OBSERVE, peer.address(), new CoapSecurity.None());
  }

  @Test
  void tellsEachNotificationOnceWhenItComesAndNothingWhenPolled() throws Exception {
    Meter meter = meter();
    assertThat(meter.poll()).isEmpty();
    byte[] request = peer.received().take();

    fixture.pass(Duration.ofSeconds(5));
    notifies(request, 500, 11, "1.250");
    await().untilAsserted(() -> assertThat(energies(fixture.told)).hasSize(2));
    assertThat(meter.poll()).isEmpty();

    assertThat(energies(fixture.told)).containsExactly(1_000_000L, 1_250_000L);
    assertThat(peer.received()).as("asked once").isEmpty();
  }

  @Test
  void hearsNeitherOldNorRepeatedNorForeignNotifications() throws Exception {
    assertThat(meter().poll()).isEmpty();
    byte[] request = peer.received().take();
    fixture.pass(Duration.ofSeconds(5));
    notifies(request, 500, 12, "3.000");
    await().untilAsserted(() -> assertThat(energies(fixture.told)).hasSize(2));

    fixture.pass(Duration.ofSeconds(5));
    notifies(request, 500, 12, "3.000"); // the same datagram
    notifies(request, 501, 12, "3.500"); // the same place in the order
    notifies(request, 502, 11, "2.000"); // overtaken
    byte[] foreign = request.clone();
    foreign[4] ^= 1;
    notifies(foreign, 503, 13, "9.000"); // a token that we never gave
    notifies(request, 504, 14, "4.000");

    await().untilAsserted(() -> assertThat(energies(fixture.told)).contains(4_000_000L));
    assertThat(energies(fixture.told)).containsExactly(1_000_000L, 3_000_000L, 4_000_000L);
  }

  @Test
  void tellsNoMoreThanOneASecond() throws Exception {
    assertThat(meter().poll()).isEmpty();
    byte[] request = peer.received().take();
    for (int i = 1; i <= 50; i++) {
      notifies(request, 500 + i, 10 + i, "2." + (100 + i));
    }
    peer.send(UdpPeer.unconfirmed(request, 600, 0x84, List.of(), new byte[0]));

    await().untilAsserted(() -> assertThat(codes(fixture.told)).containsExactly("coap.answer"));
    assertThat(energies(fixture.told)).hasSizeLessThan(5);
  }

  @Test
  void registersAgainWhenTheLastValueIsTooOld() throws Exception {
    Meter meter = meter();
    assertThat(meter.poll()).isEmpty();
    peer.received().take();

    fixture.pass(Duration.ofSeconds(33)); // Max-Age 30 s and 2 s of timeout
    peer.script(request -> List.of(registered(request, 90)));
    assertThat(meter.poll()).isEmpty();

    assertThat(peer.received()).as("a new registration").hasSize(1);
    assertThat(energies(fixture.told)).containsExactly(1_000_000L, 1_000_000L);
    assertThat(codes(fixture.told)).isEmpty();
  }

  @Test
  void isBadWhenItFellSilentAndGivesNoOldValue() throws Exception {
    Meter meter = fixture.impatient(Mode.OBSERVE, peer.address());
    assertThat(meter.poll()).isEmpty();

    peer.script(request -> List.of());
    fixture.pass(Duration.ofSeconds(31));
    assertThat(codes(meter.poll())).containsExactly("coap.timeout");
    assertThat(codes(meter.poll())).as("resting").containsExactly("coap.timeout");
    assertThat(energies(fixture.told)).containsExactly(1_000_000L);

    peer.script(request -> List.of(registered(request, 1)));
    fixture.pass(Duration.ofSeconds(2));
    assertThat(meter.poll()).isEmpty();
    assertThat(energies(fixture.told)).containsExactly(1_000_000L, 1_000_000L);
  }

  @Test
  void isBadAtOnceWhenANotificationIsNone() throws Exception {
    Meter meter = meter();
    assertThat(meter.poll()).isEmpty();
    byte[] request = peer.received().take();

    peer.send(UdpPeer.unconfirmed(request, 501, 0x84, List.of(), new byte[0]));
    await().untilAsserted(() -> assertThat(codes(fixture.told)).containsExactly("coap.answer"));

    fixture.pass(Duration.ofSeconds(2));
    assertThat(meter.poll()).as("registered again").isEmpty();
    assertThat(energies(fixture.told)).hasSize(2);
  }

  @Test
  void saysSoOfAMeterThatCannotBeObserved() throws Exception {
    peer.script(request -> List.of(UdpPeer.reply(request, CoapFixture.PACK)));

    assertThat(codes(meter().poll())).containsExactly("coap.not-observable");
    assertThat(energies(fixture.told)).isEmpty();
  }
}
