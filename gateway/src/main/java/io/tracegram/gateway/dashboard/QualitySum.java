package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Mark;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.quality.DataQualityRating;
import io.tracegram.ledger.quality.EstimatedShare;
import io.tracegram.ledger.quality.U95;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the energy of a step rests on. Single-threaded. */
final class QualitySum {
  private static final long MINUTE = 60_000;

  private final Subject subject;
  private final Map<String, Long> counted = new TreeMap<>();
  private final Map<Mark.Kind, Integer> marks = new EnumMap<>(Mark.Kind.class);
  private long measured;
  private long interpolated;
  private long estimated;
  private long imported;
  private long unknownUpTo;
  private long missingMillis;
  private int restated;
  private int highestRevision;

  QualitySum(Subject subject) {
    this.subject = subject;
  }

  void add(FacilityInterval account) {
    for (MeterSlice meter : account.meters()) {
      if (subject.restsOn(meter)) {
        add(meter.slice());
        counted.merge(meter.meter(), meter.slice().energy(), Math::addExact);
      }
    }
    for (Mark mark : account.marks()) {
      if (subject.place().holds(mark.node())) {
        marks.merge(mark.kind(), 1, Integer::sum);
      }
    }
    if (account.revision().number() > 0) {
      restated++;
      highestRevision = Math.max(highestRevision, account.revision().number());
    }
  }

  /** Adds what the first calculator's account tells. */
  void add(IntervalAccount account) {
    interpolated = Math.addExact(interpolated, account.interpolated().milliwattHours());
    measured =
        Math.addExact(
            measured,
            account.total().energy().milliwattHours() - account.interpolated().milliwattHours());
    subject
        .plant()
        .ifPresent(
            plant ->
                counted.merge(
                    plant.gridMeter().id(),
                    account.total().energy().milliwattHours(),
                    Math::addExact));
  }

  private void add(Slice slice) {
    measured = Math.addExact(measured, slice.measured());
    interpolated = Math.addExact(interpolated, slice.interpolated());
    estimated = Math.addExact(estimated, slice.estimated());
    imported = Math.addExact(imported, slice.imported());
    unknownUpTo = Math.addExact(unknownUpTo, slice.unknownUpTo());
    missingMillis += slice.missingMillis();
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("measuredKwh", FacilityIntervalJson.millionths(measured))
            .put("interpolatedKwh", FacilityIntervalJson.millionths(interpolated))
            .put("estimatedKwh", FacilityIntervalJson.millionths(estimated))
            .put("importedKwh", FacilityIntervalJson.millionths(imported))
            // rounded up, so that no missing time is shown as none
            .put("missingMinutes", Math.ceilDiv(missingMillis, MINUTE))
            .put("unknownUpToKwh", FacilityIntervalJson.millionths(unknownUpTo))
            .put("estimatedSharePercent", estimatedShare().orElse(null))
            .put("metersU95Percent", metersError(counted).orElse(null));
    json.set(
        "dataQualityRating",
        RatingSum.json(
            Map.of(DataQualityRating.METERED, Math.addExact(measured, interpolated)), estimated));
    json.putObject("restatements").put("intervals", restated).put("highest", highestRevision);
    ObjectNode counts = json.putObject("marks");
    marks.forEach((kind, count) -> counts.put(FacilityIntervalJson.word(kind), count));
    return json;
  }

  private Optional<String> estimatedShare() {
    long notMeasured = Math.addExact(interpolated, estimated);
    return EstimatedShare.of(
            new Energy(notMeasured), new Energy(Math.addExact(measured, notMeasured)))
        .map(share -> Decimals.canonical(share.percent()));
  }

  /**
   * Returns the U95 that the meters' classes give a sum; empty if it is zero or a meter's class is
   * not known.
   *
   * @param amounts by meter, all in one unit: only their proportions matter
   */
  Optional<String> metersError(Map<String, Long> amounts) {
    List<U95.Contribution> contributions = new ArrayList<>();
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      Optional<U95> error = subject.errorOf(amount.getKey());
      if (error.isEmpty()) {
        return Optional.empty();
      }
      contributions.add(
          new U95.Contribution(
              new Co2e(amount.getValue()),
              amount.getKey(),
              error.get(),
              "",
              new U95(BigDecimal.ZERO)));
    }
    return U95.ofSum(contributions).map(error -> Decimals.canonical(error.rounded()));
  }
}
