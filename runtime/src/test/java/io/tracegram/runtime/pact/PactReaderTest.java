package io.tracegram.runtime.pact;

import static io.tracegram.runtime.pact.PactSample.FOOTPRINT;
import static io.tracegram.runtime.pact.PactSample.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.runtime.json.Fault;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Footprints of suppliers, good and hostile. */
class PactReaderTest {
  @Test
  void readsWhatTheAccountsNeedExactly() {
    DeclaredFootprint read = valid(FOOTPRINT);

    assertThat(read.id()).isEqualTo("3893bb5d-da16-4dc1-9185-11d97476c254");
    assertThat(read.active()).isTrue();
    assertThat(read.preceding()).containsExactly("2893bb5d-da16-4dc1-9185-11d97476c254");
    assertThat(read.company()).isEqualTo("Mine Oy");
    assertThat(read.gtins()).containsExactly("09520000000011");
    assertThat(read.kilograms()).isEqualTo(new BigDecimal("2.50"));
    assertThat(read.primaryPercent()).isEqualTo(new BigDecimal("56.12"));
    assertThat(read.valid().toMillis())
        .isEqualTo(Instant.parse("2026-12-31T23:00:00Z").toEpochMilli());
    assertThat(read.gwp()).containsExactly(DeclaredFootprint.Gwp.AR5, DeclaredFootprint.Gwp.AR6);
  }

  @Test
  void withoutAValidityItIsValidForThreeYearsAfterItsReferencePeriod() {
    DeclaredFootprint read =
        valid(
            FOOTPRINT
                .replaceAll("\"validityPeriodStart\": \"[^\"]*\",", "")
                .replaceAll("\"validityPeriodEnd\": \"[^\"]*\",", ""));
    assertThat(read.valid().fromMillis())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    assertThat(read.valid().toMillis())
        .isEqualTo(Instant.parse("2029-01-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void whoStatesNoPrimaryDataShareHasNone() {
    DeclaredFootprint read =
        valid(
            FOOTPRINT
                .replace(",\n    \"primaryDataShare\": \"56.12\"", "")
                .replace(
                    "\"exemptedEmissionsPercent\": \"1.2\",",
                    "\"exemptedEmissionsPercent\": \"1.2\""));
    assertThat(read.primaryPercent()).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @ParameterizedTest(name = "{0} -> {1}: {3} at {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"3893bb5d-da16-4dc1 | \"3893bb5d-da16-1dc1 | /id | no UUID of version 4",
        "\"3.0.3\" | \"2.2.0\" | /specVersion | no version 3",
        "[\"2893bb5d | [\"3893bb5d | /precedingPfIds | names the footprint itself",
        "2026-01-15T10:15:30Z | yesterday | /created | no time with a zone",
        "\"Active\" | \"active\" | /status | did you mean",
        "2027-01-01T00:00:00+01:00 | 2025-01-01T00:00:00Z | /validityPeriodEnd | is not after",
        "\"Mine Oy\" | \"  \" | /companyName | 1 to 256 bytes",
        "urn:company:example:mine | mine | /companyIds/0 | no URN",
        "9520000000011 | 9520000000012 | /productIds | wrong check digit",
        "urn:gtin:9520000000011 | urn:example:product:7 | /productIds/1 | twice",
        "\"kilogram\" | \"kg\" | /pcf/declaredUnitOfMeasurement | none of",
        "\"declaredUnitAmount\": \"1\" | \"declaredUnitAmount\": \"0\" | /pcf/declaredUnitAmount |"
            + " more than 0",
        "\"declaredUnitAmount\": \"1\" | \"declaredUnitAmount\": 1 | /pcf/declaredUnitAmount |"
            + " in quotes",
        "\"declaredUnitAmount\": \"1\" | \"declaredUnitAmount\": \"1e3\" |"
            + " /pcf/declaredUnitAmount | no decimal",
        "\"productMassPerDeclaredUnit\": \"1\" | \"productMassPerDeclaredUnit\": \"2\" |"
            + " /pcf/productMassPerDeclaredUnit | must be 1",
        "\"productMassPerDeclaredUnit\": \"1\" | \"productMassPerDeclaredUnit\": \"0\" |"
            + " /pcf/productMassPerDeclaredUnit | more than 0",
        "\"fossilGhgEmissions\": \"1.5\" | \"fossilGhgEmissions\": \"1.4999999999999999\" |"
            + " /pcf/pcfExcludingBiogenicUptake | its terms are 2.4999999999999999 together",
        "\"2.40\" | \"2.41\" | /pcf/pcfIncludingBiogenicUptake | its terms are 2.4 together",
        "\"biogenicCO2Uptake\": \"-0.1\" | \"biogenicCO2Uptake\": \"0.1\" |"
            + " /pcf/biogenicCO2Uptake | 0 or less",
        "\"ccsTechnologicalCO2Capture\": \"-0.2\" | \"ccsTechnologicalCO2Capture\": \"0.2\" |"
            + " /pcf/ccsTechnologicalCO2Capture | 0 or less",
        "\"2.50\" | \"-2.50\" | /pcf/pcfExcludingBiogenicUptake | 0 or more",
        "\"56.12\" | \"100.01\" | /pcf/primaryDataShare | more than 100 %",
        "\"AR5\" | \"AR4\" | /pcf/ipccCharacterizationFactors | AR5 or AR6",
        "\"geographyCountry\" | \"geographyRegionOrSubregion\": \"Europe\", \"geographyCountry\" |"
            + " /pcf/geographyCountry | stands beside",
        "\"status\" | \"id\": \"x\", \"status\" | /id | twice in one object",
        "\"pcf\": { | \"pcf\": [ | '' | is no JSON",
      })
  void refusesWithThePlaceAndTheReason(String good, String bad, String pointer, String reason) {
    assertThat(FOOTPRINT).contains(good);
    List<Fault> faults = faults(FOOTPRINT.replace(good, bad));
    if (reason.equals("is no JSON")) {
      assertThat(faults).singleElement().extracting(Fault::reason).asString().contains(reason);
      return;
    }
    assertThat(faults)
        .anySatisfy(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.reason()).contains(reason);
            });
  }

