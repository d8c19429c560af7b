package io.tracegram.gateway.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passports from a cloud that may lie, over a real socket. */
class PassportClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final LotId LOT = LotId.ofLot("09520000000028", "P");
  private static final PrivateKey LOG_SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final PrivateKey GATEWAY = PrivateKey.of(Algorithm.ES256, Hash.sha256().bytes());
  private static final NoteKey LOG =
      new NoteKey("example.com/refinery", NoteKey.Type.LOG, LOG_SECRET.publicKey());
  private static final PrivateKey WITNESS_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[2]).bytes());
  private static final PrivateKey OTHER_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[3]).bytes());
  private static final NoteKey WITNESS =
      new NoteKey("w1.example", NoteKey.Type.COSIGNER, WITNESS_SECRET.publicKey());
  private static final NoteKey OTHER_WITNESS =
      new NoteKey("w2.example", NoteKey.Type.COSIGNER, OTHER_SECRET.publicKey());

  private final Vertx vertx = Vertx.vertx();
  private final List<Body.LotPassport> received = new CopyOnWriteArrayList<>();
  private volatile String answer = "";
  private TlogPolicy policy = TlogPolicy.all(List.of(LOG), List.of(), List.of());
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
      answer = passport(LOT, GATEWAY);
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
    JsonObject good = new JsonObject(passport(LOT, GATEWAY));
    byte[] leaf = Base64.getDecoder().decode(good.getString("leaf"));
    leaf[40]++;
    String tampered = good.copy().put("leaf", Base64.getEncoder().encodeToString(leaf)).encode();
    String ofAnotherLot = passport(LotId.ofLot("09520000000028", "Q"), GATEWAY);
    PrivateKey stranger = PrivateKey.of(Algorithm.ES256, Hash.sha256(new byte[1]).bytes());
    String ofAStranger = passport(LOT, stranger);
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
    policy = TlogPolicy.all(List.of(LOG), List.of(WITNESS, OTHER_WITNESS), List.of());
    try (PassportClient client = client()) {
      client.start();
      answer = passport(LOT, GATEWAY, WITNESS_SECRET);
      await().atMost(LONG).until(() -> client.error().isPresent());
      assertThat(client.error().orElseThrow())
          .contains("2 of (w1.example, w2.example), cosigned by w1.example");
      assertThat(received).isEmpty();
      answer = passport(LOT, GATEWAY, WITNESS_SECRET, OTHER_SECRET);
      await().atMost(LONG).until(() -> !received.isEmpty());
    }
  }

  private PassportClient client() {
    return new PassportClient(
        List.of(
            new PassportClient.Supplier(
                "refinery",
                LOG,
                GATEWAY.publicKey(),
                URI.create("http://127.0.0.1:" + cloud.actualPort()),
                policy)),
        () -> {
          rounds.incrementAndGet();
          return List.of(LOT);
        },
        received::add,
        Clock.systemUTC());
  }

  private static String passport(LotId lot, PrivateKey gateway, PrivateKey... witnesses) {
    LotAccount account =
        new LotAccount(
            lot, "Sulphate", new Mass(1), Share.NONE, new Co2e(5), new Co2e(0), List.of());
    Body derived =
        new Body.Derived(
            Kind.ACCOUNT,
            0,
            0,
            Content.of(AccountCodec.encode(new AccountCodec.Account.OfLot(1, account))));
    StatementChain chain =
        new StatementChain("refinery", Statement.GATEWAY, gateway, 1, 1, 0, Hash.ZERO);
    byte[] leaf = new Leaf(1, 0, chain.sign(derived, 1, 1, ClockStatus.RELATIVE)).encoded();
    String checkpoint = new Checkpoint(LOG.name(), 1, Leaf.hash(leaf)).text();
    SignedNote note = SignedNote.signedBy(checkpoint, LOG, LOG_SECRET);
    for (PrivateKey witness : witnesses) {
      NoteKey key = witness == WITNESS_SECRET ? WITNESS : OTHER_WITNESS;
      note = note.with(SignedNote.cosign(checkpoint, key, witness, 1_700_000_000));
    }
    TlogProof proof = new TlogProof(0, List.of(), note);
    return new JsonObject()
        .put("leaf", Base64.getEncoder().encodeToString(leaf))
        .put("proof", proof.format())
        .encode();
  }
}
