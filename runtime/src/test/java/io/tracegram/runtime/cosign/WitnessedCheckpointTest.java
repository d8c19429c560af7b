package io.tracegram.runtime.cosign;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as witnessed, before and after a restart. */
class WitnessedCheckpointTest {
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, secret(0).publicKey());
  private static final NoteKey ONE = witness(1);
  private static final NoteKey TWO = witness(2);
  private static final TlogPolicy BOTH = TlogPolicy.all(List.of(LOG), List.of(ONE, TWO), List.of());

  private Path file;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = directory.resolve("log/witnessed");
  }

  @Test
  void oneCosignerDoesNotSufficeWhereThePolicyAsksForTwo() {
    WitnessedCheckpoint witnessed = of(BOTH);
    witnessed.offer(note(5, 1));
    assertThat(witnessed.size()).isEmpty();
    witnessed.offer(note(5, 1, 2));
    assertThat(witnessed.size()).hasValue(5);
    assertThat(witnessed.witnesses()).containsExactly("w1.example", "w2.example");
    witnessed.offer(note(9, 2));
    assertThat(witnessed.size()).as("a newer one with one cosignature").hasValue(5);
    witnessed.offer(note(3, 1, 2));
    assertThat(witnessed.size()).as("never back").hasValue(5);
  }

  @Test
  void survivesARestart() {
    of(BOTH).offer(note(5, 1, 2));
    assertThat(of(BOTH).newest()).contains(note(5, 1, 2));
  }

  @Test
  void isJudgedAgainWhenItIsRead() throws IOException {
    of(BOTH).offer(note(5, 1, 2));
    NoteKey three = witness(3);
    TlogPolicy stricter = TlogPolicy.all(List.of(LOG), List.of(ONE, TWO, three), List.of());
    assertThat(of(stricter).size()).as("the policy asks for more now").isEmpty();
    assertThat(new WitnessedCheckpoint(file, BOTH, head -> head.size() <= 4).size())
        .as("the disk was rolled back below it")
        .isEmpty();
    Files.writeString(file, Files.readString(file).replace("\n5\n", "\n9\n"));
    assertThat(of(BOTH).size()).as("somebody wrote a larger size").isEmpty();
    Files.writeString(file, "nonsense");
    assertThat(of(BOTH).size()).isEmpty();
  }

  @Test
  void aPolicyThatAsksForNobodyMakesNothingWitnessed() {
    WitnessedCheckpoint witnessed = of(TlogPolicy.all(List.of(LOG), List.of(), List.of(ONE)));
    witnessed.offer(note(5, 1, 2));
    assertThat(witnessed.size()).isEmpty();
    assertThat(Files.exists(file)).isFalse();
  }

  private WitnessedCheckpoint of(TlogPolicy policy) {
    return new WitnessedCheckpoint(file, policy, head -> head.origin().equals(LOG.name()));
  }

  private static SignedNote note(long size, int... witnesses) {
    String text = new Checkpoint(LOG.name(), size, Hash.ZERO).text();
    SignedNote note = SignedNote.signedBy(text, LOG, secret(0));
    for (int number : witnesses) {
      note = note.with(SignedNote.cosign(text, witness(number), secret(number), 1_700_000_000));
    }
    return note;
  }

  private static NoteKey witness(int number) {
    return new NoteKey(
        "w" + number + ".example", NoteKey.Type.COSIGNER, secret(number).publicKey());
  }

  private static PrivateKey secret(int number) {
    byte[] secret = new byte[32];
    secret[0] = (byte) number;
    return PrivateKey.of(Algorithm.ED25519, secret);
  }
}
