package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.nio.charset.StandardCharsets;

/**
 * Checks a lot passport against the supplier keys registered in the receiver's own log: the account
 * is signed by the supplier's gateway, and stands in the supplier's log. Stateless.
 */
public final class PassportCheck {
  private static final Mass HEAVIEST = new Mass(100_000_000_000L); // 100 t
  private static final Co2e MOST = new Co2e(1_000_000_000_000_000L); // 1,000 t

  private PassportCheck() {}

  /** A passport's content, or why it is not believed. */
  public sealed interface Verdict {
    /** Proven. */
    record Accepted(String facility, LotAccount account) implements Verdict {}

    /** Not proven. */
    record Refused(String reason) implements Verdict {}
  }

  public static Verdict check(Body.LotPassport passport, KeyBook keys) {
    try {
      TlogProof proof =
          TlogProof.parse(new String(passport.proof().bytes(), StandardCharsets.UTF_8));
      String origin = Checkpoint.parse(proof.checkpoint().text()).origin();
      byte[] leaf = passport.leaf().bytes();
      // attacker: invents an account, or takes it from a log we were never told of
      if (keys.of(KeyRole.SUPPLIER_LOG, origin).stream()
          .noneMatch(key -> proof.proves(leaf, new NoteKey(origin, NoteKey.Type.LOG, key)))) {
        return new Verdict.Refused("the proof does not lead into a registered supplier's log");
      }
      SignedStatement statement = Leaf.parse(leaf).statement();
      String facility = statement.statement().facility();
      // attacker: puts somebody else's statement into the supplier's log
      if (keys.of(KeyRole.SUPPLIER_GATEWAY, facility).stream().noneMatch(statement::isSignedBy)) {
        return new Verdict.Refused("the account is not signed by the supplier's gateway");
      }
      if (statement.statement().body() instanceof Body.Derived derived
          && derived.kind() == Kind.ACCOUNT
          && AccountCodec.decode(derived.content().bytes())
              instanceof AccountCodec.Account.OfLot account) {
        if (!isPlausible(account.account())) {
          return new Verdict.Refused("the account's figures are negative or beyond any lot");
        }
        return new Verdict.Accepted(facility, account.account());
      }
      return new Verdict.Refused("the supplier's leaf is not a lot account");
    } catch (MalformedException | ArithmeticException e) {
      return new Verdict.Refused("malformed: " + e.getMessage());
    }
  }

  /** Attacker: a supplier whose lots take CO2e away, or overflow the accounts they enter. */
  private static boolean isPlausible(LotAccount account) {
    return account.mass().milligrams() > 0
        && account.mass().compareTo(HEAVIEST) <= 0
        && account.own().energy().milliwattHours() >= 0
        && account.own().co2e().micrograms() >= 0
        && account.secondary().micrograms() >= 0
        && account.secondary().compareTo(account.total()) <= 0
        && account.total().compareTo(MOST) <= 0;
  }
}
