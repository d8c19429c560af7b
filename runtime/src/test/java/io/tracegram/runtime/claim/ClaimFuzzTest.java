package io.tracegram.runtime.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.statement.Body.MaterialClaimed;
import io.tracegram.ledger.evidence.statement.ClaimCodec;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a claim that a leaf takes, or refused with a reason; the same for withdrawals. */
class ClaimFuzzTest {
  private static final String CLAIM =
      """
      {"company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "gtin": "09520000000011", "validFrom": "2026-01-01T00:00:00Z",
       "validTo": "2027-01-01T00:00:00Z", "custodyModel": "segregated", "claims": [
        {"origin": {"country": "FI", "site": "Sotkamo"}},
        {"riskMaterial": {"material": "cobalt", "ppm": 210000}},
        {"recycled": {"ppm": 300000, "source": "post-consumer"}},
        {"certificate": {"scheme": "IRMA", "number": "C-7", "validFrom": "2026-01-01T00:00:00Z",
         "validTo": "2027-01-01T00:00:00Z", "sha256": "%1$s"}},
        {"dueDiligence": {"title": "Report", "sha256": "%1$s"}}]}"""
          .formatted("0123456789abcdef".repeat(4));
  private static final String WITHDRAWAL =
      """
      {"withdraws": 57, "company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "reason": "audit failed"}""";

  static Stream<byte[]> seeds() {
    return Stream.of(CLAIM, WITHDRAWAL).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isReadOrRefusedWithAReason(byte[] input) {
    try {
      MaterialClaimed read = ClaimReader.read(input);
      assertThat(ClaimCodec.decode(ClaimCodec.encode(read))).isEqualTo(read);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    try {
      assertThat(WithdrawalReader.read(input).claim()).isNotNegative();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
