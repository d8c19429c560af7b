package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.quantity.Energy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reports what an instrument will not do that its holder may expect of it. Immutable. */
final class InstrumentWarnings {
  private final Scope2Policy policy;
  private final Optional<ZoneId> zone;

  /**
   * @param zone of the plant; without one, nothing is said that depends on it
   */
  InstrumentWarnings(Scope2Policy policy, Optional<ZoneId> zone) {
    this.policy = policy;
    this.zone = zone;
  }

  void judge(YamlMap yaml, Instrument instrument, LocalDate from, LocalDate to) {
    List<String> refusals = instrument.refusals(policy);
    if (!refusals.isEmpty()) {
      yaml.warning(
          "id",
          "does-not-count",
          "'" + instrument.id() + "' will not count: " + String.join("; ", refusals));
    }
    partialMonths(yaml, from, to);
    if (instrument.generation().isPresent()) {
      hours(yaml, instrument, instrument.generation().get(), to);
    } else if (policy == Scope2Policy.PROPOSED_REVISION) {
      yaml.warning(
          "id",
          "no-hours",
          "'"
              + instrument.id()
              + "' tells no hours ('generation'): it covers nothing hour by hour, as this policy"
              + " asks");
    }
  }

  /** A month is matched by volume only if all of it is covered. */
  private static void partialMonths(YamlMap yaml, LocalDate from, LocalDate to) {
    if (from.getDayOfMonth() != 1) {
      partialMonth(yaml, "from", from);
    }
    if (to.getDayOfMonth() != 1) {
      partialMonth(yaml, "to", to);
    }
  }

  private static void partialMonth(YamlMap yaml, String key, LocalDate day) {
    yaml.warning(
        key,
        "partial-month",
        "of %tY-%<tm only a part is valid: by volume, nothing of that month is covered"
            .formatted(day));
  }

  private void hours(
      YamlMap yaml, Instrument instrument, SortedMap<Long, Energy> hours, LocalDate to) {
    if (zone.isEmpty()) {
      return;
    }
    long outside =
        (long) hours.size() - hours.subMap(instrument.fromMillis(), instrument.toMillis()).size();
    if (outside > 0) {
      yaml.warning(
          "generation",
          "outside-validity",
          outside
              + " of "
              + hours.size()
              + " hours are not within the validity: they cover"
              + " nothing");
    }
    Energy sum = hours.values().stream().reduce(Energy.ZERO, Energy::plus);
    boolean complete =
        !Instant.ofEpochMilli(hours.lastKey())
            .isBefore(to.minusDays(1).atStartOfDay(zone.get()).toInstant());
    if (complete && sum.compareTo(instrument.volume()) < 0) {
      yaml.warning(
          "generation",
          "volume-not-generated",
          "%s kWh were generated in all hours to the end of the validity, less than the volume of %s kWh: which is wrong?"
              .formatted(sum.kilowattHours(), instrument.volume().kilowattHours()));
    }
  }
}
