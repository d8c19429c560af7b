package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are one statement, or refused: what the parsed values say, signed again, differs in
 * nothing but key and signature.
 */
class StatementFuzzTest {
  private static final PrivateKey KEY = Samples.AGENT_KEY;

  static Stream<byte[]> seeds() {
    return Samples.statements().stream().map(SignedStatement::encoded);
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(
        input,
        SignedStatement::parse,
        parsed -> {
          SignedStatement again = SignedStatement.sign(parsed.statement(), KEY);
          assertThat(again.payloadHash()).isEqualTo(parsed.payloadHash());
          assertThat(again.statement()).isEqualTo(parsed.statement());
          return parsed.encoded();
        });
  }
}
