package io.tracegram.ledger.account;

import io.tracegram.ledger.energy.RegisterCurve;
import io.tracegram.ledger.lot.Presence;
import io.tracegram.ledger.plant.PlantModel;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One edition of the rules by which a closed quarter of an hour becomes an account. Stateless; once
 * released it never changes, so that what it gave can be recomputed for ever.
 */
public interface Calculator {
  /** Returns the number by which {@code calculator} and {@code account} leaves name it, ≥ 1. */
  int version();

  Result interval(Quarter quarter);

  /**
   * What an interval's account rests on.
   *
   * @param curves by meter id, one for every meter of the plant
   * @param postedLevel level of the root's curve up to which energy is already accounted
   */
  record Quarter(
      PlantModel plant,
      long startMillis,
      long endMillis,
      Map<String, RegisterCurve> curves,
      Collection<Presence> presences,
      long postedLevel) {}

  /**
   * An interval's account.
   *
   * @param imbalanced meters whose children counted noticeably more than themselves
   */
  record Result(IntervalAccount account, List<String> imbalanced) {}
}
