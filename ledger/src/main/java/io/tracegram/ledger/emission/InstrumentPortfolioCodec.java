package io.tracegram.ledger.emission;

import static io.tracegram.ledger.emission.FactorDocumentCodec.constant;
import static io.tracegram.ledger.emission.FactorDocumentCodec.text;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes and reads portfolios as documents of a {@code factor-set} leaf. Stateless. */
final class InstrumentPortfolioCodec {
  private static final int TEXT = FactorDocumentCodec.TEXT;
  private static final int MOST_HOURS = Instrument.MOST_HOURS;

  private InstrumentPortfolioCodec() {}

  static byte[] encode(InstrumentPortfolio portfolio) {
    CborWriter out =
        new CborWriter().array(6).integer(FactorDocumentCodec.PORTFOLIO).text(portfolio.id());
    text(out, portfolio.edition());
    text(out, portfolio.source());
    out.integer(portfolio.policy().ordinal());
    out.array(portfolio.instruments().size());
    portfolio.instruments().forEach(instrument -> instrument(out, instrument));
    return out.toByteArray();
  }

  static InstrumentPortfolio read(CborReader in) {
    String id = in.text(TEXT);
    String edition = in.text(TEXT);
    String source = in.text(TEXT);
    Scope2Policy policy = constant(in, Scope2Policy.values());
    int count = in.array(InstrumentPortfolio.MOST_INSTRUMENTS);
    List<Instrument> instruments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      instruments.add(instrument(in));
    }
    return new InstrumentPortfolio(id, edition, source, policy, instruments);
  }

  private static void instrument(CborWriter out, Instrument instrument) {
    out.array(9);
    text(out, instrument.id());
    out.integer(instrument.type().ordinal())
        .integer(instrument.volume().milliwattHours())
        .integer(instrument.fromMillis())
        .integer(instrument.toMillis());
    FactorDocumentCodec.factor(out, instrument.factor());
    out.array(QualityCriterion.values().length);
    for (QualityCriterion criterion : QualityCriterion.values()) {
      answer(out, instrument.criteria().getOrDefault(criterion, Instrument.Answer.NONE));
    }
    answer(out, instrument.deliverable());
    if (instrument.generation().isEmpty()) {
      out.array(0);
    } else {
      generation(out, instrument.generation().get());
    }
  }

  /** An hour is told by its distance from the one before, in hours. */
  private static void generation(CborWriter out, SortedMap<Long, Energy> hours) {
    if (hours.size() > MOST_HOURS) {
      throw new IllegalArgumentException("more than " + MOST_HOURS + " hours of generation");
    }
    out.array(1 + 2 * hours.size()).integer(hours.size());
    long before = 0;
    for (Map.Entry<Long, Energy> hour : hours.entrySet()) {
      long number = hour.getKey() / Instrument.HOUR;
      out.integer(number - before).integer(hour.getValue().milliwattHours());
      before = number;
    }
  }

  private static Instrument instrument(CborReader in) {
    in.arrayOf(9);
    String id = in.text(TEXT);
    Instrument.Type type = constant(in, Instrument.Type.values());
    Energy volume = new Energy(in.integer());
    long from = in.integer();
    long to = in.integer();
    EmissionFactor factor = FactorDocumentCodec.factor(in);
    Map<QualityCriterion, Instrument.Answer> criteria = new EnumMap<>(QualityCriterion.class);
    in.arrayOf(QualityCriterion.values().length);
    for (QualityCriterion criterion : QualityCriterion.values()) {
      Instrument.Answer answer = answer(in);
      if (!answer.equals(Instrument.Answer.NONE)) {
        criteria.put(criterion, answer);
      }
    }
    return new Instrument(id, type, volume, from, to, factor, criteria, answer(in), generation(in));
  }

  private static Optional<SortedMap<Long, Energy>> generation(CborReader in) {
    int items = in.array(1 + 2 * MOST_HOURS);
    if (items == 0) {
      return Optional.empty();
    }
    int count = (int) in.integer(0, MOST_HOURS);
    if (items != 1 + 2 * count) {
      throw new MalformedException("hours and their number differ", in.position());
    }
    SortedMap<Long, Energy> hours = new TreeMap<>();
    long number = 0;
    for (int i = 0; i < count; i++) {
      number = Math.addExact(number, in.integer(i == 0 ? Long.MIN_VALUE : 1, Long.MAX_VALUE));
      hours.put(Math.multiplyExact(number, Instrument.HOUR), new Energy(in.integer()));
    }
    return Optional.of(hours);
  }

  private static void answer(CborWriter out, Instrument.Answer answer) {
    out.array(2).integer(answer.verdict().ordinal());
    text(out, answer.text());
  }

  private static Instrument.Answer answer(CborReader in) {
    in.arrayOf(2);
    return new Instrument.Answer(constant(in, Instrument.Verdict.values()), in.text(TEXT));
  }
}
