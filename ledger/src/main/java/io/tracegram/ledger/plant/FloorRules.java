package io.tracegram.ledger.plant;

import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What is to be expected of the masses on the floor; immutable.
 *
 * @param materials of which something is declared, each once
 * @param losses by workstation, each once
 */
public record FloorRules(List<MaterialRule> materials, List<Loss> losses) {
  public static final FloorRules NONE = new FloorRules(List.of(), List.of());

  /** A part of something. */
  public record Percent(int thousandths) {
    public static final int MOST = 1_000_000;

    public Percent {
      if (thousandths < 0 || thousandths > MOST) {
        throw new IllegalArgumentException("a percentage is 0 to 1000, not " + thousandths);
      }
    }

    /** Returns this part of a mass, rounded down. */
    public Mass of(Mass whole) {
      return new Mass(
          BigInteger.valueOf(whole.milligrams())
              .multiply(BigInteger.valueOf(thousandths))
              .divide(BigInteger.valueOf(100_000))
              .longValueExact());
    }

    public String text() {
      return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
  }

  /** How much of a material comes out per mass put in, both ends included. */
  public record Band(Percent low, Percent high) {
    public Band {
      if (low.thousandths() > high.thousandths()) {
        throw new IllegalArgumentException("a yield band ends below its beginning");
      }
    }

    public boolean holds(Mass out, Mass in) {
      return out.compareTo(low.of(in)) >= 0 && out.compareTo(high.of(in)) <= 0;
    }
  }

  /**
   * What is declared of a material.
   *
   * @param waste whether an output of it is of no use
   */
  public record MaterialRule(String gtin, Optional<Band> band, boolean waste) {
    public MaterialRule {
      if (band.isEmpty() && !waste) {
        throw new IllegalArgumentException("nothing is declared of material " + gtin);
      }
    }
  }

  /** What of the inputs of a workstation leaves it unweighed, at most. */
  public record Loss(String workstation, Percent percent) {}

  public FloorRules {
    materials = List.copyOf(materials);
    losses = List.copyOf(losses);
    if (materials.stream().map(MaterialRule::gtin).distinct().count() < materials.size()
        || losses.stream().map(Loss::workstation).distinct().count() < losses.size()) {
      throw new IllegalArgumentException("a material or workstation has two rules");
    }
  }

  public Optional<Band> band(String gtin) {
    return rule(gtin).flatMap(MaterialRule::band);
  }

  public boolean isWaste(String gtin) {
    return rule(gtin).filter(MaterialRule::waste).isPresent();
  }

  public Optional<Percent> loss(String workstation) {
    return losses.stream()
        .filter(loss -> loss.workstation().equals(workstation))
        .map(Loss::percent)
        .findFirst();
  }

  private Optional<MaterialRule> rule(String gtin) {
    return materials.stream().filter(rule -> rule.gtin().equals(gtin)).findFirst();
  }
}
