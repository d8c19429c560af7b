package io.tracegram.gateway.replicate;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The passport of a refinery's lot, and the keys that vouch for it. */
public final class SamplePassport {
  public static final LotId LOT = LotId.ofLot("09520000000028", "P");
  public static final PrivateKey LOG_SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  public static final PrivateKey GATEWAY = PrivateKey.of(Algorithm.ES256, Hash.sha256().bytes());
  public static final NoteKey LOG =
      new NoteKey("example.com/refinery", NoteKey.Type.LOG, LOG_SECRET.publicKey());
  public static final PrivateKey WITNESS_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[2]).bytes());
  public static final PrivateKey OTHER_SECRET =
      PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[3]).bytes());
  public static final NoteKey WITNESS =
      new NoteKey("w1.example", NoteKey.Type.COSIGNER, WITNESS_SECRET.publicKey());
  public static final NoteKey OTHER_WITNESS =
      new NoteKey("w2.example", NoteKey.Type.COSIGNER, OTHER_SECRET.publicKey());

  private SamplePassport() {}

  /** What verifies the refinery's passports, under a policy. */
  public static PassportDesk.Supplier supplier(Optional<URI> cloud, TlogPolicy policy) {
    return new PassportDesk.Supplier("refinery", LOG, GATEWAY.publicKey(), cloud, policy);
  }

  /** A passport as JSON. */
  public static String of(LotId lot, PrivateKey gateway, PrivateKey... witnesses) {
    LotAccount account =
        new LotAccount(
            lot, "Sulphate", new Mass(1), Share.NONE, new Co2e(5), new Co2e(0), List.of());
    Body derived =
        new Body.Derived(
            Kind.ACCOUNT,
            0,
            0,
            Content.of(AccountCodec.encode(new AccountCodec.Account.OfLot(1, account))));
    StatementChain chain =
        new StatementChain("refinery", Statement.GATEWAY, gateway, 1, 1, 0, Hash.ZERO);
    byte[] leaf = new Leaf(1, 0, chain.sign(derived, 1, 1, ClockStatus.RELATIVE)).encoded();
    String checkpoint = new Checkpoint(LOG.name(), 1, Leaf.hash(leaf)).text();
    SignedNote note = SignedNote.signedBy(checkpoint, LOG, LOG_SECRET);
    for (PrivateKey witness : witnesses) {
      NoteKey key = witness == WITNESS_SECRET ? WITNESS : OTHER_WITNESS;
      note = note.with(SignedNote.cosign(checkpoint, key, witness, 1_700_000_000));
    }
    TlogProof proof = new TlogProof(0, List.of(), note);
    return new JsonObject()
        .put("leaf", Base64.getEncoder().encodeToString(leaf))
        .put("proof", proof.format())
        .encode();
  }
}
