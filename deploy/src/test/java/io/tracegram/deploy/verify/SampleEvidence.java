package io.tracegram.deploy.verify;

import io.tracegram.deploy.bench.BenchLog;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A furnace that makes one lot, and its gateway's log, cosigned by a mirror and a witness. */
final class SampleEvidence implements AutoCloseable {
  static final long START = 1_767_225_600_000L;
  static final LotId LOT = LotId.ofLot("09520000000028", "P");

  private static final String HYDROXIDE = "09520000000011";
  private static final long MINUTE = 60_000;
  private static final long COSIGNED_SECONDS = 1_767_300_000L;

  private final PrivateKey agentKey = key(Algorithm.ES256, 1);
  private final PrivateKey mirrorKey = key(Algorithm.ED25519, 2);
  private final PrivateKey witnessKey = key(Algorithm.ED25519, 3);
  private final NoteKey mirror =
      new NoteKey("cloud.example/mirror", NoteKey.Type.COSIGNER, mirrorKey.publicKey());
  private final NoteKey witness =
      new NoteKey("witness.example/w1", NoteKey.Type.COSIGNER, witnessKey.publicKey());
  private final StatementChain agent =
      new StatementChain("plant", "agent", agentKey, 1, 1, 0, Hash.ZERO);
  private final BenchLog log;
  private final Path directory;
  private long minutes;

  SampleEvidence(Path directory) throws IOException {
    this.directory = directory;
    log =
        new BenchLog(
            directory,
            plant(),
            key(Algorithm.ES256, 4),
            key(Algorithm.ED25519, 5),
            Map.of("agent", agentKey.publicKey()));
    Files.writeString(directory.resolve("policy"), policyText());
  }

  /** A gateway's data directory with a lot and at least {@code leaves} leaves, stopped. */
  static Path gateway(Path directory, long leaves) throws IOException {
    try (SampleEvidence sample = new SampleEvidence(directory)) {
      sample.makeLot();
      sample.readUntil(leaves);
      sample.publish();
    }
    return directory;
  }

  /** The same, exported. */
  static Path export(Path directory, long leaves) throws IOException {
    Path out = directory.resolve("evidence");
    new EvidenceExport(
            new DirectorySource(gateway(directory.resolve("gateway"), leaves)),
            Optional.empty(),
            (done, size) -> {},
            line -> {})
        .write(out);
    return out;
  }

  static VerifyReport verify(Path directory) throws IOException {
    return new LogVerifier(new DirectorySource(directory), Optional.empty(), (leaves, size) -> {})
        .verify();
  }

  /** The policy of an auditor who has the keys from elsewhere. */
  static TlogPolicy policy(Path gateway) throws IOException {
    return TlogPolicy.parse(Files.readString(gateway.resolve("policy")));
  }

  Path directory() {
    return directory;
  }

  long size() {
    return log.size();
  }

  /** Receives 100 kg, feeds them, takes one lot out: 4 of 10 kWh are its own. */
  void makeLot() {
    read(START, 1_000, 500);
    scan(START + 2 * MINUTE, "in", HYDROXIDE, "A");
    scan(START + 2 * MINUTE, "feed", HYDROXIDE, "A");
    scan(START + 12 * MINUTE, "out", LOT.gtin(), LOT.number());
    read(START + 15 * MINUTE, 11_000, 6_500);
    minutes = 15;
  }

  /** Reads the meters each minute. */
  void readUntil(long leaves) {
    while (log.size() < leaves) {
      minutes++;
      read(START + minutes * MINUTE, 11_000 + 20 * minutes, 6_500 + 10 * minutes);
    }
  }

  /** Publishes a checkpoint with both cosignatures. */
  void publish() {
    log.publish(
        note ->
            note.with(SignedNote.cosign(note.text(), mirror, mirrorKey, COSIGNED_SECONDS))
                .with(SignedNote.cosign(note.text(), witness, witnessKey, COSIGNED_SECONDS)));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private String policyText() {
    return """
        log %s
        witness cloud %s
        witness auditor %s
        group both all cloud auditor
        quorum both
        """
        .formatted(log.key().vkey(), mirror.vkey(), witness.vkey());
  }

  private void read(long millis, long mainWattHours, long furnaceWattHours) {
    say(
        millis,
        new Body.Readings(
            List.of(
                series("main", millis, mainWattHours),
                series("furnace-meter", millis, furnaceWattHours))));
  }

  private static Series series(String meter, long millis, long wattHours) {
    return new Series(
        meter, Register.ENERGY_IMPORT, "", 1_000, List.of(new Reading(millis, wattHours * 1_000)));
  }

  private void scan(long millis, String scanner, String gtin, String lot) {
    say(millis, new Body.Scan(scanner, millis, "Q3", "01" + gtin + "10" + lot));
    say(millis, new Body.Weight("scale", millis, new Mass(100_000_000)));
  }

  private void say(long millis, Body body) {
    log.take(agent.sign(body, millis, 0, ClockStatus.RELATIVE));
  }

  private static PrivateKey key(Algorithm algorithm, int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return PrivateKey.of(algorithm, secret);
  }

  private static PlantModel plant() {
    return new PlantModel(
        "plant",
        "Plant",
        "example.com",
        "UTC",
        true,
        List.of("agent"),
        factor("0.177", EmissionFactor.Unit.KWH),
        List.of(new PlantModel.Workstation("furnace", "Furnace")),
        List.of(
            meter("main", Optional.empty(), Optional.empty()),
            meter("furnace-meter", Optional.of("main"), Optional.of("furnace"))),
        List.of("scale"),
        List.of(
            scanner("in", PlantModel.Scanner.Step.RECEIVE),
            scanner("feed", PlantModel.Scanner.Step.INPUT),
            scanner("out", PlantModel.Scanner.Step.OUTPUT)),
        List.of(
            new PlantModel.Material(
                HYDROXIDE, "Hydroxide", Optional.of(factor("2", EmissionFactor.Unit.KG))),
            new PlantModel.Material(LOT.gtin(), "Sulphate", Optional.empty())));
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

  private static PlantModel.Scanner scanner(String id, PlantModel.Scanner.Step step) {
    return new PlantModel.Scanner(id, "furnace", step, Optional.of("scale"), Optional.empty());
  }
}
