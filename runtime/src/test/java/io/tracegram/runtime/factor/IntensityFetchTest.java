package io.tracegram.runtime.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class IntensityFetchTest {
  private static final IntensityHeader HEADER =
      new IntensityHeader("grid-gb", "GB", "generation", "AR5", "NESO", "CC BY 4.0");
  private static final IntensityFetch.Timing PATIENT =
      new IntensityFetch.Timing(Duration.ofSeconds(20), Duration.ofMillis(2));
  private static final Slot NOON = slot("12:00", 263, false);
  private static final Slot HALF_PAST_ESTIMATED = slot("12:30", 270, true);
  private static final Slot HALF_PAST = slot("12:30", 268, false);
  private static final Slot ONE = slot("13:00", 251, true);
  private static final String FIRST =
      body(entry("12:00", "12:30", 260, 263), entry("12:30", "13:00", 270, null));
  private static final String THEN =
      body(
          entry("12:00", "12:30", 260, 263),
          entry("12:30", "13:00", 270, 268),
          entry("13:00", "13:30", 251, null));

  private final Listening listening = new Listening();

  private static final class Listening implements IntensityFetch.Listener {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public void changed(IntensitySeries slots) {
      heard.add(slots.slots());
      if (refusals.getAndDecrement() > 0) {
        throw new IllegalStateException("the log is full");
      }
    }

    @Override
    public void failed(String reason) {
      heard.add(reason);
    }

    @Override
    public void succeeded() {
      heard.add("ok");
    }

    Object next() throws InterruptedException {
      Object next = heard.poll(20, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }

  private static Slot slot(String time, long grams, boolean estimated) {
    return new Slot(
        Instant.parse("2026-01-20T" + time + ":00Z").toEpochMilli(),
        grams * 1_000_000_000,
        estimated);
  }

  private static String entry(String from, String to, int forecast, @Nullable Integer actual) {
    return "{\"from\":\"2026-01-20T%sZ\",\"to\":\"2026-01-20T%sZ\",\"intensity\":{\"forecast\":%d,\"actual\":%d,\"index\":\"low\"}}"
        .formatted(from, to, forecast, actual);
  }

  private static String body(String... entries) {
    return "{\"data\":[" + String.join(",", entries) + "]}";
  }

  private IntensityFetch fetch(FakeService service, Duration every, Slot... before) {
    return fetch(new IntensityAddress(service.url(), every, Optional.empty()), PATIENT, before);
  }

  private IntensityFetch fetch(
      IntensityAddress address, IntensityFetch.Timing timing, Slot... before) {
    IntensityFetch fetch =
        new IntensityFetch(
            HEADER, IntensityShape.GB, address, List.of(before), timing, new Random(1), listening);
    fetch.start();
    return fetch;
  }

  @Test
  void handsOverOnlyWhatIsNewOrHasChanged() throws Exception {
    try (FakeService service =
            new FakeService(
                FakeService.body(FIRST), FakeService.body(FIRST), FakeService.body(THEN));
        IntensityFetch _ = fetch(service, Duration.ofMillis(5))) {
      assertThat(listening.next()).isEqualTo(List.of(NOON, HALF_PAST_ESTIMATED));
      assertThat(listening.next()).isEqualTo("ok");
      assertThat(listening.next()).as("the same again").isEqualTo("ok");
      assertThat(listening.next()).isEqualTo(List.of(HALF_PAST, ONE));
      assertThat(listening.next()).isEqualTo("ok");
    }
  }

  @Test
  void whatWasTakenInAnEarlierLifeIsNotHandedOverAgain() throws Exception {
    try (FakeService service = new FakeService(FakeService.body(THEN));
        IntensityFetch _ = fetch(service, Duration.ofHours(1), NOON, HALF_PAST_ESTIMATED)) {
      assertThat(listening.next()).isEqualTo(List.of(HALF_PAST, ONE));
    }
  }

  @Test
  void whatCouldNotBeTakenComesAgain() throws Exception {
    listening.refusals.set(1);
    try (FakeService service = new FakeService(FakeService.body(FIRST));
        IntensityFetch _ = fetch(service, Duration.ofHours(1))) {
      assertThat(listening.next()).isEqualTo(List.of(NOON, HALF_PAST_ESTIMATED));
      assertThat(listening.next()).asString().contains("could not be taken");
      assertThat(listening.next()).isEqualTo(List.of(NOON, HALF_PAST_ESTIMATED));
      assertThat(listening.next()).isEqualTo("ok");
    }
  }

  @Test
  void everyFailureIsToldAndTheNextAnswerTaken() throws Exception {
    byte[] oversize = new byte[IntensityClient.MAX_ANSWER + 1];
    try (FakeService service =
            new FakeService(
                FakeService.status(500, new byte[1]),
                exchange -> {
                  exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
                  exchange.sendResponseHeaders(302, -1);
                },
                FakeService.status(200, oversize),
                FakeService.body("<html>"),
                FakeService.body(FIRST.replace("263", "-263")),
                FakeService.body(FIRST));
        IntensityFetch _ = fetch(service, Duration.ofHours(1))) {
      assertThat(listening.next()).asString().endsWith("/history answers 500");
      assertThat(listening.next()).asString().endsWith("/history answers 302");
      assertThat(listening.next()).asString().contains("gives no answer");
      assertThat(listening.next()).asString().contains("is refused: line 1: is no JSON");
      assertThat(listening.next()).asString().contains("entry 1: an intensity of '-263' g/kWh");
      assertThat(listening.next()).isEqualTo(List.of(NOON, HALF_PAST_ESTIMATED));
    }
  }

  @Test
  void aBodyThatDoesNotEndIsAFailureInTime() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (FakeService service =
        new FakeService(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              over.await();
            })) {
      IntensityFetch.Timing hasty =
          new IntensityFetch.Timing(Duration.ofMillis(200), Duration.ofMinutes(1));
      IntensityAddress address =
          new IntensityAddress(service.url(), Duration.ofHours(1), Optional.empty());
      try (IntensityFetch _ = fetch(address, hasty)) {
        assertThat(listening.next()).asString().endsWith("has not answered within 200 ms");
      } finally {
        over.countDown();
      }
    }
  }

  @Test
  void aServiceThatIsNotThereIsAFailure() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    IntensityAddress nobody =
        new IntensityAddress(
            URI.create("http://127.0.0.1:" + port + "/x"), Duration.ofHours(1), Optional.empty());
    try (IntensityFetch _ = fetch(nobody, PATIENT)) {
      assertThat(listening.next()).asString().contains("gives no answer");
    }
  }

  @Test
  void carriesTheTokenOfAFileAndNeverTellsIt(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("token"), "s3cret-token\n");
    try (FakeService service = new FakeService(FakeService.status(401, new byte[1]));
        IntensityFetch _ = fetch(withToken(service, file), PATIENT)) {
      assertThat(listening.next()).asString().endsWith("/history answers 401");
      assertThat(service.tokens().getFirst()).isEqualTo("s3cret-token");
      Files.writeString(file, "bad secret\nof two lines\n");
      String reason = String.valueOf(listening.next());
      while (!reason.contains("must hold one token")) {
        assertThat(reason).doesNotContain("secret").contains("401");
        reason = String.valueOf(listening.next());
      }
      assertThat(reason).doesNotContain("secret").contains(file.toString());
    }
  }

  @Test
  void withoutItsTokenNothingIsAsked(@TempDir Path directory) throws Exception {
    try (FakeService service = new FakeService(FakeService.body(FIRST));
        IntensityFetch _ = fetch(withToken(service, directory.resolve("none")), PATIENT)) {
      assertThat(listening.next()).asString().contains("none cannot be read");
      assertThat(service.tokens()).isEmpty();
    }
  }

  @Test
  void closingBreaksOffACallAndIsSilent() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (FakeService service =
        new FakeService(
            _ -> {
              asked.countDown();
              over.await();
            })) {
      IntensityFetch fetch = fetch(service, Duration.ofHours(1));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      fetch.close();

      over.countDown();
      assertThat(listening.heard).isEmpty();
    }
  }

  private static IntensityAddress withToken(FakeService service, Path file) {
    return new IntensityAddress(
        service.url(),
        Duration.ofHours(1),
        Optional.of(new IntensityAddress.Token("auth-token", file)));
  }
}
