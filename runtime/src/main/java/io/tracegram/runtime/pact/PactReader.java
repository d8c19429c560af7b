package io.tracegram.runtime.pact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Gwp;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Quantity;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Unit;
import io.tracegram.runtime.json.BoundedJson;
import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import io.tracegram.runtime.pact.PactFields.Sign;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one product footprint as PACT v3 defines it, strictly: everything that is wrong is said at
 * once, up to {@value Findings#MOST} faults. What the accounts do not need is not judged.
 * Stateless, thread-safe.
 */
public final class PactReader {
  /** Most bytes of a footprint. */
  public static final int MOST_BYTES = 1 << 20;

  private static final int MOST_PRODUCT_IDS = 64;
  private static final int VALID_YEARS = 3;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal MOST_PER_KILOGRAM = BigDecimal.valueOf(100_000);
  private static final List<String> UNITS =
      Arrays.stream(Unit.values())
          .map(unit -> unit.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .toList();

  private PactReader() {}

  /** What the bytes are. */
  public sealed interface Outcome {
    /** A footprint. */
    record Valid(DeclaredFootprint footprint) implements Outcome {}

    /** No footprint that may count. */
    record Refused(List<Fault> faults) implements Outcome {}
  }

  public static Outcome read(byte[] document) {
    return switch (BoundedJson.read(document, MOST_BYTES)) {
      case BoundedJson.No(Fault fault) -> new Outcome.Refused(List.of(fault));
      case BoundedJson.Whole(ObjectNode root) -> read(root);
    };
  }

  /**
   * Returns why a footprint cannot be used for a lot, or for its product if no lot is named.
   *
   * @param lot the one that it is for
   */
  public static Optional<String> objection(DeclaredFootprint footprint, Optional<LotId> lot) {
    if (lot.isEmpty()) {
      return footprint.gtins().isEmpty()
          ? Optional.of(
              "has no GTIN among its 'productIds' (urn:gtin:…): add it, or name the lot it is for")
          : Optional.empty();
    }
    String gtin = lot.get().gtin();
    return footprint.gtins().isEmpty() || footprint.gtins().contains(gtin)
        ? Optional.empty()
        : Optional.of(
            "is of %s, and lot %s is of GTIN %s"
                .formatted(String.join(", ", footprint.gtins()), lot.get(), gtin));
  }

  private static Outcome read(ObjectNode root) {
    Findings findings = new Findings();
    PactFields fields = new PactFields(root, Place.ROOT, findings);
    return whole(fields, findings)
        .<Outcome>map(Outcome.Valid::new)
        .orElseGet(() -> new Outcome.Refused(findings.all()));
  }

  private static Optional<DeclaredFootprint> whole(PactFields fields, Findings findings) {
    Optional<String> id = fields.id("id");
    version(fields);
    fields.time("created");
    Optional<String> status = fields.word("status", List.of("Active", "Deprecated"));
    List<String> preceding = fields.ids("precedingPfIds", DeclaredFootprint.MOST_PRECEDING);
    if (id.isPresent() && preceding.contains(id.get())) {
      fields.fault("precedingPfIds", "names the footprint itself");
    }
    Optional<String> company = fields.name("companyName");
    List<String> companyIds = fields.urns("companyIds", DeclaredFootprint.MOST_COMPANY_IDS);
    fields.text("productDescription");
    List<String> gtins = gtins(fields, fields.urns("productIds", MOST_PRODUCT_IDS));
    Optional<String> product = fields.name("productNameCompany");
    Optional<PactFields> pcf = fields.object("pcf");
    Optional<Figures> figures = pcf.flatMap(PactReader::figures);
    Optional<Period> valid = validity(fields, figures.map(Figures::reference));
    if (!findings.isEmpty()
        || id.isEmpty()
        || status.isEmpty()
        || company.isEmpty()
        || companyIds.isEmpty()
        || product.isEmpty()
        || figures.isEmpty()
        || valid.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DeclaredFootprint(
            id.get(),
            status.get().equals("Active"),
            preceding,
            company.get(),
            companyIds,
            product.get(),
            gtins,
            figures.get().per,
            figures.get().kilograms,
            figures.get().primaryPercent,
            valid.get(),
            figures.get().reference,
            figures.get().gwp));
  }

  private static void version(PactFields fields) {
    fields
        .text("specVersion")
        .filter(version -> !version.matches("3\\.\\d{1,4}\\.\\d{1,4}(-\\d{8})?"))
        .ifPresent(
            version ->
                fields.fault(
                    "specVersion",
                    Excerpt.quoted(version)
                        + " is no version 3 of PACT: ask the supplier for a footprint of 3.0"));
  }

  private static List<String> gtins(PactFields fields, List<String> urns) {
    List<String> gtins = new ArrayList<>();
    for (String urn : urns) {
      switch (ProductGtin.of(urn)) {
        case ProductGtin.Named.Gtin(String digits) -> gtins.add(digits);
        case ProductGtin.Named.Wrong(String reason) ->
            fields.fault("productIds", Excerpt.quoted(urn) + " " + reason);
        case ProductGtin.Named.Other() -> {
          // a number of the company's own
        }
      }
    }
    if (gtins.size() > DeclaredFootprint.MOST_GTINS) {
      fields.fault("productIds", "names more than 32 GTINs");
    }
    return gtins.stream().distinct().toList();
  }

  private static Optional<Period> validity(PactFields fields, Optional<Period> reference) {
    if (!fields.has("validityPeriodStart") && !fields.has("validityPeriodEnd")) {
      // PACT v3: valid for three years from the end of the reference period
      return reference.map(
          period ->
              new Period(
                  period.toMillis(),
                  Instant.ofEpochMilli(period.toMillis())
                      .atZone(ZoneOffset.UTC)
                      .plusYears(VALID_YEARS)
                      .toInstant()
                      .toEpochMilli()));
    }
    return period(fields, "validityPeriodStart", "validityPeriodEnd");
  }

  private static Optional<Period> period(PactFields fields, String first, String last) {
    OptionalLong from = fields.time(first);
    OptionalLong to = fields.time(last);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (to.getAsLong() <= from.getAsLong()) {
      fields.fault(last, "is not after '" + first + "'");
      return Optional.empty();
    }
    return Optional.of(new Period(from.getAsLong(), to.getAsLong()));
  }

  /** What the carbon footprint says. */
  private record Figures(
      Quantity per,
      BigDecimal kilograms,
      BigDecimal primaryPercent,
      Period reference,
      List<Gwp> gwp) {}

  private static Optional<Figures> figures(PactFields pcf) {
    Optional<Quantity> per = quantity(pcf);
    Optional<Period> reference = period(pcf, "referencePeriodStart", "referencePeriodEnd");
    Optional<BigDecimal> kilograms = PactIdentity.excluding(pcf);
    Optional<BigDecimal> primary = percent(pcf, "primaryDataShare", false);
    percent(pcf, "exemptedEmissionsPercent", true);
    List<Gwp> gwp = gwp(pcf);
    pcf.texts("crossSectoralStandards", MOST_PRODUCT_IDS, (text, at) -> Optional.of(text));
    pcf.flag("packagingEmissionsIncluded");
    pcf.flag("ccsTechnologicalCO2CaptureIncluded");
    place(pcf);
    if (per.isEmpty()
        || reference.isEmpty()
        || kilograms.isEmpty()
        || primary.isEmpty()
        || gwp.isEmpty()) {
      return Optional.empty();
    }
    if (kilograms.get().compareTo(per.get().kilograms().multiply(MOST_PER_KILOGRAM)) > 0) {
      pcf.fault("pcfExcludingBiogenicUptake", "is more than 100,000 kg CO2e per kg: check units");
      return Optional.empty();
    }
    return Optional.of(
        new Figures(per.get(), kilograms.get(), primary.get(), reference.get(), gwp));
  }

  private static Optional<Quantity> quantity(PactFields pcf) {
    Optional<Unit> unit =
        pcf.word("declaredUnitOfMeasurement", UNITS)
            .map(word -> Unit.values()[UNITS.indexOf(word)]);
    Optional<BigDecimal> amount = pcf.decimal("declaredUnitAmount", Sign.POSITIVE);
    Optional<BigDecimal> mass = pcf.decimal("productMassPerDeclaredUnit", Sign.POSITIVE);
    if (unit.isEmpty() || amount.isEmpty() || mass.isEmpty()) {
      return Optional.empty();
    }
    if (unit.get() != Unit.KILOGRAM) {
      return Optional.of(new Quantity(unit.get(), amount.get(), mass.get()));
    }
    // some write the mass of the whole amount: either way a kilogram weighs 1 kg
    if (mass.get().compareTo(BigDecimal.ONE) != 0 && mass.get().compareTo(amount.get()) != 0) {
      pcf.fault("productMassPerDeclaredUnit", "must be 1 where the unit is a kilogram");
      return Optional.empty();
    }
    return Optional.of(new Quantity(Unit.KILOGRAM, amount.get(), BigDecimal.ONE));
  }

  private static Optional<BigDecimal> percent(PactFields pcf, String name, boolean required) {
    Optional<BigDecimal> percent =
        required
            ? pcf.decimal(name, Sign.NOT_NEGATIVE)
            : pcf.decimalOrZero(name, Sign.NOT_NEGATIVE);
    if (percent.isPresent() && percent.get().compareTo(HUNDRED) > 0) {
      pcf.fault(name, "is more than 100 %");
      return Optional.empty();
    }
    return percent;
  }

  private static List<Gwp> gwp(PactFields pcf) {
    return pcf
        .texts(
            "ipccCharacterizationFactors",
            Gwp.values().length,
            (text, at) -> {
              if (Arrays.stream(Gwp.values()).noneMatch(set -> set.name().equals(text))) {
                pcf.fault(
                    "ipccCharacterizationFactors",
                    Excerpt.quoted(text) + " is no set of GWPs that the accounts take: AR5 or AR6");
                return Optional.empty();
              }
              return Optional.of(text);
            })
        .stream()
        .map(Gwp::valueOf)
        .sorted()
        .distinct()
        .toList();
  }

  private static void place(PactFields pcf) {
    List<String> said =
        List.of("geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision")
            .stream()
            .filter(pcf::has)
            .toList();
    if (said.size() > 1) {
      pcf.fault(said.getLast(), "stands beside '" + said.getFirst() + "': keep the closest one");
    }
  }
}
