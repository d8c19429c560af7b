package io.tracegram.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the publisher signs, on a real disk. */
class CheckpointPublisherTest {
  private static final CheckpointSigner SIGNER =
      CheckpointSigner.of(
          "operator.example/plant",
          PrivateKey.of(Algorithm.ED25519, new byte[32]),
          PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]));
  private static final PrivateKey WITNESS_SECRET =
      PrivateKey.of(
          Algorithm.ML_DSA_44,
          "a witness of thirty-two letters.".getBytes(StandardCharsets.US_ASCII));
  private static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.ML_DSA_44, WITNESS_SECRET.publicKey());

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private Path directory;
  private EvidenceLog log;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    directory = temporary;
    log = EvidenceLog.open(directory.resolve("log"));
    log.append(List.of("leaf".getBytes(StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() throws IOException {
    scheduler.close();
    log.close();
  }

  @Test
  void signsWithBothKeys() {
    publisher().publishNow();
    SignedNote note = log.checkpoint().orElseThrow();
    assertThat(SIGNER.keys()).allMatch(note::isSignedBy);
    assertThat(note.signatures()).hasSize(2);
  }

  @Test
  void aLogFromBeforeTheMlDsaKeyGetsItsLineAtTheNextStart() {
    String text = new Checkpoint(SIGNER.key().name(), 1, log.root(1)).text();
    log.publish(SignedNote.signedBy(text, SIGNER.key(), SIGNER.signer()));
    CheckpointPublisher publisher = publisher();
    publisher.start();
    publisher.publishNow();
    assertThat(log.checkpoint().orElseThrow()).isEqualTo(SIGNER.sign(text));
  }

  @Test
  void aLogThatMustNotSignGetsNone() {
    String text = new Checkpoint(SIGNER.key().name(), 1, log.root(1)).text();
    SignedNote old = SignedNote.signedBy(text, SIGNER.key(), SIGNER.signer());
    log.publish(old);
    publisher().stopSigning("restore the log", "two checkpoints");
    CheckpointPublisher restarted = publisher();
    restarted.start();
    restarted.publishNow();
    assertThat(restarted.isStopped()).isTrue();
    assertThat(restarted.stoppedBecause()).contains("restore the log");
    assertThat(directory.resolve("log/fork-proof")).hasContent("two checkpoints");
    assertThat(log.checkpoint()).contains(old);
  }

  @Test
  void cosignaturesComeBesideBothLines() {
    CheckpointPublisher publisher = publisher();
    publisher.publishNow();
    SignedNote note = log.checkpoint().orElseThrow();
    SignedNote.Signature cosignature =
        SignedNote.cosign(note.text(), WITNESS, WITNESS_SECRET, 1_700_000_000);
    SignedNote withoutMlDsa =
        new SignedNote(note.text(), List.of(note.signatures().getFirst(), cosignature));
    publisher.addCosignatures(withoutMlDsa);
    publisher.publishNow();
    SignedNote published = log.checkpoint().orElseThrow();
    assertThat(SIGNER.keys()).allMatch(published::isSignedBy);
    assertThat(published.cosignedAt(WITNESS)).hasValue(1_700_000_000);
    assertThat(publisher.cosigned()).contains(published);
  }

  private CheckpointPublisher publisher() {
    return new CheckpointPublisher(
        log, SIGNER, scheduler, () -> {}, directory.resolve("log/forked"));
  }
}
