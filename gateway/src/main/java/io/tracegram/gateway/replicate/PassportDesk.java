package io.tracegram.gateway.replicate;

import io.tracegram.ledger.account.KeyBook;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PassportCheck;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies passports against the suppliers' configured keys and our policy, whoever delivers them.
 * Thread-safe.
 */
public final class PassportDesk {
  private final List<Supplier> suppliers;
  private final KeyBook keys = new KeyBook();

  /**
   * A facility whose lots arrive here.
   *
   * @param log verifies the checkpoints of its log
   * @param gateway verifies its gateway's statements
   * @param cloud base URL of the service that hands out its passports; empty if they come as files
   * @param policy what its log's checkpoint must carry
   */
  public record Supplier(
      String facility, NoteKey log, PublicKey gateway, Optional<URI> cloud, TlogPolicy policy) {}

  /** What becomes of a passport. */
  public sealed interface Verdict {
    /** Proven. */
    record Accepted(Body.LotPassport passport, String facility, LotAccount account)
        implements Verdict {
      public LotId lot() {
        return account.lot();
      }
    }

    /**
     * Not believed.
     *
     * @param reason a sentence without subject and full stop, such as "does not verify: …"
     */
    record Refused(String reason) implements Verdict {}
  }

  public PassportDesk(List<Supplier> suppliers) {
    this.suppliers = List.copyOf(suppliers);
    for (Supplier supplier : suppliers) {
      keys.register(
          new Body.KeyRegistered(
              KeyRole.SUPPLIER_LOG, supplier.log().name(), supplier.log().key()));
      keys.register(
          new Body.KeyRegistered(
              KeyRole.SUPPLIER_GATEWAY, supplier.facility(), supplier.gateway()));
    }
  }

  List<Supplier> suppliers() {
    return suppliers;
  }

  /**
   * Judges a passport.
   *
   * @param json an object with {@code leaf}, the account's leaf in base64, and {@code proof}, a
   *     C2SP tlog-proof; what else is in it is not looked at
   */
  public Verdict judge(String json) {
    Optional<Body.LotPassport> passport = read(json);
    return passport.isPresent()
        ? judge(passport.get())
        : new Verdict.Refused("is none: it has a 'leaf' in base64 and a tlog-proof as 'proof'");
  }

  private Verdict judge(Body.LotPassport passport) {
    return switch (PassportCheck.check(passport, keys)) {
      case PassportCheck.Verdict.Refused(String reason) ->
          new Verdict.Refused("does not verify: " + reason);
      case PassportCheck.Verdict.Accepted(String facility, var account) ->
          objection(facility, passport)
              .<Verdict>map(
                  reason ->
                      new Verdict.Refused("is one that our policy does not accept yet: " + reason))
              .orElseGet(() -> new Verdict.Accepted(passport, facility, account));
    };
  }

  private Optional<String> objection(String facility, Body.LotPassport passport) {
    TlogProof proof = TlogProof.parse(new String(passport.proof().bytes(), StandardCharsets.UTF_8));
    return suppliers.stream()
        .filter(supplier -> supplier.facility().equals(facility))
        .map(supplier -> supplier.policy().judge(proof.checkpoint()).refusal())
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Body.LotPassport> read(String json) {
    try {
      JsonObject passport = new JsonObject(json);
      String leaf = passport.getString("leaf", "");
      String proof = passport.getString("proof", "");
      return Optional.of(
          new Body.LotPassport(
              Content.of(Base64.getDecoder().decode(leaf)),
              Content.of(proof.getBytes(StandardCharsets.UTF_8))));
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | MalformedException e) {
      return Optional.empty();
    }
  }
}
