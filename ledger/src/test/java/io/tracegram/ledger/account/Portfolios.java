package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.Instrument.Answer;
import io.tracegram.ledger.emission.Instrument.Verdict;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.QualityCriterion;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Instruments that meet every criterion, for as long as anyone asks. */
final class Portfolios {
  private static final Answer MET = new Answer(Verdict.MET, "seen");

  private Portfolios() {}

  static InstrumentPortfolio of(String edition, Instrument... instruments) {
    return new InstrumentPortfolio(
        "held", edition, "registry", Scope2Policy.CURRENT, List.of(instruments));
  }

  static Instrument contract(String id, long kilowattHours) {
    return instrument(id, Instrument.Type.CONTRACT, kilowattHours, Optional.empty());
  }

  static Instrument certificate(String id, long kilowattHours, SortedMap<Long, Energy> hours) {
    return instrument(id, Instrument.Type.CERTIFICATE, kilowattHours, Optional.of(hours));
  }

  static Instrument certificate(String id, long kilowattHours) {
    return instrument(id, Instrument.Type.CERTIFICATE, kilowattHours, Optional.empty());
  }

  private static Instrument instrument(
      String id,
      Instrument.Type type,
      long kilowattHours,
      Optional<SortedMap<Long, Energy>> generation) {
    return new Instrument(
        id,
        type,
        new Energy(kilowattHours * 1_000_000),
        0,
        Site.START * 2,
        factor(id, "0"),
        Arrays.stream(QualityCriterion.values())
            .collect(Collectors.toMap(Function.identity(), criterion -> MET)),
        MET,
        generation);
  }

  static EmissionFactor factor(String id, String kgPerKwh) {
    return new EmissionFactor(
        id,
        new BigDecimal(kgPerKwh),
        EmissionFactor.Unit.KWH,
        "2024",
        "generation",
        "AR5",
        "test",
        "none");
  }
}
