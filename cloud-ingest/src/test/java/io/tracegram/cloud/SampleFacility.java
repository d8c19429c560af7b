package io.tracegram.cloud;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.AddEntriesHeader;
import io.tracegram.ledger.evidence.replication.EntryPackage;
import io.tracegram.ledger.evidence.replication.PackageRange;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.ledger.quantity.Mass;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A facility with one workstation and meter, whose gateway logs as the real one does. */
final class SampleFacility {
  static final String HYDROXIDE = "09520000000011";
  static final String SULPHATE = "09520000000028";
  static final String PACK = "09520000000035";
  static final long QUARTER = IntervalAccount.LENGTH_MILLIS;
  static final long START = 1_700_000_100_000L / QUARTER * QUARTER;

  final String id;
  final PrivateKey gatewayKey;
  final PrivateKey checkpointKey;
  final NoteKey logKey;
  final List<byte[]> leaves = new ArrayList<>();
  final FacilityLedger ledger = new FacilityLedger();

  private final StatementChain agent;
  private final StatementChain gateway;

  SampleFacility(String id) {
    this(id, Optional.empty());
  }

  SampleFacility(String id, Optional<FacilityLocation> location) {
    this.id = id;
    PrivateKey agentKey = key(Algorithm.ES256, id + " agent");
    gatewayKey = key(Algorithm.ES256, id + " gateway");
    checkpointKey = key(Algorithm.ED25519, id + " log");
    logKey = new NoteKey("example.com/" + id, NoteKey.Type.LOG, checkpointKey.publicKey());
    agent = new StatementChain(id, "agent", agentKey, 1, 1, 0, Hash.ZERO);
    gateway = new StatementChain(id, Statement.GATEWAY, gatewayKey, 1, 1, 0, Hash.ZERO);
    say(new Body.KeyRegistered(KeyRole.GATEWAY, Statement.GATEWAY, gatewayKey.publicKey()));
    say(new Body.Calculator(1));
    say(
        new Body.PlantModelDeclared(
            new Document.Inline(
                Content.of(
                    PlantModelCodec.encode(
                        location
                            .map(place -> plant(id).with(Additions.NONE.with(place)))
                            .orElseGet(() -> plant(id)))))));
    say(new Body.KeyRegistered(KeyRole.AGENT, "agent", agentKey.publicKey()));
  }

  /** Registers the keys by which another facility's passports are believed. */
  void trust(SampleFacility supplier) {
    say(
        new Body.KeyRegistered(
            KeyRole.SUPPLIER_LOG, supplier.logKey.name(), supplier.logKey.key()));
    say(
        new Body.KeyRegistered(
            KeyRole.SUPPLIER_GATEWAY, supplier.id, supplier.gatewayKey.publicKey()));
  }

  /** Reads both meters, which show the same. */
  void read(long millis, long wattHours) {
    tell(
        millis,
        new Body.Readings(
            List.of(series("main", millis, wattHours), series("line-meter", millis, wattHours))));
  }

  private static Series series(String meter, long millis, long wattHours) {
    return new Series(
        meter, Register.ENERGY_IMPORT, "", 1_000, List.of(new Reading(millis, wattHours * 1_000)));
  }

  /** Scans a label and weighs what it is on. */
  void handle(long millis, String scanner, String label, long kilograms) {
    tell(millis, new Body.Scan(scanner, millis, "Q3", label));
    tell(millis, new Body.Weight("scale", millis, new Mass(kilograms * 1_000_000L)));
  }

  void tell(long millis, Body body) {
    log(agent.sign(body, millis, 0, ClockStatus.RELATIVE));
    settle();
  }

  void say(Body body) {
    log(gateway.sign(body, ledger.plantMillis().orElse(0), 0, ClockStatus.RELATIVE));
  }

  void settle() {
    OptionalLong closable = ledger.closable();
    if (closable.isPresent()) {
      say(new Body.IntervalClose(closable.getAsLong()));
    }
    ledger.outstanding().forEach(this::say);
  }

  private void log(SignedStatement statement) {
    Leaf leaf = new Leaf(START, 0, statement);
    ledger.apply(leaves.size(), leaf);
    leaves.add(leaf.encoded());
  }

  String addCheckpoint(long old) {
    SignedNote note =
        SignedNote.signedBy(
            new Checkpoint(logKey.name(), leaves.size(), root(0, leaves.size())).text(),
            logKey,
            checkpointKey);
    List<Hash> proof =
        old == 0 ? List.of() : MerkleTree.consistencyProof(this::node, old, leaves.size());
    return new AddCheckpointRequest(old, proof, note).format();
  }

  byte[] upload(long from) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        new AddEntriesHeader(logKey.name(), from, leaves.size(), Content.of(new byte[0]))
            .encoded());
    for (PackageRange range : PackageRange.of(from, leaves.size(), 32)) {
      body.writeBytes(
          new EntryPackage(
                  leaves.subList((int) range.start(), (int) range.end()),
                  MerkleTree.subtreeProof(
                      this::node, range.subtreeStart(), range.end(), leaves.size()))
              .encoded());
    }
    return body.toByteArray();
  }

  private Hash node(int level, long index) {
    return root(index << level, (index + 1) << level);
  }

  private Hash root(long start, long end) {
    Frontier frontier = new Frontier();
    leaves
        .subList((int) start, (int) end)
        .forEach(leaf -> frontier.append(MerkleTree.leafHash(leaf)));
    return frontier.root();
  }

  private static PrivateKey key(Algorithm algorithm, String name) {
    return PrivateKey.of(
        algorithm, Hash.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).bytes());
  }

  private static PlantModel plant(String id) {
    return new PlantModel(
        id,
        "The " + id,
        "example.com",
        "UTC",
        true,
        List.of("agent"),
        factor("0.1", EmissionFactor.Unit.KWH),
        List.of(new PlantModel.Workstation("line", "Line")),
        List.of(
            meter("main", Optional.empty(), Optional.empty()),
            meter("line-meter", Optional.of("main"), Optional.of("line"))),
        List.of("scale"),
        List.of(
            scanner("in", PlantModel.Scanner.Step.RECEIVE, Optional.empty()),
            scanner("feed", PlantModel.Scanner.Step.INPUT, Optional.empty()),
            scanner("out", PlantModel.Scanner.Step.OUTPUT, Optional.empty()),
            scanner("dock", PlantModel.Scanner.Step.SHIP, Optional.of("customer"))),
        List.of(
            new PlantModel.Material(
                HYDROXIDE, "Hydroxide", Optional.of(factor("2", EmissionFactor.Unit.KG))),
            new PlantModel.Material(SULPHATE, "Sulphate", Optional.empty()),
            new PlantModel.Material(PACK, "Pack", Optional.empty())));
  }

  private static EmissionFactor factor(String value, EmissionFactor.Unit unit) {
    return new EmissionFactor(
        "factor", new BigDecimal(value), unit, "1", "generation", "AR5", "test", "none");
  }

  private static PlantModel.Meter meter(
      String id, Optional<String> parent, Optional<String> workstation) {
    return new PlantModel.Meter(
        id,
        id,
        parent,
        parent.isEmpty() ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
        workstation,
        "profile",
        "",
        "1",
        1_000_000);
  }

  private static PlantModel.Scanner scanner(
      String id, PlantModel.Scanner.Step step, Optional<String> destination) {
    return new PlantModel.Scanner(id, "line", step, Optional.of("scale"), destination);
  }
}
