package io.tracegram.ledger.fuzz;

import io.tracegram.ledger.account.Footprints;
import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.claim.Claims;
import io.tracegram.ledger.claim.SignedClaims;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/** Good input of every kind, from which fuzzing and hostile tests start. */
public final class Samples {
  public static final PrivateKey AGENT_KEY = PlantFixture.key(7);
  public static final PrivateKey LOG_SECRET = ed25519(1);
  public static final PrivateKey WITNESS_SECRET = ed25519(2);
  public static final NoteKey LOG =
      new NoteKey("example.com/plant", NoteKey.Type.LOG, LOG_SECRET.publicKey());
  public static final NoteKey WITNESS =
      new NoteKey("witness.example/w1", NoteKey.Type.COSIGNER, WITNESS_SECRET.publicKey());
  public static final Checkpoint CHECKPOINT =
      new Checkpoint(LOG.name(), 5, Hash.sha256(new byte[] {5}));

  private Samples() {}

  /** Returns a body of every kind. */
  public static List<Body> bodies() {
    return List.of(
        new Body.Readings(
            List.of(
                new Series(
                    "main",
                    Register.ENERGY_IMPORT,
                    "SN-1",
                    1_000,
                    List.of(new Reading(1_000, 5_000), new Reading(2_000, 4_000))))),
        new Body.Weight("scale", 5, new Mass(100_000)),
        new Body.Scan("dock", 5, "Q3", "010952000000001110A\u001d21B"),
        new Body.TagRead(
            "gate", List.of(new Tag(Content.of(new byte[12]), 1, -55, 1_000_000, 1_001, 3))),
        new Body.Gap(3, 9, Hash.sha256(new byte[] {1})),
        new Body.Heartbeat(),
        new Body.DeviceStatus(
            "main", Body.DeviceStatus.State.BAD, "modbus.timeout", "no answer", 5, 1),
        new Body.Calculator(1),
        new Body.KeyRegistered(KeyRole.AGENT, "agent", AGENT_KEY.publicKey()),
        new Body.PlantModelDeclared(new Document.Inline(Content.of(new byte[] {1, 2}))),
        new Body.PlantModelDeclared(new Document.Parts(Hash.sha256(new byte[] {9}), 70_000)),
        new Body.Part(Hash.sha256(new byte[] {9}), 1, 2, Content.of(new byte[] {3})),
        new Body.IntervalClose(900_000),
        new Body.PeriodClose(0, 2_678_400_000L),
        new Body.FactorSetDeclared(new Document.Inline(Content.of(new byte[] {4}))),
        Footprints.said(Footprints.perKilogram(1, PlantFixture.HYDROXIDE, "2.50", "33.3"), ""),
        Footprints.said(
            Footprints.perKilogram(2, PlantFixture.HYDROXIDE, "0", "0"), "01/09520000000011/10/A"),
        Claims.ofLot("01/09520000000011/10/A", CustodyModel.SEGREGATED, Claims.everything()),
        Claims.ofProduct(PlantFixture.HYDROXIDE, CustodyModel.MASS_BALANCE, Claims.ORIGIN),
        SignedClaims.signed(
            Claims.ofProduct(PlantFixture.HYDROXIDE, CustodyModel.MASS_BALANCE, Claims.COBALT)),
        SignedClaims.signed(
            Footprints.said(Footprints.perKilogram(3, PlantFixture.HYDROXIDE, "1", "0"), "")),
        SignedClaims.WITHDRAWAL,
        SignedClaims.signed(SignedClaims.WITHDRAWAL),
        new Body.EpcisCapture(
            "capture-1",
            true,
            List.of(0, 2, 3_999),
            new Document.Inline(Content.of(new byte[] {5}))),
        new Body.EpcisCapture(
            "capture-2", false, List.of(), new Document.Parts(Hash.sha256(new byte[] {9}), 70_000)),
        new Body.Imported(
            Hash.sha256(new byte[] {8}),
            "person-1",
            List.of(
                new Series(
                    "main", Register.ENERGY_IMPORT, "", 1, List.of(new Reading(1_000, 5_000))))),
        new Body.ManualEntry(
            "person-1",
            "the meter was replaced",
            new Body.ManualEntry.Entry.Discontinuity("main", 2_000, 9_000, 5)),
        new Body.ManualEntry(
            "person-1",
            "invoice 12",
            new Body.ManualEntry.Entry.Amount("diesel", 1_000, 2_000, 0, "invoice")),
        new Body.ManualEntry(
            "person-1",
            "the scale is broken",
            new Body.ManualEntry.Entry.TypedWeight("in", 12, new Mass(40_000_000))),
        new Body.Approval("person-2", 12),
        new Body.LotPassport(Content.of(new byte[] {1}), Content.of(new byte[] {2})),
        new Body.Derived(Kind.ACCOUNT, 12, 3, Content.of(new byte[] {1, 2, 3})),
        new Body.ProductDeclared(
            "01/09520000000045/21/S1",
            2,
            Hash.sha256(new byte[] {7}),
            "cell-plant",
            List.of(
                new Body.ProductDeclared.AccountLeaf("example.com/cell-plant", 8_260),
                new Body.ProductDeclared.AccountLeaf("example.com/refinery", 0)),
            new Co2e(-5),
            new Co2e(Long.MAX_VALUE),
            new Co2e(Long.MAX_VALUE - 5)));
  }

  /** Returns a statement of every kind. */
  public static List<SignedStatement> statements() {
    return bodies().stream().map(body -> signed(body, AGENT_KEY)).toList();
  }

  public static SignedStatement signed(Body body, PrivateKey key) {
    return SignedStatement.sign(
        new Statement("plant", "agent", 3, 4, 5, Hash.ZERO, 6_000, 7, ClockStatus.RELATIVE, body),
        key);
  }

  /** Returns a checkpoint with its log's signature and a cosignature. */
  public static SignedNote cosignedNote() {
    return SignedNote.signedBy(CHECKPOINT.text(), LOG, LOG_SECRET)
        .with(SignedNote.cosign(CHECKPOINT.text(), WITNESS, WITNESS_SECRET, 1_700_000_000));
  }

  public static PrivateKey ed25519(int seed) {
    byte[] secret = new byte[32];
    java.util.Arrays.fill(secret, (byte) seed);
    return PrivateKey.of(Algorithm.ED25519, secret);
  }
}
