package io.tracegram.ledger.emission;

import io.tracegram.ledger.quantity.Energy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A contractual claim to electricity and its emission rate (GHG Protocol Scope 2 Guidance ch. 7);
 * immutable.
 *
 * @param volume what it covers in all, ≥ 0
 * @param fromMillis of its validity, inclusive
 * @param toMillis of its validity, exclusive
 * @param factor per {@link EmissionFactor.Unit#KWH}
 * @param criteria the answers to table 7.1; what is absent is unanswered
 * @param deliverable whether its power can reach the load, as the proposed revision asks
 * @param generation by start of each UTC hour, if the generator's hours are known
 */
public record Instrument(
    String id,
    Type type,
    Energy volume,
    long fromMillis,
    long toMillis,
    EmissionFactor factor,
    Map<QualityCriterion, Answer> criteria,
    Answer deliverable,
    Optional<SortedMap<Long, Energy>> generation) {
  /** No instrument tells more hours of generation: ten years. */
  public static final int MOST_HOURS = 10 * 366 * 24;

  static final long HOUR = 3_600_000L;

  /** The rungs of table 6.3 that an instrument can stand on, best first; below: residual mix. */
  public enum Type {
    /** An energy attribute certificate, such as a guarantee of origin. */
    CERTIFICATE,
    /** A contract with a generator, such as a power purchase agreement. */
    CONTRACT,
    /** A supplier's own delivered rate. */
    SUPPLIER_RATE
  }

  /** Whether a criterion holds; the ordinal is the wire form. */
  public enum Verdict {
    UNANSWERED,
    MET,
    NOT_MET
  }

  /** A person's answer to a criterion, with the reason. */
  public record Answer(Verdict verdict, String text) {
    public static final Answer NONE = new Answer(Verdict.UNANSWERED, "");
  }

  public Instrument {
    if (volume.milliwattHours() < 0 || toMillis <= fromMillis) {
      throw new IllegalArgumentException("instrument " + id + " covers nothing");
    }
    if (factor.unit() != EmissionFactor.Unit.KWH) {
      throw new IllegalArgumentException("instrument " + id + " has no factor per kWh");
    }
    criteria = Map.copyOf(criteria);
    generation = generation.map(HourlyEnergy::checked);
  }

  /** Returns why it does not count under this policy, in words; empty if it counts. */
  public List<String> refusals(Scope2Policy policy) {
    List<String> refusals = new ArrayList<>();
    for (QualityCriterion criterion : QualityCriterion.values()) {
      refusal(criterion.question(), criteria.getOrDefault(criterion, Answer.NONE))
          .ifPresent(refusals::add);
    }
    if (policy.demandsDeliverability()) {
      refusal("its power can be delivered to the load", deliverable).ifPresent(refusals::add);
    }
    return List.copyOf(refusals);
  }

  private static Optional<String> refusal(String question, Answer answer) {
    return switch (answer.verdict()) {
      case MET -> Optional.empty();
      case NOT_MET -> Optional.of("not met: " + question + " (" + answer.text() + ")");
      case UNANSWERED -> Optional.of("unanswered: " + question);
    };
  }
}
