package io.tracegram.runtime.pact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a footprint that an auditor reads as the gateway did, or faults with reasons. */
class PactFuzzTest {
  private static final int MOST_SIGNED = 60_000;

  static Stream<byte[]> seeds() {
    return Stream.of(PactSample.bytes(PactSample.FOOTPRINT), PactSample.bytes("{}"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefusesWithReasons(byte[] input) {
    switch (PactReader.read(input)) {
      case PactReader.Outcome.Refused(var faults) -> assertThat(faults).isNotEmpty();
      case PactReader.Outcome.Valid(var footprint) -> {
        if (input.length <= MOST_SIGNED && !footprint.gtins().isEmpty()) {
          Body.SupplierFootprint said =
              new Body.SupplierFootprint(
                  new Document.Inline(Content.of(input)), Hash.sha256(input), "", footprint);
          assertThat(new FootprintCheck().refusal(said, input)).isEmpty();
        }
      }
    }
  }
}