  @Test
  void saysAllFaultsAtOnce() {
    assertThat(faults("{\"status\": \"x\", \"pcf\": {\"declaredUnitAmount\": \"-1\"}}"))
        .hasSizeGreaterThan(15)
        .extracting(Fault::pointer)
        .contains("", "/status", "/pcf", "/pcf/declaredUnitAmount");
  }

  @Test
  void refusesWhatIsTooDeepOrTooLarge() {
    assertThat(faults("{\"a\":".repeat(40) + "1" + "}".repeat(40)))
        .singleElement()
        .extracting(Fault::reason)
        .asString()
        .contains("beyond a bound");
    assertThat(faults(FOOTPRINT + " ".repeat(PactReader.MOST_BYTES)))
        .singleElement()
        .extracting(Fault::reason)
        .asString()
        .contains("at most");
  }

  @Test
  void aLotMustBeOfTheProduct() {
    DeclaredFootprint read = valid(FOOTPRINT);
    assertThat(PactReader.objection(read, Optional.empty())).isEmpty();
    assertThat(PactReader.objection(read, Optional.of(LotId.ofLot("09520000000011", "A"))))
        .isEmpty();
    assertThat(PactReader.objection(read, Optional.of(LotId.ofLot("09520000000028", "A"))))
        .isPresent();
    DeclaredFootprint anonymous = valid(FOOTPRINT.replace("\"urn:gtin:9520000000011\", ", ""));
    assertThat(PactReader.objection(anonymous, Optional.empty())).isPresent();
    assertThat(PactReader.objection(anonymous, Optional.of(LotId.ofLot("09520000000028", "A"))))
        .isEmpty();
  }

  @Test
  void anAuditorFindsWhatWasSignedOtherwiseThanItWasDeclared() {
    FootprintCheck check = new FootprintCheck();
    byte[] document = bytes(FOOTPRINT);
    DeclaredFootprint better = valid(FOOTPRINT.replace("\"56.12\"", "\"100\""));
    assertThat(check.refusal(said(document, valid(FOOTPRINT)), document)).isEmpty();
    assertThat(check.refusal(said(document, better), document))
        .hasValueSatisfying(reason -> assertThat(reason).contains("something else"));
    assertThat(check.refusal(said(bytes("{}"), better), bytes("{}")))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("the declared footprint is none"));
  }

  private static Body.SupplierFootprint said(byte[] document, DeclaredFootprint declared) {
    return new Body.SupplierFootprint(
        new Document.Inline(Content.of(document)), Hash.sha256(document), "", declared);
  }

  private static DeclaredFootprint valid(String json) {
    PactReader.Outcome read = PactReader.read(bytes(json));
    assertThat(read).isInstanceOf(PactReader.Outcome.Valid.class);
    return ((PactReader.Outcome.Valid) read).footprint();
  }

  private static List<Fault> faults(String json) {
    PactReader.Outcome read = PactReader.read(bytes(json));
    assertThat(read).isInstanceOf(PactReader.Outcome.Refused.class);
    return ((PactReader.Outcome.Refused) read).faults();
  }
}
