package io.tracegram.cloud.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.MirrorInfo;
import io.tracegram.ledger.evidence.replication.TreeSize;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The mirror over real sockets: honest clients that are interrupted, and clients that lie. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MirrorTest {
  private static final PrivateKey OWN = PrivateKey.of(Algorithm.ED25519, Hash.sha256().bytes());
  private static final PrivateKey WITNESS_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[1]).bytes());
  private static final NoteKey MIRROR =
      new NoteKey("cloud.example/mirror", NoteKey.Type.COSIGNER, OWN.publicKey());
  private static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.COSIGNER, WITNESS_SECRET.publicKey());
  private static final TlogPolicy POLICY =
      TlogPolicy.all(List.of(SampleLog.KEY), List.of(WITNESS), List.of(MIRROR));
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  private final Vertx vertx = Vertx.vertx();
  private Mirror mirror;
  private WebShell web;
  private MirrorCalls calls;
  private Path directory;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    directory = temporary;
    serve();
  }

  private void serve() throws IOException {
    mirror =
        Mirror.open(
            directory,
            List.of(SampleLog.KEY),
            List.of(WITNESS),
            POLICY,
            new Cosigner(MIRROR, OWN, CLOCK));
    web =
        new WebShell(
            vertx,
            WebAddress.loopback(0),
            new Assets(MirrorTest.class, List.of()),
            problem -> problem.detail());
    new MirrorRoutes(vertx, mirror, () -> {}).mount(web.router());
    calls = new MirrorCalls(URI.create("http://127.0.0.1:" + join(web.start()) + "/mirror/"));
  }

  @AfterEach
  void shut() throws IOException {
    calls.close();
    join(web.stop());
    mirror.close();
  }

  @AfterAll
  void end() {
    join(vertx.close());
  }

  @Test
  void mirrorsLogsOfEverySizeAlthoughUploadsBreakOff() throws Exception {
    Random random = new Random(42);
    SampleLog log = new SampleLog("honest", 1_000);
    long size = 0;
    for (long next : new long[] {0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 767, 1_000}) {
      assertThat(post("add-checkpoint", log.addCheckpoint(size, next)).statusCode()).isEqualTo(200);
      long start = mirror.log(SampleLog.KEY.name()).orElseThrow().size();
      for (int interruption = 0; interruption < 4 && next > start; interruption++) {
        byte[] body = log.upload(start, next, 32);
        HttpResponse<String> answer =
            upload(Arrays.copyOf(body, 1 + random.nextInt(body.length - 1)));
        assertThat(answer.statusCode()).isIn(202, 400);
        if (answer.statusCode() == 202) {
          start = MirrorInfo.parse(answer.body()).nextEntry();
        }
      }
      HttpResponse<String> answer = upload(log.upload(start, next, 32));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertIsWhole(log, next, answer.body());
      size = next;
    }
  }

  private void assertIsWhole(SampleLog log, long size, String cosignature) throws Exception {
    SignedNote note = SignedNote.parse(get("checkpoint").body());
    assertThat(note.text()).isEqualTo(log.checkpoint(size).text());
    assertThat(note.isSignedBy(SampleLog.KEY)).isTrue();
    assertThat(note.cosignedAt(MIRROR)).hasValue(1_700_000_000);
    assertThat(note.format()).contains(cosignature);
    MirroredLog copy = mirror.log(SampleLog.KEY.name()).orElseThrow();
    assertThat(copy.entries(0, size)).containsExactlyElementsOf(log.entries.subList(0, (int) size));
    for (long index = 0; index < size; index += 97) {
      assertThat(copy.prove(index).proves(log.entries.get((int) index), SampleLog.KEY)).isTrue();
    }
  }

  @Test
  void servesTheCopyAsTiles() throws Exception {
    SampleLog log = new SampleLog("honest", 300);
    mirror(log, 0, 300);
    byte[] bundle = calls.bytes("tile/entries/001.p/44");
    assertThat(EntryBundle.decode(bundle, 44))
        .containsExactlyElementsOf(log.entries.subList(256, 300));
    assertThat(calls.bytes("tile/0/000")).hasSize(8_192);
    assertThat(get("tile/0/002").statusCode()).isEqualTo(404);
    assertThat(get("tile/0/000.p/257").statusCode()).isEqualTo(404);
    assertThat(get("../pending/x").statusCode()).isEqualTo(404);
  }

  @Test
  void takesAPrefixAndSaysWhereToGoOn() throws Exception {
    SampleLog log = new SampleLog("honest", 600);
    post("add-checkpoint", log.addCheckpoint(0, 600));
    HttpResponse<String> answer = upload(log.upload(0, 600, 1));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.mirror-info");
    assertThat(MirrorInfo.parse(answer.body()))
        .isEqualTo(new MirrorInfo(600, 256, Content.of(new byte[0])));
    assertThat(get("checkpoint").statusCode()).isEqualTo(404);
    assertThat(upload(log.upload(256, 600, 32)).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesEntriesThatAreNotThoseOfTheCheckpointAndKeepsTheGoodOnes() throws Exception {
    SampleLog log = new SampleLog("honest", 600);
    post("add-checkpoint", log.addCheckpoint(0, 600));
    byte[] changed = log.upload(0, 600, 32);
    int proofOfLast = 1 + Hash.LENGTH;
    changed[changed.length - proofOfLast - 1]++;
    assertThat(upload(changed).statusCode()).isEqualTo(422);
    assertConflict(upload(log.upload(600, 600, 32)), 600, 512);

    byte[] wrongProof = log.upload(512, 600, 32);
    wrongProof[wrongProof.length - 1]++;
    assertThat(upload(wrongProof).statusCode()).isEqualTo(422);
    SampleLog other = new SampleLog("lie", 600);
    assertThat(upload(other.upload(512, 600, 32)).statusCode()).isEqualTo(422);
    assertThat(get("checkpoint").statusCode()).isEqualTo(404);

    assertThat(upload(log.upload(512, 600, 32)).statusCode()).isEqualTo(200);
    assertIsWhole(log, 600, "");
  }

  @Test
  void refusesRollbackAndForkOfThePendingCheckpoint() throws Exception {
    SampleLog log = new SampleLog("honest", 300);
    mirror(log, 0, 300);
    assertThat(post("add-checkpoint", log.addCheckpoint(0, 200)).statusCode()).isEqualTo(409);
    HttpResponse<String> rollback = post("add-checkpoint", log.addCheckpoint(0, 200));
    assertThat(rollback.headers().firstValue("Content-Type")).contains(TreeSize.CONTENT_TYPE);
    assertThat(TreeSize.parse(rollback.body())).isEqualTo(300);
    assertThat(post("add-checkpoint", log.addCheckpoint(300, 200)).statusCode()).isEqualTo(400);
    SampleLog fork = new SampleLog("lie", 400);
    assertThat(post("add-checkpoint", fork.addCheckpoint(300, 400)).statusCode()).isEqualTo(422);
    assertThat(post("add-checkpoint", fork.addCheckpoint(300, 300)).statusCode()).isEqualTo(422);
    assertThat(SignedNote.parse(get("checkpoint").body()).text())
        .isEqualTo(log.checkpoint(300).text());
  }

  @Test
  void answersConflictsWithWhereToGoOn() throws Exception {
    SampleLog log = new SampleLog("honest", 900);
    mirror(log, 0, 400);
    assertThat(post("add-checkpoint", log.addCheckpoint(400, 900)).statusCode()).isEqualTo(200);
    assertConflict(upload(log.upload(500, 900, 32)), 900, 400);
    assertConflict(upload(log.upload(400, 800, 32)), 900, 400);
    assertConflict(upload(log.upload(0, 900, 32)), 900, 400);
    assertThat(upload(log.upload(200, 900, 32)).statusCode()).as("some sent again").isEqualTo(200);
    assertConflict(upload(log.upload(400, 400, 32)), 900, 900);
  }

  @Test
  void acceptsAnOlderPendingCheckpointAsTheEnd() throws Exception {
    SampleLog log = new SampleLog("honest", 500);
    post("add-checkpoint", log.addCheckpoint(0, 300));
    post("add-checkpoint", log.addCheckpoint(300, 500));
    assertThat(upload(log.upload(0, 300, 32)).statusCode()).isEqualTo(200);
    assertThat(upload(log.upload(300, 500, 32)).statusCode()).isEqualTo(200);
    assertIsWhole(log, 500, "");
  }

  @Test
  void answersNonsenseWithTheStatusOfTheSpecification() throws Exception {
    SampleLog log = new SampleLog("honest", 10);
    assertThat(upload(log.upload(0, 10, 32)).statusCode()).as("nothing pending").isEqualTo(422);
    assertThat(upload(new byte[0]).statusCode()).isEqualTo(400);
    assertThat(upload(new byte[] {0, 0, 1}).statusCode()).isEqualTo(400);
    byte[] unknown = log.upload(0, 10, 32);
    unknown[2]++;
    assertThat(upload(unknown).statusCode()).isEqualTo(404);
    assertThat(post("add-checkpoint", "hello").statusCode()).isEqualTo(400);
    assertThat(post("add-checkpoint", "x".repeat(100_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void takesCompressedUploads() throws Exception {
    SampleLog log = new SampleLog("honest", 300);
    post("add-checkpoint", log.addCheckpoint(0, 300));
    assertThat(calls.uploadCompressed(log.upload(0, 300, 32)).statusCode()).isEqualTo(200);
  }

  @Test
  void servesOthersWhileUploadsHangAndRefusesTooManyOfThem() throws Exception {
    SampleLog log = new SampleLog("honest", 300);
    post("add-checkpoint", log.addCheckpoint(0, 300));
    List<Socket> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        hanging.add(calls.hang(log.upload(0, 300, 32)));
      }
      await().atMost(LONG).until(() -> upload(log.upload(300, 300, 32)).statusCode() == 503);
      assertThat(get("tile/0/000").statusCode()).isEqualTo(404);
    } finally {
      for (Socket socket : hanging) {
        socket.close();
      }
    }
    await().atMost(LONG).until(() -> upload(log.upload(0, 300, 32)).statusCode() != 503);
  }

  @Test
  void knowsAfterARestartWhatItVouchedForAndWhatWasPending() throws Exception {
    SampleLog log = new SampleLog("honest", 700);
    mirror(log, 0, 300);
    post("add-checkpoint", log.addCheckpoint(300, 700));
    upload(log.upload(300, 700, 1));
    shut();
    serve();
    assertThat(SignedNote.parse(get("checkpoint").body()).text())
        .isEqualTo(log.checkpoint(300).text());
    assertThat(post("add-checkpoint", log.addCheckpoint(300, 600)).statusCode()).isEqualTo(409);
    assertConflict(upload(log.upload(700, 700, 32)), 700, 512);
    assertThat(upload(log.upload(512, 700, 32)).statusCode()).isEqualTo(200);
    assertIsWhole(log, 700, "");
  }

  @Test
  void servesTheCosignaturesOfKnownWitnesses() throws Exception {
    SampleLog log = new SampleLog("honest", 5);
    mirror(log, 0, 5);
    SignedNote plain = log.checkpoint(5);
    SignedNote witnessed =
        plain.with(SignedNote.cosign(plain.text(), WITNESS, WITNESS_SECRET, 1_600_000_000));
    post("add-checkpoint", new AddCheckpointRequest(5, List.of(), witnessed).format());
    SignedNote served = SignedNote.parse(get("checkpoint").body());
    assertThat(served.cosignedAt(WITNESS)).hasValue(1_600_000_000);
    assertThat(served.cosignedAt(MIRROR)).isPresent();
    assertThat(mirror.log(SampleLog.KEY.name()).orElseThrow().witnessed().newest())
        .as("the policy is met")
        .contains(served);
    assertThat(Checkpoint.parse(served.text()).size()).isEqualTo(5);
  }

  private void mirror(SampleLog log, long old, long size) throws Exception {
    assertThat(post("add-checkpoint", log.addCheckpoint(old, size)).statusCode()).isEqualTo(200);
    assertThat(upload(log.upload(old, size, 32)).statusCode()).isEqualTo(200);
  }

  private static void assertConflict(HttpResponse<String> answer, long pending, long next) {
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(MirrorInfo.parse(answer.body()))
        .isEqualTo(new MirrorInfo(pending, next, Content.of(new byte[0])));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return calls.post(path, body);
  }

  private HttpResponse<String> upload(byte[] body) throws Exception {
    return calls.upload(body);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return calls.get(path);
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
