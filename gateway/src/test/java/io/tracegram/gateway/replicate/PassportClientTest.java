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

  private PassportClient client() {
    return new PassportClient(
        new PassportDesk(
            List.of(
                SamplePassport.supplier(
                    Optional.of(URI.create("http://127.0.0.1:" + cloud.actualPort())), policy))),
        () -> {
          rounds.incrementAndGet();
          return List.of(SamplePassport.LOT);
        },
        received::add,
        Clock.systemUTC());
  }
}
