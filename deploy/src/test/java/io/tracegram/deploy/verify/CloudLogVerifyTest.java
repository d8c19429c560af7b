package io.tracegram.deploy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.cloud.log.CloudLog;
import io.tracegram.cloud.log.Draft;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.ProductDeclared.AccountLeaf;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.runtime.timestamp.SimulatedAuthority;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import io.tracegram.runtime.timestamp.TimestampStore;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The central service's own log, stamped, as anyone verifies it. */
class CloudLogVerifyTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T00:00:01Z"), ZoneOffset.UTC);

  private final Path data;
  private final SimulatedAuthority simulated = SimulatedAuthority.create(CLOCK, new SecureRandom());
  private final TimestampAuthority authority =
      new TimestampAuthority("tsa", List.of(simulated.anchor()), Optional.empty());

  CloudLogVerifyTest(@TempDir Path data) {
    this.data = data;
  }

  /** Two revisions of one product, one of another, each stamped at the end of its run. */
  @BeforeEach
  void declare() throws IOException {
    run(draft("01/09520000000045/21/S1", 1), draft("01/09520000000045/21/S2", 1));
    run(draft("01/09520000000045/21/S1", 2), draft("01/09520000000045/21/S2", 1));
  }

  @Test
  void verifiesItsStatementsRevisionsAndTimestamps() throws IOException {
    VerifyReport report = verify(authority);
    assertThat(report.findings()).isEmpty();
    assertThat(report.origin()).isEqualTo("cloud.example/log");
    assertThat(report.size()).as("key, calculator, three revisions").isEqualTo(5);
    assertThat(report.steps())
        .contains(
            "3 declarations of 2 products: revisions in order, own and inherited add up",
            "timestamped by tsa, 2 times, first at 2026-11-24T00:00:01Z, covering the first 4"
                + " leaves, last at 2026-11-24T00:00:01Z, covering the first 5 leaves");
  }

  /** A small document in its leaf, a large one in parts before it. */
  @Test
  void verifiesDocumentsThatWereCapturedAtTheCentre() throws IOException {
    byte[] large = new byte[300_000];
    try (CloudLog log = CloudLog.open(data, "cloud.example", CLOCK, new SecureRandom())) {
      log.append(capture("0123", "{}".getBytes(StandardCharsets.UTF_8)));
      log.append(capture("4567", large));
    }
    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.steps()).contains("2 documents of others, whole as they were captured");
    // the next start replays the same
    CloudLog.open(data, "cloud.example", CLOCK, new SecureRandom()).close();
  }

  private static List<Body> capture(String id, byte[] document) {
    return Document.stated(document, whole -> new Body.EpcisCapture(id, false, List.of(), whole));
  }

  @Test
  void saysThatTimestampsOfAnUnknownAuthorityProveNothing() throws IOException {
    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.steps()).noneMatch(step -> step.startsWith("timestamped"));
    assertThat(report.notProven()).anyMatch(gap -> gap.contains("--timestamp-anchor tsa=FILE.pem"));
  }

  @Test
  void findsATokenThatIsNotOverItsCheckpointAndACheckpointOfAnotherHistory() throws IOException {
    Path stamps = data.resolve("log/timestamps");
    Files.copy(
        stamps.resolve("4/tsa.tsr"),
        stamps.resolve("5/tsa.tsr"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(verify(authority).findings())
        .singleElement()
        .extracting(Finding::toString)
        .asString()
        .startsWith("timestamps/5/tsa.tsr: checkpoint: the token is over something else");

    Path checkpoint = stamps.resolve("4/checkpoint");
    String text = Files.readString(checkpoint);
    // another first letter of the root, which may be A by chance
    String other = text.contains("\n4\nA") ? "\n4\nB" : "\n4\nA";
    Files.writeString(checkpoint, text.replaceFirst("\n4\n.", other));
    assertThat(verify(authority).findings())
        .extracting(finding -> finding.file().orElse(""))
        .contains("timestamps/4/checkpoint");
  }

  @Test
  void refusesALogWhoseKeyIsNotThePinnedOne() throws IOException {
    Path key = data.resolve("keys/cloud.pub");
    try (CloudLog foreign =
        CloudLog.open(data.resolve("foreign"), "cloud.example", CLOCK, new SecureRandom())) {
      Files.copy(data.resolve("foreign/keys/cloud.pub"), key, StandardCopyOption.REPLACE_EXISTING);
      assertThat(foreign.log().size()).isEqualTo(2);
    }
    assertThat(verify(authority).findings())
        .anyMatch(finding -> finding.leaf() == 0 && finding.step() == Finding.Step.AUTHOR);
  }

  private VerifyReport verify(TimestampAuthority... trusted) throws IOException {
    return new LogVerifier(
            new DirectorySource(data), Optional.empty(), List.of(trusted), (leaves, size) -> {})
        .verify();
  }

  private void run(Draft... drafts) throws IOException {
    try (CloudLog log = CloudLog.open(data, "cloud.example", CLOCK, new SecureRandom())) {
      for (Draft draft : drafts) {
        log.publish(draft);
      }
    }
    TimestampStore store = new TimestampStore(data.resolve("log"));
    SignedNote note = SignedNote.parse(Files.readString(data.resolve("log/checkpoint")));
    long size = Long.parseLong(note.text().lines().toList().get(1));
    store.keep(note);
    store.put(
        size, "tsa", simulated.answer(authority.request(note, BigInteger.TEN).encoded().bytes()));
  }

  private static Draft draft(String product, long version) {
    byte[] document = (product + version).getBytes(StandardCharsets.UTF_8);
    return new Draft(
        product,
        Content.of(document),
        "cell-plant",
        List.of(new AccountLeaf("example/cell-plant", version)),
        new Co2e(version),
        new Co2e(10),
        new Co2e(10 + version));
  }
}
