package io.tracegram.gateway.account;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log must say before an agent's statement can stand in it: keys, rules, plant. Remembers
 * what it says already, so that only what is new or changed is said again. Single-threaded.
 */
final class Genesis {
  private final List<List<Body>> wanted;
  private final Map<String, Said> said = new LinkedHashMap<>();

  private record Said(Body body, long leaf) {}

  /**
   * @param wanted in the order of the log's first leaves; each with what must come before it, if
   *     anything: its parts, its factor sets
   */
  Genesis(List<List<Body>> wanted) {
    this.wanted = List.copyOf(wanted);
  }

  void replay(long leaf, Body body) {
    switch (body) {
      case Body.KeyRegistered _, Body.Calculator _, Body.PlantModelDeclared _ ->
          said.put(subject(body), new Said(body, leaf));
      case Body.Readings _,
          Body.Weight _,
          Body.Scan _,
          Body.TagRead _,
          Body.Gap _,
          Body.Heartbeat _,
          Body.DeviceStatus _,
          Body.IntervalClose _,
          Body.LotPassport _,
          Body.FactorSetDeclared _,
          Body.SupplierFootprint _,
          Body.MaterialClaimed _,
          Body.ClaimWithdrawn _,
          Body.EpcisCapture _,
          Body.Imported _,
          Body.ManualEntry _,
          Body.Approval _,
          Body.PeriodClose _,
          Body.Part _,
          Body.ProductDeclared _,
          Body.Derived _ -> {
        // no part of the setup, or said anew with what it is a part of
      }
    }
  }

  /** Returns the leaves that say all that is in force. */
  List<Long> leaves() {
    return said.values().stream().map(Said::leaf).toList();
  }

  /** Returns what the log does not say yet in this form. */
  List<Body> missing() {
    List<Body> missing = new ArrayList<>();
    for (List<Body> statements : wanted) {
      Body body = statements.getLast();
      Said before = said.get(subject(body));
      if (before == null || !body.equals(before.body)) {
        missing.addAll(statements);
      }
    }
    return missing;
  }

  private static String subject(Body body) {
    return body instanceof Body.KeyRegistered(KeyRole role, String holder, var key)
        ? body.kind() + " " + role + " " + holder
        : body.kind().name();
  }
}
