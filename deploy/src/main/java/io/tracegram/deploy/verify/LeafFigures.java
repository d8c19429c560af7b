package io.tracegram.deploy.verify;

import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a leaf says, in figures. Immutable.
 *
 * @param subject whose figures these are: facility and author, lot, or interval
 * @param period when, ISO 8601
 */
public record LeafFigures(String subject, String period, List<Figure> figures) {
  /** One number with its unit. */
  public record Figure(String name, String value, String unit) {}

  public LeafFigures {
    figures = List.copyOf(figures);
  }

  /** Returns what the leaf says, a line per figure. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of(subject + ", " + period),
            figures.stream()
                .map(figure -> figure.name() + " " + figure.value() + " " + figure.unit()))
        .toList();
  }

  /** Decodes a leaf; kinds without figures give only who said what, and when. */
  public static LeafFigures of(Leaf leaf) {
    Statement statement = leaf.statement().statement();
    List<Figure> figures = new ArrayList<>();
    return switch (statement.body()) {
      case Body.Derived derived -> derived(statement, derived);
      case Body.Readings readings -> {
        readings.series().forEach(series -> series(series, figures));
        List<Long> times =
            readings.series().stream()
                .flatMap(series -> series.readings().stream().map(Reading::measuredMillis))
                .sorted()
                .toList();
        yield new LeafFigures(said(statement), period(times.getFirst(), times.getLast()), figures);
      }
      case Body.Weight weight ->
          new LeafFigures(
              said(statement),
              time(weight.measuredMillis()),
              List.of(new Figure("net on " + weight.scale(), weight.mass().kilograms(), "kg")));
      case Body.SupplierFootprint footprint -> footprint(statement, footprint.declared());
      case Body.ProductDeclared declared ->
          new LeafFigures(
              said(statement) + " of " + declared.product(),
              time(statement.wallMillis()),
              List.of(
                  new Figure("own", declared.own().kilograms(), "kg CO2e"),
                  new Figure("inherited", declared.inherited().kilograms(), "kg CO2e"),
                  new Figure("total", declared.total().kilograms(), "kg CO2e")));
      case Body.Scan _,
          Body.TagRead _,
          Body.Gap _,
          Body.Heartbeat _,
          Body.DeviceStatus _,
          Body.Calculator _,
          Body.KeyRegistered _,
          Body.PlantModelDeclared _,
          Body.IntervalClose _,
          Body.LotPassport _,
          Body.FactorSetDeclared _,
          Body.EpcisCapture _,
          Body.MaterialClaimed _,
          Body.ClaimWithdrawn _,
          Body.Imported _,
          Body.ManualEntry _,
          Body.Approval _,
          Body.PeriodClose _,
          Body.Part _ ->
          new LeafFigures(said(statement), time(statement.wallMillis()), List.of());
    };
  }

  private static LeafFigures footprint(Statement statement, DeclaredFootprint declared) {
    DeclaredFootprint.Quantity per = declared.per();
    return new LeafFigures(
        said(statement) + " " + declared.id() + " of " + declared.company(),
        period(declared.valid().fromMillis(), declared.valid().toMillis()),
        List.of(
            new Figure(
                declared.product(),
                declared.kilograms().toPlainString(),
                "kg CO2e per %s %s"
                    .formatted(
                        per.amount().toPlainString(),
                        per.unit().name().toLowerCase(Locale.ROOT).replace('_', ' '))),
            new Figure("primary data share", declared.primaryPercent().toPlainString(), "%")));
  }

  private static LeafFigures derived(Statement statement, Body.Derived derived) {
    try {
      if (derived.kind() == Kind.CUSTODY_EVENT) {
        return custody(statement, CustodyEventCodec.decode(derived.content().bytes()));
      }
      return switch (AccountCodec.decode(derived.content().bytes())) {
        case AccountCodec.Account.OfInterval(int version, IntervalAccount account) ->
            interval(statement.facility() + ", calculator " + version, account);
        case AccountCodec.Account.OfFacility(int version, FacilityInterval account) ->
            FacilityFigures.of(statement.facility() + ", calculator " + version, account);
        case AccountCodec.Account.OfPeriod(int version, PeriodAccount account) ->
            PeriodFigures.of(statement.facility() + ", calculator " + version, account);
        case AccountCodec.Account.OfLot(int version, LotAccount account) ->
            lot(statement, version, account);
        case AccountCodec.Account.OfAbsorption(int version, AbsorptionAccount account) ->
            absorption(statement.facility() + ", calculator " + version, account);
      };
    } catch (MalformedException e) {
      return new LeafFigures(
          said(statement) + " that cannot be read: " + e.getMessage(),
          time(statement.wallMillis()),
          List.of());
    }
  }

