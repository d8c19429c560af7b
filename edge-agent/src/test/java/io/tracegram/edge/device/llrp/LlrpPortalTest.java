package io.tracegram.edge.device.llrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Observation.SeenTag;
import io.tracegram.edge.device.ScanHandler;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.config.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LlrpPortalTest {
  private static final String TAG = "3074257bf7194e4000001a85";
  private static final String OTHER = "e2003412dc03011812345678";

  private final FakeReader reader = new FakeReader();
  private final List<List<SeenTag>> kept = new CopyOnWriteArrayList<>();
  private final List<Observation> noted = new CopyOnWriteArrayList<>();
  private final List<LlrpPortal> portals = new ArrayList<>();
  private final AtomicLong millis = new AtomicLong(1_000);
  private Duration keepalive = Duration.ofMinutes(1);
  private Duration answer = Duration.ofSeconds(10);
  private volatile boolean room = true;

  @AfterEach
  void close() {
    portals.forEach(LlrpPortal::close);
    reader.close();
  }

  @Test
  void letsTheReaderReadAndHangsUpInTheEnd() {
    LlrpPortal portal = reading();
    assertThat(reader.heard).containsExactly(21, 3, 20, 24, 22);

    portal.close();
    await().until(() -> reader.heard.contains(14));
    assertThat(noted).singleElement().isInstanceOf(Observation.Good.class);
  }

  @Test
  void tellsATagOnceForEachVisit() {
    reading();
    for (int read = 0; read < 50; read++) {
      reader.send(Llrp.report(Llrp.tag(TAG)));
    }
    await().until(() -> tags().equals(List.of(TAG)));
    millis.addAndGet(299_999);
    reader.send(Llrp.report(Llrp.tag(TAG)), Llrp.report(Llrp.tag(OTHER)));
    await().until(() -> tags().equals(List.of(TAG, OTHER)));
    millis.addAndGet(300_000);
    reader.send(Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().equals(List.of(TAG, OTHER, TAG)));
  }

  @Test
  void tellsTagsThatComeTogetherInOrderWithAllThatTheReaderSaidOfThem() {
    reading();
    reader.send(
        Llrp.report(Llrp.TAG_OF_2004, Llrp.tag(TAG)), Llrp.LONG_TAG, Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().size() == 3);
    assertThat(kept)
        .containsExactly(
            List.of(
                new SeenTag(epc("35e0170043babbce00001425"), 1, -40, 1_086_619_923_443_920L, 1),
                new SeenTag(epc(TAG), 2, -60, 0, 6),
                new SeenTag(epc("85047000049050503155303400702300"), 1, -73, 0, 1)));
  }

  @Test
  void answersEachKeepaliveByItsId() {
    reading();
    reader.send(Llrp.message(62, 77), Llrp.message(62, 0xFFFFFFFFL));
    await().until(() -> reader.acknowledged.equals(List.of(77, -1)));
  }

  @Test
  void callsAReaderBadThatShowsNoLifeForThreePeriodsAndComesBackToIt() {
    keepalive = Duration.ofMillis(100);
    portal();
    await().until(() -> reader.connections() >= 2);
    assertThat(bads()).first().extracting(Observation.Bad::code).isEqualTo("portal.silent");
    assertThat(bads().getFirst().reason()).contains("a sign of life within 300 ms");
    await().until(() -> noted.stream().filter(Observation.Good.class::isInstance).count() >= 2);
  }

  @Test
  void aConnectionThatSaysNothingIsGivenUp() {
    reader.greeting = new byte[0];
    answer = Duration.ofMillis(100);
    portal();
    await().until(() -> reader.connections() >= 3);
    assertThat(bads()).allMatch(bad -> bad.code().equals("portal.silent"));
    assertThat(bads().getFirst().reason()).contains("a greeting within 100 ms");
    assertThat(noted).noneMatch(Observation.Good.class::isInstance);
  }

  @Test
  void aTrickleOfBytesIsNoSignOfLife() {
    keepalive = Duration.ofMillis(200);
    reading();
    Iterator<byte[]> bytes =
        IntStream.range(0, Llrp.LONG_TAG.length)
            .mapToObj(i -> new byte[] {Llrp.LONG_TAG[i]})
            .iterator();
    try (ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          trickle.scheduleAtFixedRate(
              () -> reader.send(bytes.next()), 0, 50, TimeUnit.MILLISECONDS);
      await().until(() -> bads().stream().anyMatch(bad -> bad.code().equals("portal.silent")));
      trickle.shutdownNow();
    }
    assertThat(tags()).isEmpty();
  }

  @Test
  void saysWhyAReaderTakesNoConnection() {
    reader.greeting = Llrp.event(Llrp.parameter(256, Llrp.u16(2)));
    portal();
    await().until(() -> !bads().isEmpty());
    assertThat(bads().getFirst().code()).isEqualTo("portal.refused");
    assertThat(bads().getFirst().reason()).contains("(status 2)", "no other program");
  }

  @Test
  void saysWhichRequestAReaderRefusesInWordsThatAreSafeToShow() {
    reader.refusals.put(20, 101);
    portal();
    await().until(() -> !bads().isEmpty());
    assertThat(bads().getFirst().code()).isEqualTo("portal.refused");
    assertThat(bads().getFirst().reason())
        .isEqualTo(
            "the reader refuses ADD_ROSPEC with status 101, \"no\\x07t <now>\": look it up in its"
                + " manual");
  }

  @Test
  void aReaderThatHasNothingToDeleteIsNoReaderThatRefuses() {
    reader.refusals.put(21, 300);
    reading();
  }

  @Test
  void refusesGarbageAndComesBack() {
    reading();
    reader.heard.clear();
    reader.send("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    await().until(reader::reads);
    assertThat(bads())
        .singleElement()
        .extracting(Observation.Bad::code)
        .isEqualTo("portal.bad-message");
    reader.send(Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().equals(List.of(TAG)));
  }

  @Test
  void tagsThatWaitAreKeptThoughTheReaderGoes() throws Exception {
    reading();
    reader.send(Llrp.report(Llrp.tag(TAG)));
    reader.hangUp();
    await().until(() -> tags().equals(List.of(TAG)));
    await().until(reader::reads);
    assertThat(bads())
        .singleElement()
        .extracting(Observation.Bad::code)
        .isEqualTo("portal.unreachable");
  }

  @Test
  void unknownMessagesAndLateAnswersChangeNothing() {
    reading();
    reader.send(
        Llrp.message(1023, 1, new byte[30]),
        Llrp.message(999, 1),
        Llrp.answer(30, 1, 401, "late"),
        Llrp.EMPTY_REPORT,
        Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().equals(List.of(TAG)));
    assertThat(bads()).isEmpty();
  }

  @Test
  void refusesATagWhoseEpcIsTooShortOrTooLong() {
    reading();
    reader.send(
        Llrp.report(Llrp.parameter(240, Llrp.parameter(241, Llrp.u16(64), new byte[8]))),
        Llrp.report(Llrp.parameter(240, Llrp.parameter(241, Llrp.u16(504), new byte[63]))),
        Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().equals(List.of(TAG)));
    assertThat(refusals("portal.epc-length")).hasSize(2);
  }

  @Test
  void aTagThatTheOutboxCannotTakeIsToldWhenItIsReadAgain() {
    room = false;
    reading();
    reader.send(Llrp.report(Llrp.tag(TAG)));
    await().until(() -> kept.size() == 1);
    kept.clear();
    room = true;
    reader.send(Llrp.report(Llrp.tag(TAG)));
    await().until(() -> tags().equals(List.of(TAG)));
  }

  @Test
  void aLostAntennaIsBadUntilItIsFound() {
    reading();
    reader.send(Llrp.antenna(3, false), Llrp.antenna(4, true));
    await().until(() -> !bads().isEmpty());
    assertThat(bads().getFirst().reason()).startsWith("the reader has lost antenna 3");
    reader.send(Llrp.antenna(3, true));
    await().until(() -> noted.getLast() instanceof Observation.Good);
  }

  @Test
  void aFloodOfTagsIsBoundedAndLeavesThoseWhoCameBeforeAlone() {
    reading();
    for (int i = 0; i < 20_000; i += 100) {
      byte[][] tags = new byte[100][];
      for (int j = 0; j < 100; j++) {
        tags[j] = Llrp.tag("e2%022x".formatted(i + j));
      }
      reader.send(Llrp.report(tags));
    }
    await().until(() -> refusals("portal.too-many-tags").size() == 20_000 - 4_096);
    await().until(() -> tags().size() == 4_096);
    assertThat(kept).allMatch(tags -> tags.size() <= 250);
    assertThat(bads()).isEmpty();
  }

  @Test
  void aReaderThatNeverTakesAnAnswerKeepsNobodyWaiting() {
    reader.deaf = true;
    portal();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bads().stream().anyMatch(bad -> bad.code().equals("portal.unreachable")));
  }

  @Test
  void saysThatNobodyIsThere() {
    HostPort address = reader.address();
    reader.close();
    portal(address);
    await().until(() -> !bads().isEmpty());
    assertThat(bads().getFirst().code()).isEqualTo("portal.unreachable");
    assertThat(bads().getFirst().reason()).contains(address.toString());
  }

  /** A portal that is configured and reads. */
  private LlrpPortal reading() {
    LlrpPortal portal = portal();
    await().until(() -> noted.stream().anyMatch(Observation.Good.class::isInstance));
    return portal;
  }

  private LlrpPortal portal() {
    return portal(reader.address());
  }

  private LlrpPortal portal(HostPort address) {
    LlrpPortal portal =
        new LlrpPortal(
            new LlrpPortal.Settings("gate", address, Duration.ofMinutes(5), answer, keepalive),
            new Handler(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
            System::nanoTime,
            millis::get);
    portals.add(portal);
    portal.start();
    return portal;
  }

  private List<String> tags() {
    return kept.stream()
        .flatMap(List::stream)
        .map(tag -> HexFormat.of().formatHex(tag.epc().bytes()))
        .toList();
  }

  private List<Observation.Bad> bads() {
    return noted.stream()
        .filter(Observation.Bad.class::isInstance)
        .map(Observation.Bad.class::cast)
        .toList();
  }

  private List<Observation> refusals(String code) {
    return noted.stream()
        .filter(each -> each instanceof Observation.Refused refused && refused.code().equals(code))
        .toList();
  }

  private static Content epc(String hex) {
    return Content.of(HexFormat.of().parseHex(hex));
  }

  private final class Handler implements ScanHandler {
    @Override
    public boolean keep(List<Observation> observations) {
      boolean taken = room;
      kept.add(((Observation.TagsSeen) observations.getFirst()).tags());
      return taken;
    }

    @Override
    public void note(Observation observation) {
      noted.add(observation);
    }
  }
}
