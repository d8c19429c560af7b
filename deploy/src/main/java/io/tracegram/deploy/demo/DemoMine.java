package io.tracegram.deploy.demo;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.claim.SigningDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The fictional mine behind the demonstration: tells the refinery, as a supplier would, the
 * footprint of its cobalt hydroxide and what it claims of it, signed by a key of its own. DEMO: the
 * key is made of the mine's name, so that anybody can have it.
 */
final class DemoMine {
  static final String COMPANY = "DEMO Lualaba mine (fictional)";
  private static final String FOOTPRINT = "72ef367e-19b3-4f50-ae6d-c0c44a5c7284";
  private static final String HYDROXIDE = "09520000000011";

  private final JsonClient http;
  private final Instant now;
  private final SigningDesk desk;

  DemoMine(JsonClient http, Clock clock) {
    this.http = http;
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    byte[] secret = Hash.sha256(COMPANY.getBytes(StandardCharsets.UTF_8)).bytes();
    desk = new SigningDesk(PrivateKey.of(Algorithm.ES256, secret), clock);
  }

  /** Declares both to a facility's gateway. */
  void declareTo(String facility, String gateway) throws IOException {
    http.postSigned(gateway + "/api/v1/footprints", signed(footprint(), facility));
    http.postSigned(gateway + "/api/v1/claims", signed(claims(), facility));
  }

  private byte[] signed(String document, String facility) {
    return desk.sign(document.getBytes(StandardCharsets.UTF_8), facility, Optional.empty())
        .encoded();
  }

  private Instant yearStart(int years) {
    return now.atZone(ZoneOffset.UTC)
        .withDayOfYear(1)
        .truncatedTo(ChronoUnit.DAYS)
        .plusYears(years)
        .toInstant();
  }

  private String footprint() {
    return """
    {"id": "%s", "specVersion": "3.0.3", "created": "%s", "status": "Active",
     "validityPeriodStart": "%s", "validityPeriodEnd": "%s",
     "companyName": "%s", "companyIds": ["urn:company:example:lualaba"],
     "productDescription": "Cobalt hydroxide, wet; a demonstration's figures, from no study",
     "productIds": ["urn:gtin:%s"], "productNameCompany": "Cobalt hydroxide",
     "pcf": {
       "declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": "1",
       "productMassPerDeclaredUnit": "1",
       "referencePeriodStart": "%s", "referencePeriodEnd": "%s", "geographyCountry": "CD",
       "pcfExcludingBiogenicUptake": "5.9", "pcfIncludingBiogenicUptake": "5.9",
       "fossilGhgEmissions": "5.4", "landUseChangeGhgEmissions": "0.3",
       "biogenicNonCO2Emissions": "0.2", "fossilCarbonContent": "0",
       "packagingEmissionsIncluded": true, "ipccCharacterizationFactors": ["AR5"],
       "crossSectoralStandards": ["PACT-3.0"], "exemptedEmissionsPercent": "0",
       "primaryDataShare": "72.5"}}
    """
        .formatted(
            FOOTPRINT,
            now,
            yearStart(0),
            yearStart(2),
            COMPANY,
            HYDROXIDE.substring(1),
            yearStart(-1),
            yearStart(0));
  }

  private String claims() {
    return """
    {"company": "%s", "role": "responsible sourcing", "person": "p-1", "gtin": "%s",
     "validFrom": "%s", "validTo": "%s", "custodyModel": "segregated",
     "claims": [
       {"origin": {"country": "CD", "site": "DEMO Lualaba"}},
       {"riskMaterial": {"material": "cobalt", "ppm": 300000}}]}
    """
        .formatted(COMPANY, HYDROXIDE, yearStart(0), yearStart(2));
  }
}
