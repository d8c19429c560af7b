package io.tracegram.ledger.emission;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All instruments that a facility holds; a later one replaces it whole. Immutable.
 *
 * @param id {@code [a-z0-9-]{1,40}}
 * @param edition changes with every change of its instruments
 * @param source where the instruments are evidenced, such as a registry's cancellation statement
 * @param policy which text of the Scope 2 standard they must satisfy
 */
public record InstrumentPortfolio(
    String id, String edition, String source, Scope2Policy policy, List<Instrument> instruments)
    implements FactorDocument {
  /** No facility holds more. */
  public static final int MOST_INSTRUMENTS = 1_000;

  public InstrumentPortfolio {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a portfolio is [a-z0-9-]{1,40}: " + id);
    }
    instruments = List.copyOf(instruments);
    if (instruments.size() > MOST_INSTRUMENTS) {
      throw new IllegalArgumentException(
          "portfolio " + id + " has more than " + MOST_INSTRUMENTS + " instruments");
    }
    Set<String> ids = new HashSet<>();
    for (Instrument instrument : instruments) {
      if (!ids.add(instrument.id())) {
        throw new IllegalArgumentException(
            "instrument " + instrument.id() + " stands twice in portfolio " + id);
      }
    }
  }

  /** Says whether loads can be matched hour by hour. */
  public boolean isHourly() {
    return instruments.stream().anyMatch(instrument -> instrument.generation().isPresent());
  }

  /** Returns from when on another portfolio gives other figures; empty if it gives the same. */
  public OptionalLong differsFrom(InstrumentPortfolio other) {
    boolean anotherText = policy != other.policy;
    return Stream.concat(
            instruments.stream().filter(it -> anotherText || !other.instruments.contains(it)),
            other.instruments.stream().filter(it -> anotherText || !instruments.contains(it)))
        .mapToLong(Instrument::fromMillis)
        .min();
  }
}
