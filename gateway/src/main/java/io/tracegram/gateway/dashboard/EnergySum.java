package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.runtime.web.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The energy of a step: where it went, or what one source brought. Single-threaded. */
final class EnergySum implements StepSum.Content {
  private final Subject subject;
  private final Cells electricity = new Cells();
  private final Map<String, Long> children = new LinkedHashMap<>();
  private final Map<String, Long> carriers = new TreeMap<>();
  private long residual;
  private long supplied;
  private long notMeasured;

  EnergySum(Subject subject) {
    this.subject = subject;
    subject.place().children().keySet().forEach(child -> children.put(child, 0L));
  }

  @Override
  public void add(ClosedInterval.Whole interval) {
    FacilityInterval account = interval.account();
    Set<String> meters = new HashSet<>();
    for (Posting posting : account.postings()) {
      if (subject.counts(posting)) {
        supplied = Math.addExact(supplied, posting.amount());
        if (posting.carrier().equals(Meter.ELECTRICITY)) {
          meters.add(posting.source());
        }
      }
    }
    long here = 0;
    for (Entry entry : account.entries()) {
      if (subject.place().holds(entry.node())) {
        add(entry);
        here += entry.carrier().equals(Meter.ELECTRICITY) ? entry.amount() : 0;
      }
    }
    if (!subject.place().isSite()) {
      meters = Set.of(subject.place().id());
    }
    long doubtful = 0;
    for (MeterSlice slice : account.meters()) {
      if (meters.contains(slice.meter())) {
        doubtful += slice.slice().interpolated() + slice.slice().estimated();
      }
    }
    notMeasured =
        Math.addExact(
            notMeasured, subject.source().isEmpty() ? Math.min(doubtful, here) : doubtful);
  }

  private void add(Entry entry) {
    if (!entry.carrier().equals(Meter.ELECTRICITY)) {
      carriers.merge(entry.carrier(), entry.amount(), Math::addExact);
      return;
    }
    electricity.add(entry.cell().kind(), entry.amount());
    if (entry.node().equals(subject.place().id())) {
      residual = Math.addExact(residual, entry.amount());
    } else {
      children.merge(subject.place().childOf(entry.node()), entry.amount(), Math::addExact);
    }
  }

  @Override
  public void add(IntervalAccount account) {
    electricity.add(account, share -> share.energy().milliwattHours());
    notMeasured = Math.addExact(notMeasured, account.interpolated().milliwattHours());
  }

  @Override
  public void write(ObjectNode step, int quarters) {
    boolean known = quarters > 0;
    if (subject.source().isPresent()) {
      writeSource(step, subject.source().get(), known);
      return;
    }
    step.set("energyKwh", electricity.json(known, FacilityIntervalJson::millionths));
    step.put("interpolatedKwh", known ? FacilityIntervalJson.millionths(notMeasured) : null);
    step.put("residualKwh", known ? FacilityIntervalJson.millionths(residual) : null);
    if (subject.named()) {
      ArrayNode listed = step.putArray("children");
      children.forEach(
          (child, sum) ->
              electric(child, listed)
                  .put("energyKwh", known ? FacilityIntervalJson.millionths(sum) : null));
    }
    if (!carriers.isEmpty()) {
      ArrayNode others = step.putArray("otherCarriers");
      carriers.forEach((carrier, sum) -> others.add(amount(carrier, sum)));
    }
  }

  private void writeSource(ObjectNode step, Meter source, boolean known) {
    boolean electric = source.carrier().equals(Meter.ELECTRICITY);
    step.putObject("energyKwh")
        .put("total", known && electric ? FacilityIntervalJson.millionths(supplied) : null);
    step.put(
        "interpolatedKwh", known && electric ? FacilityIntervalJson.millionths(notMeasured) : null);
    if (known && !electric) {
      step.putArray("otherCarriers").add(amount(source.carrier(), supplied));
    }
  }

  private ObjectNode electric(String child, ArrayNode listed) {
    return listed.addObject().put("node", child).put("name", name(child));
  }

  private String name(String child) {
    return subject.plant().flatMap(plant -> plant.meter(child)).map(Meter::name).orElse(child);
  }

  private ObjectNode amount(String carrier, long sum) {
    return Json.object()
        .put("carrier", carrier)
        .put("amount", FacilityIntervalJson.millionths(sum))
        .put(
            "unit",
            subject
                .plant()
                .flatMap(plant -> plant.carrier(Posting.carrierOf(carrier)))
                .map(PlantModel.Carrier::factor)
                .map(factor -> FacilityIntervalJson.word(factor.unit()))
                .orElse(null));
  }
}
