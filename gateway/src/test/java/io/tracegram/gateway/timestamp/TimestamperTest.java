package io.tracegram.gateway.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.gateway.problem.Counters;
import io.tracegram.gateway.problem.Problem;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.config.TimestampSource;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.timestamp.SimulatedAuthority;
import io.tracegram.runtime.timestamp.StoredTimestamps;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daily timestamps from authorities on real sockets, which may be away or lie. */
class TimestamperTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Timestamper.Timing FAST =
      new Timestamper.Timing(
          Duration.ofMillis(1_500), Duration.ofMillis(20), Duration.ofMillis(50));
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final NoteKey KEY =
      new NoteKey("example.com/refinery", NoteKey.Type.LOG, SECRET.publicKey());

  private final Path data;
  private final MovableClock clock = new MovableClock();
  private final SimulatedAuthority simulated = SimulatedAuthority.create(clock, new SecureRandom());
  private final Counters counters = new Counters();
  private final Problems problems = new Problems(clock);
  private final List<AutoCloseable> open = new ArrayList<>();
  private Optional<SignedNote> cosigned = Optional.empty();
  private final EvidenceLog log;

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-23T22:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  TimestamperTest(@TempDir Path data) throws IOException {
    this.data = data;
    log = EvidenceLog.open(data.resolve("log"), 1 << 20);
    open.add(log);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  @Test
  void stampsOneCheckpointInEachDay() throws Exception {
    FakeAuthority authority = authority();
    Timestamper stamper = stamper(authority.source("tsa"));
    grow(stamper);
    awaitSize(stamper, 1);
    grow(stamper);
    grow(stamper);
    clock.now = Instant.parse("2026-11-24T00:00:01Z");
    stamper.published();
    awaitSize(stamper, 3);

    assertThat(authority.asked).hasValue(2);
    assertThat(stored()).containsExactly("1/tsa", "3/tsa");
    assertThat(Files.readString(data.resolve("log/timestamps/index")))
        .isEqualTo("1/tsa.tsr\n3/tsa.tsr\n");
    assertThat(stamper.covering(0)).extracting(Stamp::size).containsExactly(1L);
    assertThat(stamper.covering(1)).extracting(Stamp::size).containsExactly(3L);
    assertThat(stamper.covering(2).getFirst().proven().genTimeMillis())
        .isEqualTo(clock.now.toEpochMilli());
    assertThat(stamper.covering(3)).isEmpty();
  }

  @Test
  void prefersACheckpointThatOthersCosignedUntilItIsStamped() throws Exception {
    FakeAuthority authority = authority();
    SignedNote first = publish();
    cosigned = Optional.of(first);
    publish();
    Timestamper stamper = stamper(authority.source("tsa"));
    awaitSize(stamper, 1);
    clock.now = clock.now.plus(Duration.ofDays(1));
    grow(stamper);
    awaitSize(stamper, 3);
    assertThat(stored()).containsExactly("1/tsa", "3/tsa");
  }

  @Test
  void keepsWhatIsDueOverARestartAndAsksOldestFirstOnceTheAuthorityAnswers() throws Exception {
    FakeAuthority authority = authority();
    authority.behaviour = (request, exchange) -> exchange.sendResponseHeaders(503, -1);
    Timestamper before = stamper(authority.source("tsa"));
    for (int day = 1; day <= 3; day++) {
      grow(before);
      String due = "due " + day + " ";
      await()
          .atMost(LONG)
          .until(
              () ->
                  Files.readAllLines(data.resolve("timestamps/tsa.due")).stream()
                      .anyMatch(line -> line.startsWith(due)));
      clock.now = clock.now.plus(Duration.ofDays(1));
    }
    await()
        .atMost(LONG)
        .until(() -> problems.find("evidence.timestamp-overdue", "tsa").isPresent());
    assertThat(problem("evidence.timestamp-overdue").reason()).contains("503");
    before.close();
    assertThat(Files.readAllLines(data.resolve("timestamps/tsa.due")))
        .filteredOn(line -> line.startsWith("due "))
        .extracting(line -> line.replaceFirst(" [0-9]+$", ""))
        .containsExactly("due 1", "due 2", "due 3");

    List<Long> order = new ArrayList<>();
    Timestamper after = stamper(authority.source("tsa"));
    authority.behaviour =
        (request, exchange) -> {
          order.add(after.timestampedSize().orElseThrow());
          FakeAuthority.honest(simulated).answer(request, exchange);
        };
    awaitSize(after, 3);
    assertThat(order).containsExactly(0L, 1L, 2L);
    assertThat(stored()).containsExactly("1/tsa", "2/tsa", "3/tsa");
    assertThat(problem("evidence.timestamp-overdue").cleared()).isTrue();
  }

  @Test
  void aNewDayWithoutANewCheckpointPostponesNoAlarm() throws Exception {
    FakeAuthority authority = authority();
    authority.behaviour = (request, exchange) -> exchange.sendResponseHeaders(503, -1);
    Timestamper stamper = stamper(authority.source("tsa"));
    grow(stamper);
    Path due = data.resolve("timestamps/tsa.due");
    await().atMost(LONG).until(() -> Files.exists(due));
    String before = Files.readString(due);
    clock.now = clock.now.plus(Duration.ofDays(1));
    int asked = authority.asked.get();
    stamper.published();
    await().atMost(LONG).until(() -> authority.asked.get() > asked + 2);
    assertThat(Files.readString(due)).isEqualTo(before);
  }

  @Test
  void countsAfterARestartOnlyTokensThatStillVerify() throws Exception {
    FakeAuthority authority = authority();
    Timestamper before = stamper(authority.source("tsa"));
    grow(before);
    awaitSize(before, 1);
    clock.now = clock.now.plus(Duration.ofDays(1));
    grow(before);
    awaitSize(before, 2);
    before.close();
    Path second = data.resolve("log/timestamps/2/tsa.tsr");
    Files.copy(
        data.resolve("log/timestamps/1/tsa.tsr"), second, StandardCopyOption.REPLACE_EXISTING);

    Timestamper after = stamper(authority.source("tsa"));
    await()
        .atMost(LONG)
        .until(() -> problems.find("evidence.timestamp-unproven", "tsa").isPresent());
    awaitSize(after, 1);
    assertThat(problem("evidence.timestamp-unproven").reason()).contains("something else");
  }

  @Test
  void refusesLiesCountsThemAndTakesTheTruthLater() throws Exception {
    SimulatedAuthority stranger = SimulatedAuthority.create(clock, new SecureRandom());
    FakeAuthority authority = authority();
    byte[] old = simulated.answer(anotherRequest());
    List<FakeAuthority.Behaviour> lies =
        List.of(
            (request, exchange) -> FakeAuthority.send(exchange, old),
            FakeAuthority.honest(stranger),
            (request, exchange) -> FakeAuthority.send(exchange, new byte[0]),
            (request, exchange) ->
                FakeAuthority.send(exchange, "<html>busy</html>".getBytes(StandardCharsets.UTF_8)));
    authority.behaviour = lies.getFirst();
    Timestamper stamper = stamper(authority.source("tsa"));
    grow(stamper);
    for (FakeAuthority.Behaviour lie : lies) {
      authority.behaviour = lie;
      long refused = refused();
      await().atMost(LONG).until(() -> refused() > refused + 1);
    }
    assertThat(stamper.timestampedSize()).hasValue(0);
    assertThat(stored()).isEmpty();
    assertThat(problem("evidence.timestamp-refused").reason()).isNotBlank();
    authority.behaviour = FakeAuthority.honest(simulated);
    awaitSize(stamper, 1);
    assertThat(problem("evidence.timestamp-refused").cleared()).isTrue();
  }

  @Test
  void breaksOffAnswersThatAreHugeOrNeverEnd() throws Exception {
    FakeAuthority authority = authority();
    authority.behaviour =
        (request, exchange) -> FakeAuthority.sendForever(exchange, 1 << 20, Duration.ZERO);
    Timestamper stamper = stamper(authority.source("tsa"));
    grow(stamper);
    await().atMost(LONG).until(() -> authority.asked.get() >= 2);
    authority.behaviour =
        (request, exchange) -> FakeAuthority.sendForever(exchange, 1, Duration.ofMillis(50));
    int asked = authority.asked.get();
    await().atMost(LONG).until(() -> authority.asked.get() >= asked + 2);
    assertThat(stamper.timestampedSize()).hasValue(0);
    authority.behaviour = FakeAuthority.honest(simulated);
    awaitSize(stamper, 1);
  }

  @Test
  void refusesAnAuthorityWhoseClockIsFarFromOurs() throws Exception {
    FakeAuthority authority = authority();
    Timestamper stamper = stamper(authority.source("tsa"));
    authority.behaviour =
        (request, exchange) -> {
          byte[] answer = simulated.answer(request);
          clock.now = clock.now.plus(Duration.ofHours(2));
          FakeAuthority.send(exchange, answer);
        };
    grow(stamper);
    await().atMost(LONG).until(() -> refused() > 0);
    assertThat(problem("evidence.timestamp-refused").reason())
        .isEqualTo("its time is PT-2H off this gateway's clock");
  }

  @Test
  void oneAuthorityThatIsAwayDoesNotHinderAnother() throws Exception {
    FakeAuthority away = authority();
    FakeAuthority there = authority();
    away.close();
    Timestamper stamper = stamper(away.source("away"), there.source("there"));
    grow(stamper);
    awaitSize(stamper, 1);
    assertThat(stored()).containsExactly("1/there");
    assertThat(Files.readString(data.resolve("timestamps/away.due"))).contains("due 1 ");
  }

  private long refused() {
    return counters.refused().getOrDefault("timestamp.refused", 0L);
  }

  private Problem problem(String code) {
    return problems.find(code, "tsa").orElseThrow();
  }

  private byte[] anotherRequest() {
    return authoritySource()
        .authority()
        .request(SignedNote.signedBy(text(9), KEY, SECRET), BigInteger.TEN)
        .encoded()
        .bytes();
  }

  private TimestampSource authoritySource() {
    return new TimestampSource(
        new TimestampAuthority("tsa", List.of(simulated.anchor()), Optional.empty()),
        URI.create("http://127.0.0.1"),
        Duration.ofDays(1));
  }

  private FakeAuthority authority() throws IOException {
    FakeAuthority authority = new FakeAuthority(simulated);
    open.add(authority);
    return authority;
  }

  private Timestamper stamper(TimestampSource... sources) throws IOException {
    Timestamper stamper =
        new Timestamper(
            new Timestamper.Subject(log, KEY, data, this::candidates),
            List.of(sources),
            FAST,
            clock,
            new SecureRandom(),
            counters,
            problems);
    open.add(stamper);
    stamper.start();
    return stamper;
  }

  private List<SignedNote> candidates() {
    List<SignedNote> candidates = new ArrayList<>();
    cosigned.ifPresent(candidates::add);
    log.checkpoint().ifPresent(candidates::add);
    return candidates;
  }

  private void grow(Timestamper stamper) {
    publish();
    stamper.published();
  }

  private SignedNote publish() {
    log.append(List.of(new byte[] {(byte) log.size()}));
    SignedNote note = SignedNote.signedBy(text(log.size()), KEY, SECRET);
    log.publish(note);
    return note;
  }

  private String text(long size) {
    return new Checkpoint(KEY.name(), size, log.root(Math.min(size, log.size()))).text();
  }

  private void awaitSize(Timestamper stamper, long size) {
    await().atMost(LONG).until(() -> stamper.timestampedSize().orElseThrow() == size);
  }

  private List<String> stored() throws IOException {
    return StoredTimestamps.read(data.resolve("log"))
        .verify(List.of(authoritySource().authority()))
        .stream()
        .map(judged -> judged.size() + "/" + judged.authority())
        .toList();
  }
}
