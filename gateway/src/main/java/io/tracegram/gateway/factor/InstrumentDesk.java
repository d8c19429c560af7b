package io.tracegram.gateway.factor;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.gateway.problem.Problems;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import java.util.Optional;

/** Declares the instruments that the configuration names; what it does not name stays in force. */
public final class InstrumentDesk {
  private static final String CODE = "emission.instruments";

  private final Optional<InstrumentPortfolio> portfolio;
  private final FactorLeaves leaves;
  private final Problems problems;

  /**
   * @param portfolio empty if the configuration says nothing of instruments
   */
  public InstrumentDesk(
      Optional<InstrumentPortfolio> portfolio, AccountStage accounts, Problems problems) {
    this.portfolio = portfolio;
    this.leaves = new FactorLeaves(accounts);
    this.problems = problems;
  }

  /**
   * Returns when the portfolio is in the log, unless it is the one in force. Closed months that it
   * changes are restated at the next close. Blocks for the log.
   */
  public void start() {
    portfolio.ifPresent(this::declare);
  }

  private void declare(InstrumentPortfolio portfolio) {
    if (leaves.accounts().ask(ledger -> isOtherOfSameEdition(ledger, portfolio)).join()) {
      problems.raise(
          CODE,
          portfolio.id(),
          Severity.WARNING,
          "the instruments changed, and their edition is still '" + portfolio.edition() + "'",
          "they are in force; accounts from before and after cite the same edition",
          "give the file another edition whenever its instruments change");
    }
    leaves.declare(portfolio, ledger -> ledger.holds(portfolio));
  }

  private static boolean isOtherOfSameEdition(
      FacilityLedger ledger, InstrumentPortfolio portfolio) {
    return ledger
        .instruments()
        .filter(held -> held.id().equals(portfolio.id()))
        .filter(held -> held.edition().equals(portfolio.edition()))
        .filter(held -> !held.equals(portfolio))
        .isPresent();
  }
}
