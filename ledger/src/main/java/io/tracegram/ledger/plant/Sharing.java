package io.tracegram.ledger.plant;

import java.util.List;
import java.util.Optional;

/** How orders share a workstation's energy, and products an order's burden; immutable. */
public record Sharing(List<Rule> rules) {
  public static final Sharing NONE = new Sharing(List.of());

  /** What an order counts for beside others at its workstation; the ordinal is the wire form. */
  public enum Weight {
    /** All the same. */
    ONE,
    /** Its mass. */
    MASS,
    /** The number of its labels. */
    PIECES,
    /** Its mass × the time that it was there, over the whole quarter of an hour. */
    MASS_TIME
  }

  /** What a product counts for beside others of its order; the ordinal is the wire form. */
  public enum Share {
    MASS,
    /** One for each label. */
    PIECES
  }

  /**
   * What is declared of a workstation.
   *
   * @param weight empty where one order at a time has all
   * @param parallel whether each lot that is put in is an order of its own
   */
  public record Rule(
      String workstation, Optional<Weight> weight, boolean parallel, Share products) {
    public Rule {
      if (weight.isEmpty() && parallel) {
        throw new IllegalArgumentException(
            workstation + " runs orders in parallel, and does not say how they share");
      }
      if (weight.isEmpty() && products == Share.MASS) {
        throw new IllegalArgumentException("nothing is declared of workstation " + workstation);
      }
    }
  }

  public Sharing {
    rules = List.copyOf(rules);
    if (rules.stream().map(Rule::workstation).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("a workstation shares in two ways");
    }
  }

  public Optional<Weight> weight(String workstation) {
    return rule(workstation).flatMap(Rule::weight);
  }

  public boolean isParallel(String workstation) {
    return rule(workstation).filter(Rule::parallel).isPresent();
  }

  public Share products(String workstation) {
    return rule(workstation).map(Rule::products).orElse(Share.MASS);
  }

  private Optional<Rule> rule(String workstation) {
    return rules.stream().filter(rule -> rule.workstation.equals(workstation)).findFirst();
  }
}
