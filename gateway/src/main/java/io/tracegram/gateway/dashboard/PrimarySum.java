package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.quality.PrimaryDataPolicy;
import io.tracegram.ledger.quality.PrimaryDataShare;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.HalfEven;
import io.tracegram.runtime.web.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How postings came about, for the share of primary data. Single-threaded. */
final class PrimarySum {
  private final Map<PrimaryDataPolicy.Origin, Long> origins =
      new EnumMap<>(PrimaryDataPolicy.Origin.class);

  /**
   * Returns how much of a posting's part rests on what a person estimated.
   *
   * @param measuring the meter that the posting rests on
   */
  static long estimated(FacilityInterval account, String measuring, long micrograms) {
    long energy = 0;
    long estimated = 0;
    for (MeterSlice meter : account.meters()) {
      if (meter.meter().equals(measuring)) {
        energy = Math.addExact(energy, meter.slice().energy());
        estimated = Math.addExact(estimated, meter.slice().estimated());
      }
    }
    return estimated == 0 ? 0 : HalfEven.multiplyDivide(micrograms, estimated, energy);
  }

  /**
   * Adds a posting's part. What a person estimated is secondary; every factor of a plant model is
   * an average.
   */
  void add(long micrograms, long estimated) {
    add(PrimaryDataPolicy.Origin.SECONDARY, estimated);
    add(PrimaryDataPolicy.Origin.METERED_AVERAGE_FACTOR, micrograms - estimated);
  }

  void add(IntervalAccount account) {
    add(PrimaryDataPolicy.Origin.METERED_AVERAGE_FACTOR, account.total().co2e().micrograms());
  }

  private void add(PrimaryDataPolicy.Origin origin, long micrograms) {
    origins.merge(origin, micrograms, Math::addExact);
  }

  /** Writes the share by each policy, null where it is not known or there is nothing to share. */
  ObjectNode json(boolean known) {
    ObjectNode json = Json.object();
    for (PrimaryDataPolicy policy : PrimaryDataPolicy.values()) {
      List<PrimaryDataShare.Part> parts = new ArrayList<>();
      origins.forEach(
          (origin, sum) -> parts.add(PrimaryDataShare.Part.of(new Co2e(sum), origin, policy)));
      json.put(
          policy.name(),
          known ? PrimaryDataShare.percent(parts).map(Decimals::canonical).orElse(null) : null);
    }
    return json;
  }
}
