package io.tracegram.gateway.account;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log must say before an agent's statement can stand in it: keys, rules, plant. Remembers
 * what it says already, so that only what is new or changed is said again. Single-threaded.
 */
final class Genesis {
  private final List<Body> wanted;
  private final Map<String, Body> said = new HashMap<>();

  /**
   * @param wanted in the order of the log's first leaves
   */
  Genesis(List<Body> wanted) {
    this.wanted = List.copyOf(wanted);
  }

  void replay(Body body) {
    switch (body) {
      case Body.KeyRegistered _, Body.Calculator _, Body.PlantModelDeclared _ ->
          said.put(subject(body), body);
      case Body.Readings _,
          Body.Weight _,
          Body.Scan _,
          Body.Gap _,
          Body.Heartbeat _,
          Body.DeviceStatus _,
          Body.IntervalClose _,
          Body.LotPassport _,
          Body.Derived _ -> {
        // no part of the setup
      }
    }
  }

  /** Returns what the log does not say yet in this form. */
  List<Body> missing() {
    List<Body> missing = new ArrayList<>();
    for (Body body : wanted) {
      if (!body.equals(said.get(subject(body)))) {
        missing.add(body);
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
