package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.account.Price;
import io.tracegram.ledger.account.Scope;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quantity.Co2e;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The emissions of a step on one basis. Single-threaded. */
final class BasisSum {
  private static final int FACTORS = 10;

  private final Subject subject;
  private final Basis basis;
  private final Cells cells = new Cells();
  private final Map<Scope, Long> scopes = new EnumMap<>(Scope.class);
  private final Map<String, Long> children = new LinkedHashMap<>();
  private final FactorSplit split;
  private final ErrorSum errors;
  private final RatingSum ratings;
  private final TreeSet<String> factors = new TreeSet<>();
  private final PrimarySum primary = new PrimarySum();
  private boolean estimated;
  private long residual;
  private int known;

  BasisSum(Subject subject, Basis basis) {
    this.subject = subject;
    this.basis = basis;
    this.split = new FactorSplit(subject);
    this.errors = new ErrorSum(subject, split);
    this.ratings = new RatingSum(split);
    subject.place().children().keySet().forEach(child -> children.put(child, 0L));
  }

  /** Adds an account's postings that count here, unless one of them lacks its factor. */
  void add(ClosedInterval.Whole interval, List<Posting> postings) {
    boolean priced = true;
    for (Posting posting : postings) {
      Optional<Price> price = posting.price(basis);
      priced &= price.flatMap(Price::co2e).isPresent();
      price.ifPresent(
          cited -> {
            factors.add(cited.factor());
            estimated |= cited.estimated();
          });
    }
    if (priced) {
      known++;
      postings.forEach(posting -> spread(interval, posting));
    }
  }

  private void spread(ClosedInterval.Whole interval, Posting posting) {
    FacilityInterval account = interval.account();
    long[] parts = account.parts(posting, basis);
    long here = 0;
    for (int i = 0; i < parts.length; i++) {
      Entry entry = account.entries().get(i);
      if (parts[i] == 0 || !subject.place().holds(entry.node())) {
        continue;
      }
      here = Math.addExact(here, parts[i]);
      cells.add(entry.cell().kind(), parts[i]);
      if (entry.node().equals(subject.place().id())) {
        residual = Math.addExact(residual, parts[i]);
      } else {
        children.merge(subject.place().childOf(entry.node()), parts[i], Math::addExact);
      }
    }
    scopes.merge(posting.scope(), here, Math::addExact);
    String key = split.key(posting.price(basis).orElseThrow(), interval.month());
    long estimated = PrimarySum.estimated(account, subject.measuredBy(posting.source()), here);
    errors.add(posting.source(), key, here);
    primary.add(here, estimated);
    ratings.add(key, here, estimated);
  }

  /** Adds an account of the first calculator, which was location-based. */
  void add(IntervalAccount account) {
    if (basis == Basis.LB_ANNUAL && account.priced()) {
      known++;
      cells.add(account, share -> share.co2e().micrograms());
      scopes.merge(Scope.SCOPE_2, account.total().co2e().micrograms(), Math::addExact);
      primary.add(account);
      ratings.add(FactorSplit.UNNAMED, account.total().co2e().micrograms(), 0);
      subject
          .plant()
          .ifPresent(
              plant ->
                  errors.add(
                      plant.gridMeter().id(),
                      FactorSplit.UNNAMED,
                      account.total().co2e().micrograms()));
    }
  }

  /** Writes the figures; those of a step with a quarter of an hour without its price are null. */
  void write(ObjectNode json, int quarters) {
    boolean whole = quarters > 0 && known == quarters;
    json.set("co2eKg", cells.json(whole, BasisSum::kilograms));
    json.put("knownCo2eKg", quarters > 0 ? kilograms(cells.total()) : null)
        .put("unknownQuarters", quarters - known);
    for (Scope scope : Scope.values()) {
      json.put(
          "scope" + (scope.ordinal() + 1) + "Co2eKg",
          whole ? kilograms(scopes.getOrDefault(scope, 0L)) : null);
    }
    if (subject.named()) {
      json.put("residualCo2eKg", whole ? kilograms(residual) : null);
      ArrayNode listed = json.putArray("children");
      children.forEach(
          (child, sum) ->
              listed
                  .addObject()
                  .put("node", child)
                  .put("name", name(child))
                  .put("co2eKg", whole ? kilograms(sum) : null));
    }
    ArrayNode cited = json.putArray("factors");
    factors.stream().limit(FACTORS).forEach(cited::add);
    json.put("factorsLeftOut", Math.max(0, factors.size() - FACTORS))
        .put("estimatedFactors", estimated);
    json.set("primaryDataSharePercent", primary.json(whole));
    json.set("dataQualityRating", ratings.json(whole));
    errors.write(json, whole);
  }

  private String name(String child) {
    return subject.plant().flatMap(plant -> plant.meter(child)).map(Meter::name).orElse(child);
  }

  private static String kilograms(long micrograms) {
    return new Co2e(micrograms).kilograms();
  }
}
