package io.tracegram.runtime.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Meant;
import io.tracegram.ledger.evidence.statement.SupplierSignature.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningDeskTest {
  private static final String CLAIM =
      """
      {"company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "lot": "01/09520000000011/10/A", "custodyModel": "segregated",
       "claims": [{"origin": {"country": "FI", "site": "Sotkamo"}}]}""";

  private final PrivateKey key = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private final SigningDesk desk =
      new SigningDesk(key, Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC));

  @Test
  void signsTheExactBytesForOneFacilityAndPurpose() {
    SupplierDocument signed = desk.sign(bytes(CLAIM), "refinery", Optional.empty());
    assertThat(signed.bytes().bytes()).isEqualTo(bytes(CLAIM));
    assertThat(signed.signature().meant())
        .isEqualTo(new Meant(Purpose.MATERIAL_CLAIM, "refinery", "", 1_800_000_000));
    assertThat(signed.signature().isOf(key.publicKey(), bytes(CLAIM))).isTrue();
    assertThat(signed.signature().isOf(key.publicKey(), bytes(CLAIM + " "))).isFalse();
    assertThat(SupplierDocument.parse(signed.encoded(), ClaimReader.MOST_BYTES)).isEqualTo(signed);
  }

  @Test
  void signsNothingThatNoGatewayWouldTake() {
    refused(CLAIM.replace("\"FI\"", "\"XX\""), Optional.empty(), "ISO 3166-1");
    refused(CLAIM, Optional.of(LotId.ofLot("09520000000011", "A")), "only a footprint");
    refused("{}", Optional.empty(), "lacks 'id'");
    refused("nonsense", Optional.empty(), "is no JSON");
    refused(
        CLAIM.replace("Sotkamo", " ".repeat(ClaimReader.MOST_BYTES)), Optional.empty(), "at most");
  }

  @Test
  void anAuditorFindsWhatWasTakenOtherwiseThanItWasSigned() {
    SupplierDocumentCheck check = new SupplierDocumentCheck();
    SupplierDocument signed = desk.sign(bytes(CLAIM), "refinery", Optional.empty());
    Body.MaterialClaimed honest = ClaimReader.read(bytes(CLAIM)).signed(signed);
    Body.MaterialClaimed better =
        ClaimReader.read(bytes(CLAIM.replace("Sotkamo", "Elsewhere"))).signed(signed);

    assertThat(check.refusal(honest, bytes(CLAIM))).isEmpty();
    assertThat(check.refusal(better, bytes(CLAIM)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("something else"));
    assertThat(check.refusal(better, bytes("{}")))
        .hasValueSatisfying(reason -> assertThat(reason).contains("is no claim"));
  }

  private void refused(String document, Optional<LotId> lot, String why) {
    assertThatThrownBy(() -> desk.sign(bytes(document), "refinery", lot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
