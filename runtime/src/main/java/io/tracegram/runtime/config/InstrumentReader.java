package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.Instrument.Answer;
import io.tracegram.ledger.emission.Instrument.Verdict;
import io.tracegram.ledger.emission.QualityCriterion;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.quantity.Energy;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads the instruments of one file. Single-threaded.
 *
 * <p>Dates are days of the plant's zone, since the months that are matched are; an instant is
 * refused.
 */
final class InstrumentReader {
  private static final int DECIMALS = 6;
  private static final BigDecimal MOST_KWH = BigDecimal.TEN.pow(11);
  private static final BigDecimal MOST_KG_PER_KWH = BigDecimal.valueOf(5);
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;
  private static final int MOST_YEARS = 30;
  private static final LocalDate SOME_DAY = LocalDate.of(FIRST_YEAR, 1, 1);

  private final References ids = new References("instrument");
  private final ZoneId zone;
  private final InstrumentWarnings warnings;

  /**
   * @param zone of the plant; empty if none is known
   */
  InstrumentReader(Scope2Policy policy, Optional<ZoneId> zone) {
    this.zone = zone.orElse(ZoneOffset.UTC);
    warnings = new InstrumentWarnings(policy, zone);
  }

  /** Returns the instrument, empty if a problem was reported. */
  Optional<Instrument> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String id = ids.declare(yaml);
    Instrument.Type type = yaml.oneOf("type", Instrument.Type.class);
    Energy volume = yaml.value("volumeKwh", InstrumentReader::volume, Energy.ZERO);
    LocalDate from = yaml.value("from", InstrumentReader::date, SOME_DAY);
    LocalDate to = yaml.value("to", InstrumentReader::date, SOME_DAY.plusDays(1));
    if (yaml.diagnostics().errorCount() == errorsBefore) {
      validity(yaml, from, to);
    }
    Optional<EmissionFactor> factor = yaml.map("factor").map(InstrumentReader::factor);
    Map<QualityCriterion, Answer> criteria =
        yaml.optionalMap("criteria").map(InstrumentReader::criteria).orElse(Map.of());
    Answer deliverable =
        yaml.optionalMap("deliverable").map(InstrumentReader::answer).orElse(Answer.NONE);
    Optional<SortedMap<Long, Energy>> generation = generation(yaml);
    yaml.close();
    if (factor.isEmpty() || yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    Instrument instrument =
        new Instrument(
            id,
            type,
            volume,
            from.atStartOfDay(zone).toInstant().toEpochMilli(),
            to.atStartOfDay(zone).toInstant().toEpochMilli(),
            factor.get(),
            criteria,
            deliverable,
            generation);
    warnings.judge(yaml, instrument, from, to);
    return Optional.of(instrument);
  }

  private static Energy volume(String text) {
    BigDecimal kilowattHours = Scalars.decimalWithPoint(text);
    if (kilowattHours.signum() <= 0) {
      throw new IllegalArgumentException(
          "must be more than 0, not '" + text + "': leave out an instrument that covers nothing");
    }
    if (kilowattHours.compareTo(MOST_KWH) > 0) {
      throw new IllegalArgumentException(
          "of " + text + " kWh is absurd, at most 100 TWh: is it in kWh?");
    }
    if (kilowattHours.stripTrailingZeros().scale() > DECIMALS) {
      throw new IllegalArgumentException(
          "has more than 6 decimals, finer than a milliwatt-hour: '" + text + "'");
    }
    return new Energy(kilowattHours.movePointRight(DECIMALS).longValueExact());
  }

  private static LocalDate date(String text) {
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a day of the plant's time zone such as 2026-01-01, without a time, not '"
              + text
              + "'",
          e);
    }
    if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("must be from the year 2000 to 2100, not '" + text + "'");
    }
    return date;
  }

  private static void validity(YamlMap yaml, LocalDate from, LocalDate to) {
    if (!to.isAfter(from)) {
      yaml.error(
          "to",
          "bad-validity",
          "'to' is the first day that is not covered, and must be after 'from': "
              + to
              + " is not after "
              + from);
    } else if (to.isAfter(from.plusYears(MOST_YEARS))) {
      yaml.error(
          "to",
          "bad-validity",
          "from %s to %s is longer than %d years: correct the year"
              .formatted(from, to, MOST_YEARS));
    }
  }

  private static EmissionFactor factor(YamlMap yaml) {
    EmissionFactor factor = FactorReader.spelled(yaml, "kgCo2ePerKwh", EmissionFactor.Unit.KWH);
    if (factor.kgPerUnit().compareTo(MOST_KG_PER_KWH) > 0) {
      yaml.error(
          "kgCo2ePerKwh",
          "absurd-factor",
          factor.kgPerUnit().toPlainString()
              + " kg CO2e per kWh is absurd, at most 5: is it in grams, or per MWh?");
    }
    if (!FactorWords.isOfElectricity(factor.boundary())) {
      yaml.error(
          "boundary",
          "wrong-boundary",
          "electricity has no boundary '" + factor.boundary() + "': generation, supplier-rate?");
    }
    return factor;
  }

  private static Map<QualityCriterion, Answer> criteria(YamlMap yaml) {
    Map<QualityCriterion, Answer> answers = new EnumMap<>(QualityCriterion.class);
    Scalars.choices(QualityCriterion.class)
        .forEach(
            (key, criterion) ->
                yaml.optionalMap(key)
                    .map(InstrumentReader::answer)
                    .ifPresent(answer -> answers.put(criterion, answer)));
    yaml.close();
    return answers;
  }

  private static Answer answer(YamlMap yaml) {
    boolean met = yaml.value("met", Scalars::flag, false);
    Answer answer = new Answer(met ? Verdict.MET : Verdict.NOT_MET, yaml.text("evidence"));
    yaml.close();
    return answer;
  }

  private static Optional<SortedMap<Long, Energy>> generation(YamlMap yaml) {
    return yaml.optionalPath("generation")
        .flatMap(file -> GenerationCheck.read(file, yaml.diagnostics()));
  }
}
