package io.tracegram.runtime.pact;

import java.nio.charset.StandardCharsets;

/** A footprint as PACT v3 writes it, from which hostile ones are made. */
public final class PactSample {
  /** 2.5 kg CO2e per kg, of which 1.5 fossil, 0.9 land use, 0.3 methane, −0.2 stored. */
  public static final String FOOTPRINT =
      """
      {
        "id": "3893bb5d-da16-4dc1-9185-11d97476c254",
        "specVersion": "3.0.3",
        "precedingPfIds": ["2893bb5d-da16-4dc1-9185-11d97476c254"],
        "created": "2026-01-15T10:15:30Z",
        "status": "Active",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2027-01-01T00:00:00+01:00",
        "companyName": "Mine Oy",
        "companyIds": ["urn:company:example:mine"],
        "productDescription": "Mixed hydroxide precipitate",
        "productIds": ["urn:gtin:9520000000011", "urn:example:product:7"],
        "productNameCompany": "MHP",
        "pcf": {
          "declaredUnitOfMeasurement": "kilogram",
          "declaredUnitAmount": "1",
          "productMassPerDeclaredUnit": "1",
          "referencePeriodStart": "2025-01-01T00:00:00Z",
          "referencePeriodEnd": "2026-01-01T00:00:00Z",
          "geographyCountry": "FI",
          "pcfExcludingBiogenicUptake": "2.50",
          "pcfIncludingBiogenicUptake": "2.40",
          "fossilGhgEmissions": "1.5",
          "landUseChangeGhgEmissions": "0.9",
          "biogenicNonCO2Emissions": "0.3",
          "ccsTechnologicalCO2Capture": "-0.2",
          "biogenicCO2Uptake": "-0.1",
          "fossilCarbonContent": "0",
          "packagingEmissionsIncluded": true,
          "ccsTechnologicalCO2CaptureIncluded": true,
          "ipccCharacterizationFactors": ["AR6", "AR5"],
          "crossSectoralStandards": ["PACT-3.0"],
          "exemptedEmissionsPercent": "1.2",
          "primaryDataShare": "56.12"
        }
      }
      """;

  private PactSample() {}

  public static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
