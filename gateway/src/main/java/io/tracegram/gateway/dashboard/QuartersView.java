package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Today's quarters of an hour as a table, from which the chart is drawn. Immutable.
 *
 * @param from start of the local day, s since 1970 UTC
 * @param to end of the local day, s since 1970 UTC
 * @param rows newest first, up to the last closed one
 */
public record QuartersView(long from, long to, String zone, String day, List<Row> rows) {
  static final QuartersView NONE = new QuartersView(0, 0, "UTC", "", List.of());

  /**
   * A quarter of an hour.
   *
   * @param start s since 1970 UTC
   * @param closed false if there is no account of it: a gap
   * @param kilowattHours lots, idle, overhead and unattributed as exact decimals, for drawing
   * @param kilograms the same in kg CO2e, empty if a factor is missing
   */
  public record Row(
      long start,
      String time,
      boolean closed,
      String kilowattHours,
      String kilograms,
      List<Figure> energies,
      Figure energy,
      Figure co2e,
      String quality,
      EvidenceMark evidence) {}

  static QuartersView of(PlantSnapshot snapshot, LogStatus log) {
    Optional<LocalDay> today = snapshot.day();
    if (today.isEmpty()) {
      return NONE;
    }
    LocalDay day = today.get();
    Map<Long, IntervalAccount> closed = new HashMap<>();
    snapshot.today().forEach(interval -> closed.put(interval.startMillis(), interval));
    long through =
        snapshot.today().isEmpty()
            ? day.startMillis()
            : Math.min(snapshot.today().getLast().endMillis(), day.endMillis());
    List<Row> rows = new ArrayList<>();
    for (long start = day.startMillis(); start < through; start += IntervalAccount.LENGTH_MILLIS) {
      Optional<IntervalAccount> interval = Optional.ofNullable(closed.get(start));
      EvidenceMark mark = EvidenceMark.of(snapshot.intervalLeaf(start), log);
      rows.add(interval.isPresent() ? row(day, interval.get(), mark) : gap(day, start));
    }
    return new QuartersView(
        day.startMillis() / 1_000,
        day.endMillis() / 1_000,
        day.zone().getId(),
        day.name(),
        rows.reversed());
  }

  private static Row row(LocalDay day, IntervalAccount interval, EvidenceMark mark) {
    Breakdown sum = Breakdown.of(List.of(interval));
    List<Share> parts = List.of(sum.lots(), sum.idle(), sum.overhead(), sum.unattributed());
    return new Row(
        interval.startMillis() / 1_000,
        day.time(interval.startMillis()),
        true,
        joined(parts, share -> share.energy().kilowattHours()),
        interval.priced() ? joined(parts, share -> share.co2e().kilograms()) : "",
        parts.stream().map(share -> Figure.kilowattHours(share.energy(), 2)).toList(),
        Figure.kilowattHours(sum.total().energy(), 2),
        sum.co2e(sum.total(), 3),
        interval.interpolated().milliwattHours() == 0 ? "measured" : "partly interpolated",
        mark);
  }

  private static Row gap(LocalDay day, long start) {
    return new Row(
        start / 1_000,
        day.time(start),
        false,
        "",
        "",
        List.of(),
        Figure.kilowattHours(Energy.ZERO, 2),
        Figure.kilogramsCo2e(Co2e.ZERO, 2),
        "no account",
        EvidenceMark.NONE);
  }

  private static String joined(List<Share> parts, Function<Share, String> figure) {
    return String.join(" ", parts.stream().map(figure).toList());
  }
}
