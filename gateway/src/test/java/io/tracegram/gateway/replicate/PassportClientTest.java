package io.tracegram.gateway.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passports from a cloud that may lie, over a real socket. */
class PassportClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final Vertx vertx = Vertx.vertx();
  private final List<Body.LotPassport> received = new CopyOnWriteArrayList<>();
  private volatile String answer = "";
  private volatile String restated = "";
  private final List<String> restatementQueries = new CopyOnWriteArrayList<>();
  private volatile List<LotId> waiting = List.of(SamplePassport.LOT);
  private volatile boolean counts = true;
  private TlogPolicy policy = TlogPolicy.all(List.of(SamplePassport.LOG), List.of(), List.of());
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile String query = "";
  private HttpServer cloud = vertx.createHttpServer();

  @BeforeEach
  void serve() {
    cloud =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  if (request.path().endsWith("/restatements")) {
                    restatementQueries.add(String.valueOf(request.query()));
                    String page = restated;
                    request.response().setStatusCode(page.isEmpty() ? 404 : 200).end(page);
                    return;
                  }
                  asked.incrementAndGet();
                  query = String.valueOf(request.query());
                  String body = answer;
                  request.response().setStatusCode(body.isEmpty() ? 404 : 200).end(body);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void handsOnAVerifiedPassportOnceAsSoonAsThereIsOne() {
    try (PassportClient client = client()) {
      client.start();
      await().atMost(LONG).until(() -> asked.get() >= 1);
      assertThat(client.error()).as("not final yet is no error").isEmpty();
      answer = SamplePassport.of(SamplePassport.LOT, SamplePassport.GATEWAY);
      await().atMost(LONG).until(() -> !received.isEmpty());
      int before = asked.get();
      answer = "nonsense";
      int roundsBefore = rounds.get();
      await().atMost(LONG).until(() -> rounds.get() >= roundsBefore + 2);
      assertThat(asked.get()).isLessThanOrEqualTo(before);
      assertThat(received).hasSize(1);
      assertThat(query).isEqualTo("facility=refinery&lot=01%2F09520000000028%2F10%2FP");
    }
  }

  @Test
  void refusesPassportsThatDoNotVerify() {
    JsonObject good = new JsonObject(SamplePassport.of(SamplePassport.LOT, SamplePassport.GATEWAY));
    byte[] leaf = Base64.getDecoder().decode(good.getString("leaf"));
    leaf[40]++;
    String tampered = good.copy().put("leaf", Base64.getEncoder().encodeToString(leaf)).encode();
    String ofAnotherLot =
        SamplePassport.of(LotId.ofLot("09520000000028", "Q"), SamplePassport.GATEWAY);
    PrivateKey stranger = PrivateKey.of(Algorithm.ES256, Hash.sha256(new byte[1]).bytes());
    String ofAStranger = SamplePassport.of(SamplePassport.LOT, stranger);
    for (String lie :
        List.of(tampered, ofAnotherLot, ofAStranger, "{}", "[]", "{\"leaf\":1}", "nonsense")) {
      answer = lie;
      try (PassportClient client = client()) {
        client.start();
        await().atMost(LONG).until(() -> client.error().isPresent());
      }
      assertThat(received).as(lie).isEmpty();
    }
  }

  @Test
  void waitsUntilTheSuppliersCheckpointIsWitnessedAsThePolicyAsks() {
    policy =
        TlogPolicy.all(
            List.of(SamplePassport.LOG),
            List.of(SamplePassport.WITNESS, SamplePassport.OTHER_WITNESS),
            List.of());
    try (PassportClient client = client()) {
      client.start();
      answer =
          SamplePassport.of(
              SamplePassport.LOT, SamplePassport.GATEWAY, SamplePassport.WITNESS_SECRET);
      await().atMost(LONG).until(() -> client.error().isPresent());
      assertThat(client.error().orElseThrow())
          .contains("2 of (w1.example, w2.example), cosigned by w1.example");
      assertThat(received).isEmpty();
      answer =
          SamplePassport.of(
              SamplePassport.LOT,
              SamplePassport.GATEWAY,
              SamplePassport.WITNESS_SECRET,
              SamplePassport.OTHER_SECRET);
      await().atMost(LONG).until(() -> !received.isEmpty());
    }
  }

  @Test
  void pullsThePassportOfARestatedLotThatRestsOnAnEarlierOneAndGoesOnAfterIt() {
    waiting = List.of();
    restated = restatedPage(SamplePassport.LOT, 1, 70);
    answer = SamplePassport.of(SamplePassport.LOT, SamplePassport.GATEWAY);
    try (PassportClient client = client()) {
      client.start();
      await().atMost(LONG).until(() -> !received.isEmpty());
      await().atMost(LONG).until(() -> restatementQueries.size() >= 2);
      assertThat(restatementQueries)
          .startsWith("facility=refinery&after=-1", "facility=refinery&after=70");
      assertThat(client.error()).isEmpty();
    }
  }

  @Test
  void asksForNoPassportThatIsNotNewerAndLogsNoneThatWouldNotCount() {
    waiting = List.of();
    restated = restatedPage(SamplePassport.LOT, 0, 70);
    answer = SamplePassport.of(SamplePassport.LOT, SamplePassport.GATEWAY);
    try (PassportClient client = client()) {
      client.start();
      await().atMost(LONG).until(() -> restatementQueries.size() >= 2);
      assertThat(asked).as("revision 0 is what the lot rests on").hasValue(0);
      counts = false;
      restated = restatedPage(SamplePassport.LOT, 2, 71);
      await().atMost(LONG).until(() -> asked.get() > 0);
      assertThat(received).isEmpty();
    }
  }

  @Test
  void saysWhatAListOfRestatedLotsIsNotAndAsksAgain() {
    waiting = List.of();
    for (String lie : List.of("nonsense", "{\"next\":-5}", "{\"lots\":[1]}")) {
      restated = lie;
      try (PassportClient client = client()) {
        client.start();
        await().atMost(LONG).until(() -> client.error().isPresent());
        assertThat(client.error().orElseThrow()).contains("gives no list of restated lots");
      }
    }
    assertThat(received).isEmpty();
  }

  private static String restatedPage(LotId lot, int revision, long leaf) {
    return new JsonObject()
        .put(
            "lots",
            List.of(
                new JsonObject()
                    .put("lot", lot.path())
                    .put("leaf", leaf)
                    .put("revision", revision)))
        .put("next", leaf)
        .encode();
  }

  private PassportClient client() {
    return new PassportClient(
        new PassportDesk(
            List.of(
                SamplePassport.supplier(
                    Optional.of(URI.create("http://127.0.0.1:" + cloud.actualPort())), policy))),
        new Accounts(),
        Clock.systemUTC(),
        Duration.ofMillis(20));
  }

  /** A lot that waits, or rests on its maker's first account. */
  private final class Accounts implements PassportClient.Receiver {
    @Override
    public List<LotId> wanted() {
      rounds.incrementAndGet();
      return waiting;
    }

    @Override
    public List<LotId> outdated(String facility, Map<LotId, Integer> revisions) {
      return revisions.getOrDefault(SamplePassport.LOT, 0) > 0
          ? List.of(SamplePassport.LOT)
          : List.of();
    }

    @Override
    public boolean takes(PassportDesk.Verdict.Accepted passport) {
      return counts;
    }

    @Override
    public void received(Body.LotPassport passport) {
      received.add(passport);
    }
  }
}
