package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.lot.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest account of each lot and revision, and what it rests on. Single-threaded. */
final class LotFigures {
  private final Map<Stage, Content> accounts;
  private final Map<Stage, LotAccount.Basis> bases;
  private int calculator;

  /**
   * All of it; not copied.
   *
   * @param accounts encoded; what is in a silo has none
   * @param calculator by which accounts are made now
   */
  record State(Map<Stage, Content> accounts, Map<Stage, LotAccount.Basis> bases, int calculator) {}

  LotFigures(State state) {
    accounts = state.accounts;
    bases = state.bases;
    calculator = state.calculator;
  }

  static State empty() {
    return new State(new LinkedHashMap<>(), new LinkedHashMap<>(), 1);
  }

  State state() {
    return new State(accounts, bases, calculator);
  }

  /** From now on accounts are made by another calculator. */
  void follow(int next) {
    calculator = next;
  }

  int calculator() {
    return calculator;
  }

  /** Keeps an account; returns it as its leaf holds it. */
  Content put(Stage stage, LotAccount account) {
    return put(stage, calculator, account);
  }

  /** Keeps an account that an earlier calculator made. */
  Content put(Stage stage, int by, LotAccount account) {
    Content encoded = Content.of(AccountCodec.encode(new Account.OfLot(by, account)));
    accounts.put(stage, encoded);
    return encoded;
  }

  void rests(Stage stage, LotAccount.Basis basis) {
    bases.put(stage, basis);
  }

  Optional<LotAccount> account(Stage stage) {
    return Optional.ofNullable(accounts.get(stage))
        .map(account -> ((Account.OfLot) AccountCodec.decode(account.bytes())).account());
  }

  boolean has(Stage stage) {
    return accounts.containsKey(stage);
  }

  Optional<LotAccount.Basis> basis(Stage stage) {
    return Optional.ofNullable(bases.get(stage));
  }

  boolean isOwn(Stage stage) {
    return bases.get(stage) == LotAccount.Basis.OWN;
  }

  void forget(Stage stage) {
    accounts.remove(stage);
    bases.remove(stage);
  }
}
