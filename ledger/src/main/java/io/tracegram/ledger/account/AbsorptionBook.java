package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.lot.Absorbed;
import io.tracegram.ledger.plant.Absorption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest account of each closed month's overhead, by its start. Single-threaded. */
final class AbsorptionBook {
  private final SortedMap<Long, Content> accounts;
  private final Map<Long, Long> leaves;

  /**
   * All of it; not copied.
   *
   * @param accounts encoded
   */
  record State(SortedMap<Long, Content> accounts, Map<Long, Long> leaves) {}

  AbsorptionBook(State state) {
    accounts = state.accounts;
    leaves = state.leaves;
  }

  static State empty() {
    return new State(new TreeMap<>(), new LinkedHashMap<>());
  }

  State state() {
    return new State(accounts, leaves);
  }

  /** Returns accounts of the months that are others than before. */
  List<Content> changed(int calculator, Absorption absorption, List<Absorbed> periods, long cause) {
    List<Content> results = new ArrayList<>();
    for (Absorbed period : periods) {
      Optional<Content> before = Optional.ofNullable(accounts.get(period.fromMillis()));
      Revision said = before.map(old -> decoded(old).revision()).orElse(Revision.FIRST);
      Content same = encoded(calculator, new AbsorptionAccount(said, absorption, period));
      if (before.filter(same::equals).isPresent()) {
        continue;
      }
      Revision next =
          new Revision(said.number() + 1, leaves.getOrDefault(period.fromMillis(), -1L), cause);
      Content account =
          before.isEmpty()
              ? same
              : encoded(calculator, new AbsorptionAccount(next, absorption, period));
      accounts.put(period.fromMillis(), account);
      results.add(account);
    }
    return results;
  }

  void written(AbsorptionAccount account, long leaf) {
    leaves.put(account.absorbed().fromMillis(), leaf);
  }

  /** Returns the newest accounts, oldest month first. */
  List<AbsorptionAccount> newest() {
    return accounts.values().stream().map(AbsorptionBook::decoded).toList();
  }

  private static Content encoded(int calculator, AbsorptionAccount account) {
    return Content.of(AccountCodec.encode(new Account.OfAbsorption(calculator, account)));
  }

  private static AbsorptionAccount decoded(Content account) {
    return ((Account.OfAbsorption) AccountCodec.decode(account.bytes())).account();
  }
}
