package io.tracegram.deploy.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The fictional mine behind the demonstration: tells the refinery, as a supplier would, the
 * footprint of its cobalt hydroxide and what it claims of it.
 */
final class DemoMine {
  static final String COMPANY = "DEMO Lualaba mine (fictional)";
  private static final String FOOTPRINT = "72ef367e-19b3-4f50-ae6d-c0c44a5c7284";
  private static final String HYDROXIDE = "09520000000011";

  private final JsonClient http;
  private final Instant now;

  DemoMine(JsonClient http, Clock clock) {
    this.http = http;
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Declares both to a gateway. */
  void declareTo(String gateway) throws IOException {
    http.post(gateway + "/api/v1/footprints", footprint());
    http.post(gateway + "/api/v1/claims", claims());
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
       "packagingEmissionsIncluded": true, "ipccCharacterizationFactors": ["AR6"],
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
