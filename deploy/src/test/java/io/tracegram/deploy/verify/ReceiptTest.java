package io.tracegram.deploy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receipt of one figure, made from a log and checked without it. */
class ReceiptTest {
  private static Path directory;
  private static Path evidence;

  @BeforeAll
  static void export(@TempDir Path temporary) throws IOException {
    directory = temporary;
    evidence = SampleEvidence.export(directory, 560);
  }

  /**
   * By hand: 4 kWh of the furnace and 6 of overhead at 0.177 kg/kWh, and 100 kg of hydroxide at 2
   * kg/kg.
   */
  @Test
  void ofALotSaysWhatItCarries() throws IOException {
    Receipt receipt = prove(new Prover.Wanted.OfLot(SampleEvidence.LOT));

    assertThat(LeafFigures.of(Leaf.parse(receipt.leaf().bytes())).lines())
        .contains(
            "mass 100 kg",
            "own 4 kWh",
            "own 1.77 kg CO2e, location-based",
            "of which absorbed overhead 1.062 kg CO2e",
            "inherited 200 kg CO2e",
            "total 201.77 kg CO2e")
        .first()
        .asString()
        .contains(SampleEvidence.LOT.path(), "final at 2026-01-01T00:15:00Z");
  }

  @Test
  void ofAnIntervalIsThatOfTheQuarterTheInstantLiesIn() throws IOException {
    Receipt receipt = prove(new Prover.Wanted.OfInterval(Instant.parse("2026-01-01T00:07:30Z")));

    assertThat(LeafFigures.of(Leaf.parse(receipt.leaf().bytes())).lines())
        .contains("total 10 kWh", "total 1.77 kg CO2e, location-based", "idle 2 kWh")
        .first()
        .asString()
        .contains("2026-01-01T00:00:00Z to 2026-01-01T00:15:00Z");
  }

  @Test
  void ofACustodyEventSaysWhatWentWhere() throws IOException {
    Receipt made = prove(new Prover.Wanted.OfLot(SampleEvidence.LOT));
    for (long leaf = 0; leaf < made.proof().index(); leaf++) {
      Receipt receipt = prove(new Prover.Wanted.OfLeaf(leaf));
      List<String> lines = LeafFigures.of(Leaf.parse(receipt.leaf().bytes())).lines();
      if (lines.getFirst().startsWith("plant, transformed")) {
        assertThat(lines)
            .containsExactly(
                "plant, transformed, 2026-01-01T00:12:00Z",
                "from 01/09520000000011/10/A 100 kg",
                "to " + SampleEvidence.LOT + " 100 kg");
        return;
      }
    }
    throw new AssertionError("the lot's transformation is not in the log");
  }

  @Test
  void verifiesWithTheKeysOfItsReader() throws IOException {
    for (long leaf : new long[] {0, 1, 255, 256, 511, 512, 559}) {
      Path file = directory.resolve("leaf-" + leaf);
      prove(new Prover.Wanted.OfLeaf(leaf)).write(file);

      VerifyReport report = verify(file, SampleEvidence.policy(evidence));

      assertThat(report.findings()).isEmpty();
      assertThat(report.cosigners()).containsExactly("auditor", "cloud");
      assertThat(report.steps()).contains("these bytes are leaf " + leaf + " of that log");
      assertThat(report.notProven()).anyMatch(line -> line.contains("calculated rightly"));
    }
  }

  @Test
  void doesNotVerifyUnderAnotherLogsKey() throws IOException {
    Path file = directory.resolve("stranger");
    prove(new Prover.Wanted.OfLeaf(7)).write(file);
    Path other = SampleEvidence.gateway(directory.resolve("other"), 20);
    String vkey = Files.readString(other.resolve("keys/checkpoint.vkey")).strip();
    String stranger = "log " + vkey.replace("example.com/plant", "example.com/other");

    assertThatThrownBy(() -> TlogPolicy.parse(stranger + "\nquorum none\n"))
        .hasMessageContaining("id does not belong");
    assertThat(verify(file, TlogPolicy.parse("quorum none\n")).findings())
        .anyMatch(finding -> finding.reason().contains("does not know the log"));
  }

  @Test
  void isRefusedWithAnyBitFlipped() throws IOException {
    Path file = directory.resolve("forged");
    prove(new Prover.Wanted.OfLot(SampleEvidence.LOT)).write(file);
    SplittableRandom random = new SplittableRandom(6);
    for (Path each : new Path[] {Receipt.leafFile(file), Receipt.proofFile(file)}) {
      byte[] honest = Files.readAllBytes(each);
      for (int i = 0; i < 200; i++) {
        byte[] changed = honest.clone();
        changed[random.nextInt(honest.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(each, changed);
        VerifyReport report = verify(file, SampleEvidence.policy(evidence));
        assertThat(report.verified()).isFalse();
        assertThat(report.findings()).allMatch(finding -> finding.file().isPresent());
      }
      Files.write(each, honest);
      assertThat(verify(file, SampleEvidence.policy(evidence)).verified()).isTrue();
    }
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    Path file = directory.resolve("half");
    prove(new Prover.Wanted.OfLeaf(7)).write(file);
    Files.delete(Receipt.leafFile(file));

    assertThat(verify(file, SampleEvidence.policy(evidence)).findings())
        .anyMatch(finding -> finding.reason().contains("half.leaf"));
  }

  @Test
  void isNotMadeOfWhatIsNotThere() {
    assertThatThrownBy(() -> prove(new Prover.Wanted.OfLeaf(1_000_000)))
        .hasMessageContaining("no leaf 1000000");
    assertThatThrownBy(() -> prove(new Prover.Wanted.OfLot(LotId.ofLot("09520000000028", "Q"))))
        .hasMessageContaining("no account of lot");
    assertThatThrownBy(() -> prove(new Prover.Wanted.OfInterval(Instant.EPOCH)))
        .hasMessageContaining("1970-01-01");
  }

  @Test
  void isNotMadeOfADamagedLog() throws IOException {
    Path damaged = SampleEvidence.gateway(directory.resolve("damaged"), 300);
    Path bundle = damaged.resolve("log/tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[10] ^= 1;
    Files.write(bundle, bytes);

    assertThatThrownBy(
            () ->
                Prover.of(new DirectorySource(damaged), Optional.empty())
                    .prove(new Prover.Wanted.OfLeaf(0)))
        .hasMessageContaining("tracegram verify");
  }

  private static Receipt prove(Prover.Wanted wanted) throws IOException {
    return Prover.of(new DirectorySource(evidence), Optional.empty()).prove(wanted);
  }

  private static VerifyReport verify(Path file, TlogPolicy policy) throws IOException {
    return new ReceiptVerifier(file, policy).verify();
  }
}
