package io.tracegram.ledger.account;

import io.tracegram.ledger.account.AccountCodec.Account;
import io.tracegram.ledger.energy.Origin;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.OptionalLong;

/**
 * One edition of the rules by which readings become the accounts of quarters of an hour, with the
 * registers it keeps. Once released it never changes, so that what it gave can be recomputed for
 * ever. Single-threaded.
 */
sealed interface EnergyRules permits RulesOne, RulesTwo {
  /** Returns the number by which {@code calculator} and {@code account} leaves name it, ≥ 1. */
  int version();

  /** A register's newest reading. */
  record Newest(OptionalLong millis, Energy register) {}

  /**
   * An interval's account.
   *
   * @param imbalanced meters whose children counted noticeably more than themselves
   */
  record Result(Account account, List<String> imbalanced) {}

  void plan(PlantModel plant);

  /** Books a series of a known meter. */
  void book(Series series, Origin origin, long leaf);

  /** Returns the time before which every meter's energy is known, a bad meter counting as known. */
  OptionalLong knownThrough(PlantModel plant, MeterBook meters, long agentMillis);

  /** Accounts an interval for the first time. */
  Result interval(PlantModel plant, long startMillis, List<Presence> presences);

  Newest newest(String meter);
}
