package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.SignedClaims;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are one signed document, or refused; what is parsed gives back the same bytes. */
class SupplierDocumentFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            SignedClaims.signed(
                    Claims.ofLot(
                        "01/09520000000011/10/A", CustodyModel.SEGREGATED, Claims.everything()))
                .document(),
            SignedClaims.signed(SignedClaims.WITHDRAWAL).document())
        .map(document -> document.orElseThrow().encoded());
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    Strictness.holds(
        input,
        bytes -> SupplierDocument.parse(bytes, SupplierDocument.MAX_CLAIMS),
        parsed -> {
          assertThat(parsed.signature().isOf(SignedClaims.OTHER.publicKey(), input)).isFalse();
          return parsed.encoded();
        });
  }
}
