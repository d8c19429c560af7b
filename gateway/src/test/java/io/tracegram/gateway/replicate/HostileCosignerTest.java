package io.tracegram.gateway.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.runtime.cosign.CheckpointGuard;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.Decision;
import io.tracegram.runtime.cosign.WitnessedCheckpoint;
import io.tracegram.runtime.log.CheckpointPublisher;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mirrors and witnesses that lie, over real sockets; beside each, an honest witness goes on. */
class HostileCosignerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String ORIGIN = "plant.example/a";
  private static final CheckpointSigner SIGNER =
      CheckpointSigner.of(ORIGIN, secret(0), PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]));
  private static final PrivateKey HOSTILE_SECRET = secret(1);
  private static final NoteKey HOSTILE =
      new NoteKey("hostile.example/w", NoteKey.Type.COSIGNER, HOSTILE_SECRET.publicKey());
  private static final PrivateKey HONEST_SECRET = secret(2);
  private static final NoteKey HONEST =
      new NoteKey("honest.example/w", NoteKey.Type.COSIGNER, HONEST_SECRET.publicKey());

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final List<SignedNote> cosigned = new CopyOnWriteArrayList<>();
  private final List<ForkProof> forks = new CopyOnWriteArrayList<>();
  private Path directory;
  private RawServer honest;

  /** What a hostile witness does with an offered checkpoint; all else of it answers 404. */
  private enum Lie {
    WRONG_SIGNATURE(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        byte[] blob = cosignature(offered.text(), HOSTILE, HOSTILE_SECRET).blob().bytes();
        blob[40] ^= 1;
        ok(out, new SignedNote.Signature(HOSTILE.name(), Content.of(blob)).line());
      }
    },
    OTHER_KEY(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        NoteKey other = new NoteKey(HOSTILE.name(), HOSTILE.type(), secret(9).publicKey());
        ok(out, cosignature(offered.text(), other, secret(9)).line());
      }
    },
    OTHER_CHECKPOINT(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        String other = new Checkpoint(ORIGIN, 2, Hash.ZERO).text();
        ok(out, cosignature(other, HOSTILE, HOSTILE_SECRET).line());
      }
    },
    EMPTY_BODY(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        ok(out, "");
      }
    },
    LARGER_SIZE_WITHOUT_PROOF(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(RawServer.answer(409, "999999999\n"));
      }
    },
    CONFLICT_WITH_GARBAGE(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(RawServer.answer(409, "-1\u0000<script>"));
      }
    },
    CONTRADICTION_WITHOUT_PROOF(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(RawServer.answer(422, "another history\n"));
      }
    },
    CONTRADICTION_WITH_OUR_OWN_CHECKPOINT(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(RawServer.answer(422, "another history\n\n" + offered.format()));
      }
    },
    CONTRADICTION_SIGNED_BY_SOMEBODY_ELSE(true) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        NoteKey forger = new NoteKey(ORIGIN, NoteKey.Type.LOG, secret(9).publicKey());
        String other = new Checkpoint(ORIGIN, 3, Hash.ZERO).text();
        SignedNote forged = SignedNote.signedBy(other, forger, secret(9));
        out.write(RawServer.answer(422, "another history\n\n" + forged.format()));
      }
    },
    ENDLESS_BODY(false) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(RawServer.head(200, "X: y").getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[65_536];
        while (true) {
          out.write(block);
        }
      }
    },
    ONE_BYTE_AT_A_TIME(false) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException, InterruptedException {
        out.write(RawServer.head(200, "X: y").getBytes(StandardCharsets.US_ASCII));
        while (true) {
          out.write('.');
          out.flush();
          // the attack itself: nothing waits for this
          Thread.sleep(Duration.ofMillis(200));
        }
      }
    },
    REDIRECT(false) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write(
            RawServer.head(307, "Location: /elsewhere\r\nContent-Length: 0")
                .getBytes(StandardCharsets.US_ASCII));
      }
    },
    BROKEN_OFF(false) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
      }
    },
    NO_HTTP(false) {
      @Override
      void answer(SignedNote offered, OutputStream out) throws IOException {
        out.write("\u0016\u0003\u0001".getBytes(StandardCharsets.US_ASCII));
      }
    };

    /** True if it claims something that we refuse; false if it gives no answer at all. */
    private final boolean claims;

    Lie(boolean claims) {
      this.claims = claims;
    }

    abstract void answer(SignedNote offered, OutputStream out)
        throws IOException, InterruptedException;

    static void ok(OutputStream out, String body) throws IOException {
      out.write(RawServer.answer(200, body));
    }
  }

  /** What a hostile mirror says to an upload, after it took the checkpoint. */
  private enum MirrorLie {
    HOLDS_MORE_THAN_THERE_IS(202, "5\n999999\n\n"),
    NOT_OUR_ENTRIES(422, "not of this checkpoint\n"),
    GARBAGE(409, "sizes? what sizes"),
    NO_COSIGNATURE(200, "thanks\n");

    private final int status;
    private final String body;

    MirrorLie(int status, String body) {
      this.status = status;
      this.body = body;
    }
  }

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    directory = temporary;
    CheckpointGuard guard =
        new CheckpointGuard(
            directory.resolve("honest"),
            List.of(SIGNER.key()),
            List.of(),
            List.of(new Cosigner(HONEST, HONEST_SECRET, Clock.systemUTC())));
    honest =
        new RawServer(
            (path, body, out) -> {
              if (path.equals("/add-checkpoint")) {
                Decision decision = guard.offer(body);
                out.write(RawServer.answer(decision.status(), decision.body()));
              } else {
                out.write(
                    guard
                        .newest(ORIGIN)
                        .map(note -> RawServer.answer(200, note.format()))
                        .orElseGet(() -> RawServer.answer(404, "")));
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    honest.close();
    scheduler.close();
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void aLyingWitnessIsRefusedAndEverythingElseGoesOn(Lie lie) throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("log"));
        RawServer hostile =
            new RawServer(
                (path, body, out) -> {
                  if (path.equals("/add-checkpoint")) {
                    lie.answer(AddCheckpointRequest.parse(body).note(), out);
                  } else {
                    out.write(RawServer.answer(404, ""));
                  }
                });
        Replicator replicator =
            replicator(
                log,
                Optional.empty(),
                List.of(
                    new Replicator.Cosigner(hostile.url(), HOSTILE),
                    new Replicator.Cosigner(honest.url(), HONEST)))) {
      grow(log, "honest", 5);
      replicator.start();
      await().atMost(LONG).until(() -> isRefused(replicator.status(), lie.claims));
      grow(log, "honest", 9);
      replicator.published();
      await().atMost(LONG).until(() -> cosigned.stream().anyMatch(note -> sizeOf(note) == 9));

      assertThat(replicator.status().stopped()).isFalse();
      assertThat(forks).isEmpty();
      assertThat(cosigned).allMatch(note -> note.cosignedAt(HONEST).isPresent());
      assertThat(cosigned).noneMatch(note -> note.names(HOSTILE));
      assertThat(hostile.asked()).doesNotContain("/elsewhere");
      assertThat(witnessed(log, List.of(HONEST)).size()).hasValue(9);
      assertThat(witnessed(log, List.of(HONEST, HOSTILE)).size()).as("two are asked for").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(MirrorLie.class)
  void aLyingMirrorIsRefusedAndEverythingElseGoesOn(MirrorLie lie) throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("log"));
        RawServer hostile =
            new RawServer(
                (path, body, out) ->
                    out.write(
                        path.equals("/add-entries")
                            ? RawServer.answer(lie.status, lie.body)
                            : RawServer.answer(path.equals("/add-checkpoint") ? 200 : 404, "")));
        Replicator replicator =
            replicator(
                log,
                Optional.of(new Replicator.Cosigner(hostile.url(), HOSTILE)),
                List.of(new Replicator.Cosigner(honest.url(), HONEST)))) {
      grow(log, "honest", 5);
      replicator.start();
      await().atMost(LONG).until(() -> !replicator.status().doubts().isEmpty());
      ReplicationStatus.Doubt doubt = replicator.status().doubts().getFirst();
      assertThat(doubt.cosigner()).isEqualTo(HOSTILE.name());
      assertThat(doubt.reason()).contains(hostile.url().toString());
      assertThat(replicator.status().mirroredSize()).isZero();
      assertThat(replicator.status().refused()).isPositive();
      await().atMost(LONG).until(() -> replicator.status().witnessedSize() == 5);
      assertThat(forks).isEmpty();
    }
  }

  @Test
  void aRestoredDiskIsAProvenForkWhichStopsTheSigningForGood() throws IOException {
    replicate("log", 100);
    copy(directory.resolve("log"), directory.resolve("restored"));
    replicate("log", 300);

    Path forked = directory.resolve("restored/forked");
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("restored"))) {
      CheckpointPublisher publisher = publisher(log, forked);
      grow(log, "other", 350);
      try (Replicator replicator = replicator(log, publisher)) {
        replicator.start();
        await().atMost(LONG).until(publisher::isStopped);
        assertThat(replicator.status().stopped()).isTrue();
      }
      ForkProof proof = forks.getFirst();
      Checkpoint theirs = Checkpoint.parse(proof.theirs().text());
      Checkpoint ours = Checkpoint.parse(proof.ours().orElseThrow().text());
      assertThat(proof.theirs().isSignedBy(SIGNER.key())).isTrue();
      assertThat(proof.ours().orElseThrow().isSignedBy(SIGNER.key())).isTrue();
      Hash here = proof.rootHere().orElseThrow();
      assertThat(here).isNotEqualTo(theirs.root());
      assertThat(
              MerkleTree.verifyConsistency(
                  theirs.size(), here, ours.size(), proof.consistency(), ours.root()))
          .as("anyone can check it")
          .isTrue();

      log.append(List.of("one more".getBytes(StandardCharsets.UTF_8)));
      publisher.publishNow();
      assertThat(log.publishedSize()).as("readings are kept, not signed for").isEqualTo(350);
    }
    assertThat(directory.resolve("restored/fork-proof")).hasContent(forks.getFirst().document());
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("restored"))) {
      CheckpointPublisher restarted = publisher(log, forked);
      assertThat(restarted.isStopped()).isTrue();
      assertThat(restarted.stoppedBecause().orElseThrow())
          .contains("log/fork-proof", "restore the log from the mirror", "remove log/forked");
      restarted.publishNow();
      assertThat(log.publishedSize()).isEqualTo(350);
    }
  }

  @Test
  void aDiskThatLostLeavesIsProvenByTheLargerCheckpointItOnceSigned() throws IOException {
    replicate("log", 100);
    copy(directory.resolve("log"), directory.resolve("restored"));
    replicate("log", 300);
    try (EvidenceLog log = EvidenceLog.open(directory.resolve("restored"))) {
      CheckpointPublisher publisher = publisher(log, directory.resolve("restored/forked"));
      grow(log, "honest", 101);
      try (Replicator replicator = replicator(log, publisher)) {
        replicator.start();
        await().atMost(LONG).until(publisher::isStopped);
      }
      assertThat(forks.getFirst().whatToDo()).contains("leaves were lost here: its size is 300");
      assertThat(forks.getFirst().document()).contains("fewer leaves");
    }
  }

  private static boolean isRefused(ReplicationStatus status, boolean claims) {
    return claims ? !status.doubts().isEmpty() : status.lastError().isPresent();
  }

  private WitnessedCheckpoint witnessed(EvidenceLog log, List<NoteKey> asked) {
    WitnessedCheckpoint witnessed =
        new WitnessedCheckpoint(
            directory.resolve("witnessed" + asked.size()),
            TlogPolicy.all(SIGNER.keys(), asked, List.of()),
            head -> head.root().equals(log.root(head.size())));
    cosigned.forEach(witnessed::offer);
    return witnessed;
  }

  private void replicate(String name, int size) throws IOException {
    try (EvidenceLog log = EvidenceLog.open(directory.resolve(name))) {
      CheckpointPublisher publisher = publisher(log, directory.resolve(name + "/forked"));
      grow(log, "honest", size);
      try (Replicator replicator = replicator(log, publisher)) {
        replicator.start();
        await().atMost(LONG).until(() -> replicator.status().witnessedSize() == size);
      }
    }
  }

  private CheckpointPublisher publisher(EvidenceLog log, Path forked) {
    return new CheckpointPublisher(log, SIGNER, scheduler, () -> {}, forked);
  }

  private Replicator replicator(EvidenceLog log, CheckpointPublisher publisher) {
    return new Replicator(
        log,
        new Replicator.Configuration(
            SIGNER.keys(),
            Optional.empty(),
            List.of(new Replicator.Cosigner(honest.url(), HONEST))),
        Clock.systemUTC(),
        new SecureRandom(),
        new Replicator.Callbacks(
            cosigned::add,
            proof -> {
              forks.add(proof);
              publisher.stopSigning(proof.whatToDo(), proof.document());
            }));
  }

  private Replicator replicator(
      EvidenceLog log, Optional<Replicator.Cosigner> mirror, List<Replicator.Cosigner> witnesses) {
    return new Replicator(
        log,
        new Replicator.Configuration(SIGNER.keys(), mirror, witnesses),
        Clock.systemUTC(),
        new SecureRandom(),
        new Replicator.Callbacks(cosigned::add, forks::add),
        new Transport(Duration.ofMillis(800), Duration.ofMillis(800)));
  }

  private static void grow(EvidenceLog log, String history, int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (long i = log.size(); i < size; i++) {
      leaves.add((history + i).getBytes(StandardCharsets.UTF_8));
    }
    if (!leaves.isEmpty()) {
      log.append(leaves);
      log.publish(SIGNER.sign(new Checkpoint(ORIGIN, size, log.root(size)).text()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static SignedNote.Signature cosignature(String text, NoteKey key, PrivateKey secret) {
    return SignedNote.cosign(text, key, secret, 1_700_000_000);
  }

  private static long sizeOf(SignedNote note) {
    return Checkpoint.parse(note.text()).size();
  }

  private static PrivateKey secret(int number) {
    byte[] secret = new byte[32];
    secret[0] = (byte) number;
    return PrivateKey.of(Algorithm.ED25519, secret);
  }
}
