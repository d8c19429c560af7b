package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.FacilityIntervalCodec.TEXT;
import static io.tracegram.ledger.account.FacilityIntervalCodec.basis;
import static io.tracegram.ledger.account.FacilityIntervalCodec.list;

import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentMatching.Matched;
import io.tracegram.ledger.emission.InstrumentMatching.Part;
import io.tracegram.ledger.emission.InstrumentMatching.Source;
import io.tracegram.ledger.emission.InstrumentMatching.Used;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.util.Optional;
import java.util.TreeMap;

/** Writes and reads what a {@link PeriodAccount} adds to the head of an account. Stateless. */
final class PeriodAccountCodec {
  /** Items of an account of a month, its type and calculator included. */
  static final int ITEMS = 10;

  /** The rungs below those of {@link Instrument.Type}. */
  private static final int RESIDUAL_MIX = 3;

  private static final int GRID_AVERAGE = 4;
  private static final int UNPRICED = 5;

  private PeriodAccountCodec() {}

  static void write(CborWriter out, PeriodAccount month) {
    out.integer(month.fromMillis()).integer(month.toMillis());
    FacilityIntervalCodec.revision(out, month.revision());
    out.integer(month.intervals()).integer(month.absent());
    out.array(month.postings().size());
    month.postings().forEach(posting -> FacilityIntervalCodec.posting(out, posting));
    out.array(month.parts().size());
    for (PeriodAccount.Part part : month.parts()) {
      out.array(3).integer(part.kind().ordinal()).integer(part.electricity().milliwattHours());
      out.array(part.co2e().size());
      for (PeriodAccount.Amount amount : part.co2e()) {
        out.array(2).integer(amount.basis().ordinal());
        amount(out, amount.co2e());
      }
    }
    if (month.market().isEmpty()) {
      out.array(0);
    } else {
      market(out.array(4), month.market().get());
    }
  }

  static PeriodAccount read(CborReader in) {
    return new PeriodAccount(
        in.integer(),
        in.integer(),
        FacilityIntervalCodec.revision(in),
        (int) in.integer(0, Integer.MAX_VALUE),
        (int) in.integer(0, Integer.MAX_VALUE),
        list(in, FacilityIntervalCodec::posting),
        list(in, PeriodAccountCodec::part),
        market(in));
  }

  private static PeriodAccount.Part part(CborReader in) {
    in.arrayOf(3);
    return new PeriodAccount.Part(
        Cell.Kind.values()[(int) in.integer(0, Cell.Kind.values().length - 1)],
        new Energy(in.integer()),
        list(
            in,
            amounts -> {
              amounts.arrayOf(2);
              return new PeriodAccount.Amount(basis(amounts), amount(amounts));
            }));
  }

  private static void market(CborWriter out, Market market) {
    out.text(market.portfolio());
    out.array(market.sources().size());
    market.sources().forEach(out::text);
    matched(out, market.annual());
    if (market.hourly().isEmpty()) {
      out.array(0);
      return;
    }
    Market.Hourly hourly = market.hourly().get();
    matched(out.array(2), hourly.whole());
    out.array(hourly.hours().size());
    hourly.hours().forEach(out::integer);
  }

  private static Optional<Market> market(CborReader in) {
    if (isNone(in, 4)) {
      return Optional.empty();
    }
    return Optional.of(
        new Market(
            in.text(2 * TEXT + 1),
            list(in, items -> items.text(TEXT)),
            matched(in),
            isNone(in, 2)
                ? Optional.empty()
                : Optional.of(
                    new Market.Hourly(
                        matched(in), list(in, hours -> hours.integer(-1, Long.MAX_VALUE))))));
  }

  private static void matched(CborWriter out, Matched matched) {
    out.array(2).array(matched.parts().size());
    for (Part part : matched.parts()) {
      out.array(3);
      source(out, part.source());
      out.integer(part.energy().milliwattHours());
      amount(out, part.co2e());
    }
    out.array(2 * matched.used().milliwattHours().size());
    matched.used().milliwattHours().forEach((id, used) -> out.text(id).integer(used));
  }

  private static Matched matched(CborReader in) {
    in.arrayOf(2);
    var parts =
        list(
            in,
            items -> {
              items.arrayOf(3);
              return new Part(source(items), new Energy(items.integer()), amount(items));
            });
    TreeMap<String, Long> used = new TreeMap<>();
    int items = in.array(2 * FacilityIntervalCodec.ITEMS);
    for (int i = 0; i < items; i += 2) {
      String id = in.text(4 * TEXT);
      if (!used.isEmpty() && used.lastKey().compareTo(id) >= 0) {
        throw new MalformedException("instruments are not sorted", in.position());
      }
      used.put(id, in.integer(0, Long.MAX_VALUE));
    }
    return new Matched(parts, new Used(used));
  }

  private static void source(CborWriter out, Source source) {
    switch (source) {
      case Source.OfInstrument(String id, Instrument.Type type) ->
          out.array(2).integer(type.ordinal()).text(id);
      case Source.ResidualMix(String factor) -> out.array(2).integer(RESIDUAL_MIX).text(factor);
      case Source.GridAverageFlagged(String factor) ->
          out.array(2).integer(GRID_AVERAGE).text(factor);
      case Source.Unpriced _ -> out.array(2).integer(UNPRICED).text("");
    }
  }

  private static Source source(CborReader in) {
    in.arrayOf(2);
    int rung = (int) in.integer(0, UNPRICED);
    String id = in.text(4 * TEXT);
    return switch (rung) {
      case RESIDUAL_MIX -> new Source.ResidualMix(id);
      case GRID_AVERAGE -> new Source.GridAverageFlagged(id);
      case UNPRICED -> new Source.Unpriced();
      default -> new Source.OfInstrument(id, Instrument.Type.values()[rung]);
    };
  }

  private static void amount(CborWriter out, Optional<Co2e> co2e) {
    out.array(co2e.isPresent() ? 1 : 0);
    co2e.ifPresent(known -> out.integer(known.micrograms()));
  }

  private static Optional<Co2e> amount(CborReader in) {
    return in.array(1) == 0 ? Optional.empty() : Optional.of(new Co2e(in.integer()));
  }

  private static boolean isNone(CborReader in, int items) {
    int count = in.array(items);
    if (count != 0 && count != items) {
      throw new MalformedException("it has " + items + " items, or none", in.position());
    }
    return count == 0;
  }
}
