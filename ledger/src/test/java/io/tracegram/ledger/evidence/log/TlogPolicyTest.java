package io.tracegram.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quorum rules of C2SP tlog-policy, after the example in its text. */
class TlogPolicyTest {
  private static final PrivateKey LOG_SECRET = secret(0);
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, LOG_SECRET.publicKey());
  private static final String TEXT = new Checkpoint("plant.example/a", 5, Hash.ZERO).text();
  private static final List<String> NAMES = List.of("X1", "X2", "X3", "Y1", "Y2", "Y3");

  /** Two of three of one organization, and any of another. */
  private static final String FILE =
      """
      # two organizations
      log %s https://plant.example/log

      witness X1 %s
        witness X2 %s
      witness X3\t%s
      group X-witnesses 2 X1 X2 X3
      witness Y1 %s
      witness Y2 %s
      witness Y3 %s
      group Y-witnesses any Y1 Y2 Y3
      group X-and-Y all X-witnesses Y-witnesses
      quorum X-and-Y
      """
          .formatted(LOG.vkey(), vkey(1), vkey(2), vkey(3), vkey(4), vkey(5), vkey(6));

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "X1 X2, false",
    "X1 Y1, false",
    "Y1 Y2 Y3, false",
    "X1 X2 X3, false",
    "X1 X2 Y3, true",
    "X2 X3 Y1, true",
    "X1 X2 X3 Y1 Y2 Y3, true"
  })
  void theQuorumIsMetByTheRightWitnessesOnly(String cosigners, boolean met) {
    TlogPolicy policy = TlogPolicy.parse(FILE);
    SignedNote note = cosigned(cosigners);
    assertThat(policy.isWitnessed(note)).isEqualTo(met);
    assertThat(policy.judge(note).accepted()).isEqualTo(met);
    assertThat(String.join(" ", policy.witnessing(note))).isEqualTo(cosigners);
    assertThat(policy.quorumText()).isEqualTo("2 of (2 of (X1, X2, X3), 1 of (Y1, Y2, Y3))");
  }

  @Test
  void aMetQuorumDoesNotHelpAnUnknownOrUnsignedLog() {
    TlogPolicy policy = TlogPolicy.parse(FILE);
    SignedNote unsigned = new SignedNote(TEXT, cosigned("X1 X2 Y1").signatures().subList(1, 4));
    assertThat(policy.judge(unsigned).refusal().orElseThrow()).contains("not signed by");
    SignedNote foreign = SignedNote.signedBy(TEXT.replace("/a", "/b"), LOG, LOG_SECRET);
    assertThat(policy.judge(foreign).refusal().orElseThrow()).contains("does not know");
  }

  @Test
  void theDefaultAsksForEveryWitnessAndTellsOthersByName() {
    TlogPolicy policy =
        TlogPolicy.all(List.of(LOG), List.of(witness(1), witness(2)), List.of(witness(3)));
    assertThat(policy.asksForWitnesses()).isTrue();
    SignedNote one = note(1, 3);
    assertThat(policy.judge(one).accepted()).isFalse();
    assertThat(policy.judge(one).cosignedBy()).containsExactly("w1.example", "w3.example");
    assertThat(policy.judge(note(1, 2)).accepted()).isTrue();
    assertThat(policy.quorumText()).isEqualTo("2 of (w1.example, w2.example)");
  }

  @Test
  void withoutWitnessesNothingIsAskedFor() {
    TlogPolicy policy = TlogPolicy.all(List.of(LOG), List.of(), List.of(witness(3)));
    assertThat(policy.asksForWitnesses()).isFalse();
    assertThat(policy.judge(note()).accepted()).isTrue();
    assertThat(policy.quorumText()).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quorum a\n",
        "quorum none\nquorum none\n",
        "quorum none\r\n",
        "quorum none extra\n",
        "witness a W1\nwitness a W2\nquorum a\n",
        "witness a W1\nwitness b W1\nquorum a\n",
        "witness none W1\nquorum none\n",
        "log L\nlog L\nquorum none\n",
        "log W1\nquorum none\n",
        "witness a L\nquorum a\n",
        "witness a W1\ngroup g all a a\nquorum g\n",
        "witness a W1\nwitness b W2\ngroup g any a b\ngroup h any a b\nquorum g\n",
        "witness a W1\ngroup g 0 a\nquorum g\n",
        "witness a W1\ngroup g 2 a\nquorum g\n",
        "witness a W1\ngroup g +1 a\nquorum g\n",
        "witness a W1\ngroup g 01 a\nquorum g\n",
        "witness a W1\ngroup g all g\nquorum g\n",
        "witness a W1\ngroup g all none\nquorum g\n",
        "group g all\nquorum g\n",
        "witnes a W1\nquorum none\n",
        "quorum\u000bnone\n"
      })
  void refusesWhatIsNoPolicy(String file) {
    String filled =
        file.replace("W1", vkey(1)).replace("W2", vkey(2)).replace("L\n", LOG.vkey() + "\n");
    assertThatThrownBy(() -> TlogPolicy.parse(filled)).isInstanceOf(MalformedException.class);
  }

  private static SignedNote cosigned(String cosigners) {
    SignedNote note = SignedNote.signedBy(TEXT, LOG, LOG_SECRET);
    for (String name : cosigners.split(" ", -1)) {
      int number = NAMES.indexOf(name) + 1;
      note = number == 0 ? note : note.with(cosignature(number));
    }
    return note;
  }

  private static SignedNote note(int... cosigners) {
    List<SignedNote.Signature> lines =
        new ArrayList<>(SignedNote.signedBy(TEXT, LOG, LOG_SECRET).signatures());
    for (int cosigner : cosigners) {
      lines.add(cosignature(cosigner));
    }
    return new SignedNote(TEXT, lines);
  }

  private static SignedNote.Signature cosignature(int number) {
    return SignedNote.cosign(TEXT, witness(number), secret(number), 1_700_000_000);
  }

  private static NoteKey witness(int number) {
    return new NoteKey(
        "w" + number + ".example", NoteKey.Type.COSIGNER, secret(number).publicKey());
  }

  private static String vkey(int number) {
    return witness(number).vkey();
  }

  private static PrivateKey secret(int number) {
    byte[] secret = new byte[32];
    secret[0] = (byte) number;
    return PrivateKey.of(Algorithm.ED25519, secret);
  }
}
