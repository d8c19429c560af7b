package io.tracegram.deploy.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.cloud.mirror.Mirror;
import io.tracegram.cloud.mirror.MirrorRoutes;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.gateway.replicate.ForkProof;
import io.tracegram.gateway.replicate.ReplicationStatus;
import io.tracegram.gateway.replicate.Replicator;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's replicator with a real mirror and a real witness, over real sockets. */
class ReplicationTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());
  private static final PrivateKey MIRROR_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256().bytes());
  private static final NoteKey MIRROR =
      new NoteKey("cloud.example/mirror", NoteKey.Type.COSIGNER, MIRROR_SECRET.publicKey());

  private final Vertx vertx = Vertx.vertx();
  private final List<SignedNote> cosigned = new CopyOnWriteArrayList<>();
  private final List<ForkProof> forks = new CopyOnWriteArrayList<>();
  private Path directory;
  private Witness witness;
  private Mirror mirror;
  private WebShell web;
  private int mirrorPort;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    directory = temporary;
    witness =
        new Witness(
            vertx,
            new Witness.Configuration(
                "witness.example/w1", directory.resolve("witness"), "127.0.0.1", 0, List.of(LOG)),
            new SecureRandom(),
            Clock.systemUTC());
    mirror =
        Mirror.open(
            directory.resolve("mirror"),
            List.of(LOG),
            List.of(witness.key()),
            TlogPolicy.all(List.of(LOG), List.of(witness.key()), List.of()),
            new Cosigner(MIRROR, MIRROR_SECRET, Clock.systemUTC()));
    web = shell(0);
    mirrorPort = join(web.start());
  }

  private WebShell shell(int port) {
    WebShell shell =
        new WebShell(
            vertx,
            WebAddress.loopback(port),
            new Assets(ReplicationTest.class, List.of()),
            problem -> problem.detail());
    new MirrorRoutes(vertx, mirror, () -> {}).mount(shell.router());
    return shell;
  }

  @AfterEach
  void close() throws IOException {
    join(web.stop());
    mirror.close();
    witness.close();
    join(vertx.close());
  }

  @Test
  void bringsAGrowingLogToMirrorAndWitnessAcrossOutagesAndRestarts() throws Exception {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("log"))) {
      try (Replicator replicator = replicator(log, MIRROR)) {
        replicator.start();
        grow(log, replicator, "honest", 1);
        awaitSize(replicator, 1);
        grow(log, replicator, "honest", 300);
        awaitSize(replicator, 300);

        join(web.stop());
        grow(log, replicator, "honest", 700);
        await().atMost(LONG).until(() -> replicator.status().lastError().isPresent());
        assertThat(replicator.status().lastError().orElseThrow()).contains("not reachable");
        assertThat(replicator.status().mirroredSize()).isEqualTo(300);
        web = shell(mirrorPort);
        join(web.start());
        awaitSize(replicator, 700);
        assertThat(replicator.status().lastError()).isEmpty();
      }
      try (Replicator restarted = replicator(log, MIRROR)) {
        assertThat(restarted.status().mirroredSize()).as("known from the disk").isEqualTo(700);
        restarted.start();
        grow(log, restarted, "honest", 10_000);
        assertThat(restarted.awaitDelivered(LONG)).isTrue();
        awaitSize(restarted, 10_000);
      }
      assertBothVouchFor(log, 10_000);
    }
    assertThat(forks).isEmpty();
  }

  private void assertBothVouchFor(EvidenceLog log, int size) {
    SignedNote handedBack = cosigned.getLast();
    assertThat(Checkpoint.parse(handedBack.text()).size()).isEqualTo(size);
    assertThat(handedBack.isSignedBy(LOG)).isTrue();
    assertThat(handedBack.cosignedAt(MIRROR)).isPresent();
    assertThat(handedBack.cosignedAt(witness.key())).isPresent();
    assertThat(handedBack.signatures()).as("one signature of each").hasSize(3);
    MirroredLog copy = mirror.log(LOG.name()).orElseThrow();
    assertThat(copy.entries(0, size)).containsExactlyElementsOf(log.entries(0, size));
    assertThat(copy.checkpoint().orElseThrow().cosignedAt(witness.key())).isPresent();
  }

  @Test
  void stopsSigningAfterARollback() throws IOException {
    replicateOnce("log", "honest", 300);
    try (EvidenceLog old = EvidenceLog.open(directory.resolve("restored"))) {
      try (Replicator replicator = replicator(old, MIRROR)) {
        grow(old, replicator, "honest", 200);
        replicator.start();
        await().atMost(LONG).until(() -> !forks.isEmpty());
        ReplicationStatus status = replicator.status();
        assertThat(status.stopped()).isTrue();
        assertThat(status.lastError().orElseThrow()).contains("leaves were lost");
      }
    }
  }

  @Test
  void stopsSigningAfterAFork() throws IOException {
    replicateOnce("log", "honest", 300);
    try (EvidenceLog forked = EvidenceLog.open(directory.resolve("forked"))) {
      try (Replicator replicator = replicator(forked, MIRROR)) {
        grow(forked, replicator, "lie", 400);
        replicator.start();
        await().atMost(LONG).until(() -> !forks.isEmpty());
        assertThat(replicator.status().stopped()).isTrue();
        assertThat(forks.getFirst().whatToDo()).contains("another history", "log/fork-proof");
        assertThat(forks.getFirst().document())
            .contains(forks.getFirst().theirs().format(), "Consistency proof");
      }
    }
  }

  @Test
  void believesNoCosignatureOfAnotherKeyThanTheConfiguredOne() throws IOException {
    NoteKey wrong = new NoteKey(MIRROR.name(), NoteKey.Type.COSIGNER, LOG.key());
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("log"));
        Replicator replicator = replicator(log, wrong)) {
      grow(log, replicator, "honest", 3);
      replicator.start();
      await().atMost(LONG).until(() -> !replicator.status().doubts().isEmpty());
      assertThat(replicator.status().doubts().getFirst().reason()).contains("vkey the right");
      assertThat(replicator.status().doubts().getFirst().cosigner()).isEqualTo(MIRROR.name());
      assertThat(replicator.status().refused()).isPositive();
      assertThat(replicator.status().mirroredSize()).isZero();
      assertThat(replicator.status().stopped()).isFalse();
      await().atMost(LONG).until(() -> replicator.status().witnessedSize() == 3);
      assertThat(cosigned).allMatch(note -> note.cosignedAt(MIRROR).isEmpty());
    }
  }

  private void replicateOnce(String name, String history, int size) throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve(name));
        Replicator replicator = replicator(log, MIRROR)) {
      grow(log, replicator, history, size);
      replicator.start();
      awaitSize(replicator, size);
    }
  }

  private Replicator replicator(EvidenceLog log, NoteKey mirrorKey) {
    return new Replicator(
        log,
        new Replicator.Configuration(
            List.of(LOG),
            Optional.of(
                new Replicator.Cosigner(
                    URI.create("http://127.0.0.1:" + mirrorPort + "/mirror"), mirrorKey)),
            List.of(
                new Replicator.Cosigner(
                    URI.create("http://127.0.0.1:" + witness.port()), witness.key()))),
        Clock.systemUTC(),
        new SecureRandom(),
        new Replicator.Callbacks(
            note -> {
              cosigned.add(note);
              // as the gateway does: the newest checkpoint is published again with its cosignatures
              synchronized (log) {
                if (log.checkpoint().orElseThrow().text().equals(note.text())) {
                  log.publish(note);
                }
              }
            },
            forks::add));
  }

  private static void grow(EvidenceLog log, Replicator replicator, String history, int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (long i = log.size(); i < size; i++) {
      leaves.add((history + i).getBytes(StandardCharsets.UTF_8));
    }
    log.append(leaves);
    String text = new Checkpoint(LOG.name(), size, log.root(size)).text();
    synchronized (log) { // one at a time publishes
      log.publish(SignedNote.signedBy(text, LOG, SECRET));
    }
    replicator.published();
  }

  private static void awaitSize(Replicator replicator, long size) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(replicator.status().mirroredSize()).isEqualTo(size);
              assertThat(replicator.status().witnessedSize()).isEqualTo(size);
            });
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