  private static LeafFigures absorption(String subject, AbsorptionAccount account) {
    Absorbed month = account.absorbed();
    return new LeafFigures(
        subject,
        period(month.fromMillis(), month.toMillis()),
        List.of(
            overhead("opening variance", month.opening()),
            overhead("overhead", month.pool().burden()),
            overhead("late", month.late()),
            overhead("absorbed by lots", month.absorbed()),
            overhead("closing variance", month.closing())));
  }

  private static Figure overhead(String name, Burden burden) {
    return new Figure(
        name,
        burden.total(Basis.LB_ANNUAL).kilograms(),
        "kg CO2e, location-based, the year's average");
  }

  private static LeafFigures interval(String subject, IntervalAccount account) {
    List<Figure> figures = new ArrayList<>();
    share("total", account.total(), figures);
    account.direct().forEach((order, share) -> share("order " + order, share, figures));
    share("idle", account.idle(), figures);
    share("overhead", account.overhead(), figures);
    share("unattributed", account.unattributed(), figures);
    figures.add(energy("of which interpolated in time", account.interpolated()));
    return new LeafFigures(subject, period(account.startMillis(), account.endMillis()), figures);
  }

  private static LeafFigures custody(Statement statement, CustodyEvent event) {
    List<Figure> figures = new ArrayList<>();
    event.inputs().forEach(lot -> figures.add(mass("from", lot)));
    event.outputs().forEach(lot -> figures.add(mass("to", lot)));
    return new LeafFigures(
        statement.facility() + ", " + event.type().name().toLowerCase(Locale.ROOT),
        time(event.eventMillis()),
        figures);
  }

  private static Figure mass(String direction, CustodyEvent.LotQuantity quantity) {
    return new Figure(direction + " " + quantity.lot(), quantity.mass().kilograms(), "kg");
  }

  private static LeafFigures lot(Statement statement, int version, LotAccount account) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("mass", account.mass().kilograms(), "kg"));
    share("own", account.own(), figures);
    account
        .detail()
        .ifPresent(
            detail ->
                figures.add(
                    new Figure(
                        "of which absorbed overhead",
                        detail.absorbed().total(detail.headline()).kilograms(),
                        "kg CO2e")));
    figures.add(new Figure("inherited", account.inherited().kilograms(), "kg CO2e"));
    figures.add(
        new Figure("of which from secondary factors", account.secondary().kilograms(), "kg CO2e"));
    figures.add(new Figure("total", account.total().kilograms(), "kg CO2e"));
    account
        .primaryDataShare()
        .ifPresent(
            percent ->
                figures.add(
                    new Figure(
                        "primary data share, policy "
                            + account.primaryPolicy().policy().name().toLowerCase(Locale.ROOT)
                            + (account.primaryPolicy().mixed() ? " and another" : ""),
                        percent.toPlainString(),
                        "%")));
    return new LeafFigures(
        "lot %s (%s) of %s, calculator %d"
            .formatted(account.lot(), account.material(), statement.facility(), version),
        "final at " + time(statement.wallMillis()),
        figures);
  }

  private static void share(String name, Share share, List<Figure> figures) {
    figures.add(energy(name, share.energy()));
    figures.add(new Figure(name, share.co2e().kilograms(), "kg CO2e, location-based"));
  }

  private static Figure energy(String name, Energy energy) {
    return new Figure(name, energy.kilowattHours(), "kWh");
  }

  private static void series(Series series, List<Figure> figures) {
    boolean energy = series.register().cumulative();
    String name =
        series.meter() + " " + series.register().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    for (Reading reading : List.of(series.readings().getFirst(), series.readings().getLast())) {
      figures.add(
          new Figure(
              name + " at " + time(reading.measuredMillis()),
              BigDecimal.valueOf(reading.value(), energy ? 6 : 3)
                  .stripTrailingZeros()
                  .toPlainString(),
              energy ? "kWh" : "W"));
    }
  }

  private static String said(Statement statement) {
    return statement.agent()
        + " of "
        + statement.facility()
        + ", "
        + statement.body().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String period(long from, long to) {
    return time(from) + " to " + time(to);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
