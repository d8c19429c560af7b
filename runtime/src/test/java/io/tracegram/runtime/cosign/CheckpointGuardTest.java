package io.tracegram.runtime.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.OriginHash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules and status codes of tlog-witness, and that one history is accepted only. */
class CheckpointGuardTest {
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final PrivateKey OWN = PrivateKey.of(Algorithm.ED25519, Hash.sha256().bytes());
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());
  private static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.COSIGNER, OWN.publicKey());
  private static final Cosigner COSIGNER =
      new Cosigner(WITNESS, OWN, Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

  private Path directory;
  private CheckpointGuard guard;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    directory = temporary;
    guard = new CheckpointGuard(directory, List.of(LOG), List.of(), List.of(COSIGNER));
  }

  @Test
  void cosignsAGrowingLog() {
    long old = 0;
    for (int size : new int[] {0, 1, 1, 7, 256, 257, 300}) {
      Decision decision = guard.offer(request("a", old, size));
      assertThat(decision).isInstanceOf(Decision.Accepted.class);
      SignedNote note = ((Decision.Accepted) decision).note();
      assertThat(note.isSignedBy(LOG)).isTrue();
      assertThat(note.cosignedAt(WITNESS)).hasValue(1_700_000_000);
      assertThat(guard.newest(LOG.name())).contains(note);
      old = size;
    }
  }

  @Test
  void storesBeforeItAnswersAndRefusesARollbackAfterARestart() throws IOException {
    guard.offer(request("a", 0, 7));
    CheckpointGuard restarted =
        new CheckpointGuard(directory, List.of(LOG), List.of(), List.of(COSIGNER));
    assertThat(restarted.newest(LOG.name())).isEqualTo(guard.newest(LOG.name()));
    assertThat(restarted.offer(request("a", 0, 5))).isEqualTo(new Decision.Conflict(7));
    assertThat(restarted.offer(request("a", 7, 5))).isInstanceOf(Decision.Malformed.class);
    assertThat(restarted.offer(request("a", 7, 9))).isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void refusesAForkOfWhatItKnows() {
    guard.offer(request("a", 0, 7));
    assertThat(guard.offer(request("b", 7, 9))).isInstanceOf(Decision.Inconsistent.class);
    assertThat(guard.offer(request("b", 7, 7))).isInstanceOf(Decision.Inconsistent.class);
    assertThat(guard.newest(LOG.name()).orElseThrow().text()).isEqualTo(checkpoint("a", 7).text());
  }

  @Test
  void answersWithTheStatusOfTheSpecification() {
    guard.offer(request("a", 0, 7));
    assertThat(guard.offer("hello").status()).isEqualTo(400);
    assertThat(guard.offer(request("a", 3, 9))).isEqualTo(new Decision.Conflict(7));
    assertThat(guard.offer(request("a", 3, 9)).status()).isEqualTo(409);
    assertThat(guard.offer(request("b", 7, 9)).status()).isEqualTo(422);

    Checkpoint foreign = new Checkpoint("plant.example/b", 1, Hash.ZERO);
    SignedNote unknown = SignedNote.signedBy(foreign.text(), LOG, SECRET);
    assertThat(guard.offer(new AddCheckpointRequest(0, List.of(), unknown).format()).status())
        .isEqualTo(404);

    NoteKey impostor = new NoteKey(LOG.name(), NoteKey.Type.LOG, OWN.publicKey());
    SignedNote unsigned = SignedNote.signedBy(checkpoint("a", 9).text(), impostor, OWN);
    assertThat(guard.offer(new AddCheckpointRequest(7, proof("a", 7, 9), unsigned).format()))
        .isInstanceOf(Decision.NotSigned.class)
        .extracting(Decision::status)
        .isEqualTo(403);
  }

  @Test
  void aProofFromNothingIsEmptyAndAnEmptyTreeHasItsOneRoot() {
    SignedNote note = SignedNote.signedBy(checkpoint("a", 3).text(), LOG, SECRET);
    assertThat(guard.offer(new AddCheckpointRequest(0, List.of(Hash.ZERO), note).format()))
        .isInstanceOf(Decision.Inconsistent.class);
    SignedNote empty =
        SignedNote.signedBy(new Checkpoint(LOG.name(), 0, Hash.ZERO).text(), LOG, SECRET);
    assertThat(guard.offer(new AddCheckpointRequest(0, List.of(), empty).format()))
        .isInstanceOf(Decision.Inconsistent.class);
  }

  @Test
  void keepsNoSignatureOfStrangers() {
    SignedNote note =
        SignedNote.signedBy(checkpoint("a", 3).text(), LOG, SECRET)
            .with(SignedNote.cosign("another text\n", WITNESS, OWN, 5));
    Decision decision = guard.offer(new AddCheckpointRequest(0, List.of(), note).format());
    assertThat(((Decision.Accepted) decision).note().signatures()).hasSize(2);
    assertThat(((Decision.Accepted) decision).note().cosignedAt(WITNESS)).hasValue(1_700_000_000);
  }

  @Test
  void keepsCosignaturesOfKnownWitnessesAcrossOffersOfTheSameCheckpoint() throws IOException {
    CheckpointGuard pending =
        new CheckpointGuard(
            directory.resolve("pending"), List.of(LOG), List.of(WITNESS), List.of());
    SignedNote plain = SignedNote.signedBy(checkpoint("a", 3).text(), LOG, SECRET);
    SignedNote witnessed = plain.with(SignedNote.cosign(plain.text(), WITNESS, OWN, 5));
    pending.offer(new AddCheckpointRequest(0, List.of(), plain).format());
    pending.offer(new AddCheckpointRequest(3, List.of(), witnessed).format());
    pending.offer(new AddCheckpointRequest(3, List.of(), plain).format());
    assertThat(pending.newest(LOG.name())).contains(witnessed);
    pending.offer(request("a", 3, 4));
    assertThat(pending.newest(LOG.name()).orElseThrow().signatures()).hasSize(1);
  }

  @Test
  void ofManyAtOnceExactlyOneHistoryIsAccepted() throws Exception {
    guard.offer(request("a", 0, 7));
    List<Callable<Decision>> offers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int size = 8 + i;
      offers.add(() -> guard.offer(request("a", 7, size)));
      offers.add(() -> guard.offer(request("b", 7, size)));
    }
    List<Decision> decisions = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Decision> decision : threads.invokeAll(offers)) {
        decisions.add(decision.get());
      }
    }
    assertThat(decisions.stream().filter(Decision.Accepted.class::isInstance)).hasSize(1);
  }

  @Test
  void answersWithTheCosignatureOfEachOfItsKeys(@TempDir Path temporary) throws IOException {
    PrivateKey secret = PrivateKey.of(Algorithm.ML_DSA_44, new byte[32]);
    NoteKey quantumSafe = new NoteKey(WITNESS.name(), NoteKey.Type.ML_DSA_44, secret.publicKey());
    CheckpointGuard two =
        new CheckpointGuard(
            temporary.resolve("two"),
            List.of(LOG),
            List.of(),
            List.of(COSIGNER, new Cosigner(quantumSafe, secret, COSIGNER.clock())));
    Decision.Accepted accepted = (Decision.Accepted) two.offer(request("a", 0, 7));
    SignedNote answered = SignedNote.parse(checkpoint("a", 7).text() + "\n" + accepted.body());
    assertThat(answered.signatures()).hasSize(2);
    assertThat(answered.cosignedAt(WITNESS)).hasValue(1_700_000_000);
    assertThat(answered.cosignedAt(quantumSafe)).hasValue(1_700_000_000);
    assertThat(accepted.note().signatures()).hasSize(3);
  }

  @Test
  void startsNotFromAStoredCheckpointThatIsDamagedOrOfAnotherKey() throws IOException {
    guard.offer(request("a", 0, 7));
    Path file = directory.resolve(OriginHash.of(LOG.name())).resolve("checkpoint");
    NoteKey other = new NoteKey(LOG.name(), NoteKey.Type.LOG, OWN.publicKey());
    assertThatThrownBy(() -> new CheckpointGuard(directory, List.of(other), List.of(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not signed by");
    Files.writeString(file, "");
    assertThatThrownBy(() -> new CheckpointGuard(directory, List.of(LOG), List.of(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("do not delete it");
  }

  private static String request(String history, long old, int size) {
    SignedNote note = SignedNote.signedBy(checkpoint(history, size).text(), LOG, SECRET);
    List<Hash> proof = old > 0 && old <= size ? proof(history, old, size) : List.of();
    return new AddCheckpointRequest(old, proof, note).format();
  }

  private static Checkpoint checkpoint(String history, int size) {
    return new Checkpoint(LOG.name(), size, root(history, 0, size));
  }

  private static List<Hash> proof(String history, long old, int size) {
    return MerkleTree.consistencyProof(
        (level, index) -> root(history, (int) (index << level), (int) ((index + 1) << level)),
        old,
        size);
  }

  private static Hash root(String history, int start, int end) {
    Frontier frontier = new Frontier();
    for (int i = start; i < end; i++) {
      frontier.append(
          MerkleTree.leafHash((history + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return frontier.root();
  }
}
