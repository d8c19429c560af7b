package io.tracegram.cloud.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.MirrorInfo;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.cosign.Cosigner;
import io.tracegram.runtime.cosign.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill −9 leaves after each answer, and what the answers say of signatures and origins. */
class MirrorDurabilityTest {
  private static final PrivateKey OWN = PrivateKey.of(Algorithm.ED25519, Hash.sha256().bytes());
  private static final NoteKey MIRROR =
      new NoteKey("cloud.example/mirror", NoteKey.Type.COSIGNER, OWN.publicKey());
  private static final SampleLog LOG = new SampleLog("honest", 700);

  @Test
  void everyAnswerIsOnDiskBeforeItIsGiven(@TempDir Path directory) throws IOException {
    Path data = directory.resolve("mirror");
    try (Mirror mirror = open(data)) {
      assertThat(mirror.addCheckpoint(LOG.addCheckpoint(0, 600)).status()).isEqualTo(200);
      try (Mirror killed = open(copied(data, directory.resolve("pending")))) {
        assertThat(killed.addCheckpoint(LOG.addCheckpoint(0, 500)))
            .isEqualTo(new Decision.Conflict(600));
      }
      UploadAnswer part = upload(mirror, LOG.upload(0, 600, 1));
      assertThat(part).isInstanceOf(UploadAnswer.Continue.class);
      try (Mirror killed = open(copied(data, directory.resolve("part")))) {
        assertThat(upload(killed, LOG.upload(256, 600, 32)))
            .isInstanceOf(UploadAnswer.Completed.class);
      }
      UploadAnswer all = upload(mirror, LOG.upload(256, 600, 32));
      assertThat(all).isInstanceOf(UploadAnswer.Completed.class);
      try (Mirror killed = open(copied(data, directory.resolve("all")))) {
        MirroredLog copy = killed.log(SampleLog.KEY.name()).orElseThrow();
        SignedNote served = copy.checkpoint().orElseThrow();
        assertThat(served.format()).contains(all.body());
        assertThat(served.cosignedAt(MIRROR)).isPresent();
        assertThat(copy.entries(0, 600)).containsExactlyElementsOf(LOG.entries.subList(0, 600));
      }
    }
  }

  /**
   * tlog-mirror asks a mirror to accept several pending checkpoints (SHOULD), which it may know
   * from memory; what it knows no more it answers with 409 and the current one, from which a client
   * goes on without sending anything twice.
   */
  @Test
  void anEndThatARestartForgotIsAnsweredWithTheOneToGoOnWith(@TempDir Path directory)
      throws IOException {
    try (Mirror mirror = open(directory)) {
      mirror.addCheckpoint(LOG.addCheckpoint(0, 300));
      mirror.addCheckpoint(LOG.addCheckpoint(300, 600));
      assertThat(info(upload(mirror, LOG.upload(0, 300, 1))).pendingSize()).isEqualTo(300);
    }
    try (Mirror restarted = open(directory)) {
      UploadAnswer answer = upload(restarted, LOG.upload(256, 300, 32));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(info(answer).pendingSize()).isEqualTo(600);
      assertThat(info(answer).nextEntry()).as("nothing is lost").isEqualTo(256);
      assertThat(upload(restarted, LOG.upload(256, 600, 32)))
          .isInstanceOf(UploadAnswer.Completed.class);
    }
  }

  @Test
  void refusesCheckpointsOfStrangersAndOfUnknownLogs(@TempDir Path directory) throws IOException {
    try (Mirror mirror = open(directory)) {
      String text = LOG.checkpoint(5).text();
      NoteKey impostor = new NoteKey(SampleLog.KEY.name(), NoteKey.Type.LOG, OWN.publicKey());
      assertThat(offer(mirror, SignedNote.signedBy(text, impostor, OWN))).isEqualTo(403);
      SignedNote bad = SignedNote.signedBy("plant.example/a\n1\n", SampleLog.KEY, SampleLog.SECRET);
      assertThat(offer(mirror, new SignedNote(text, bad.signatures()))).isEqualTo(403);
      String foreign = new Checkpoint("plant.example/b", 5, Hash.ZERO).text();
      SignedNote unknown = SignedNote.signedBy(foreign, SampleLog.KEY, SampleLog.SECRET);
      assertThat(offer(mirror, unknown)).isEqualTo(404);
      assertThat(mirror.log(SampleLog.KEY.name()).orElseThrow().checkpoint()).isEmpty();
    }
  }

  /** The answer to a fork carries what proves it: our word is not needed. */
  @Test
  void aContradictionEnclosesTheCheckpointItContradicts(@TempDir Path directory)
      throws IOException {
    try (Mirror mirror = open(directory)) {
      mirror.addCheckpoint(LOG.addCheckpoint(0, 300));
      Decision decision = mirror.addCheckpoint(new SampleLog("lie", 400).addCheckpoint(300, 400));
      assertThat(decision.status()).isEqualTo(422);
      String enclosed = decision.body().substring(decision.body().indexOf("\n\n") + 2);
      assertThat(SignedNote.parse(enclosed).isSignedBy(SampleLog.KEY)).isTrue();
      assertThat(SignedNote.parse(enclosed).text()).isEqualTo(LOG.checkpoint(300).text());
    }
  }

  private static Mirror open(Path directory) throws IOException {
    return Mirror.open(
        directory,
        List.of(SampleLog.KEY),
        List.of(),
        TlogPolicy.all(List.of(SampleLog.KEY), List.of(), List.of()),
        new Cosigner(MIRROR, OWN, Clock.systemUTC()));
  }

  private static int offer(Mirror mirror, SignedNote note) {
    return mirror.addCheckpoint(new AddCheckpointRequest(0, List.of(), note).format()).status();
  }

  private static UploadAnswer upload(Mirror mirror, byte[] body) {
    Upload upload = mirror.upload();
    Optional<UploadAnswer> early = upload.feed(body);
    return early.isPresent() ? early.get() : upload.end();
  }

  private static MirrorInfo info(UploadAnswer answer) {
    return MirrorInfo.parse(answer.body());
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
