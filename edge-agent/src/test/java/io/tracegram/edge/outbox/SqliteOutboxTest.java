package io.tracegram.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.edge.Chains;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_000));
  private static final long ROOMY = 10_000_000;

  private final Path directory;

  SqliteOutboxTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void keepsWhatItAcknowledgedWhenTheProcessIsKilled() throws IOException {
    Path copy = directory.resolve("after-kill");
    List<SignedStatement> signed;
    Outbox.ChainHead head;
    try (Outbox outbox = open(directory.resolve("running"))) {
      signed = Chains.heartbeats(outbox, 3);
      assertThat(outbox.append(signed)).isTrue();
      outbox.acknowledge(List.of(1L));
      head = outbox.head();
      // the files as a killed process leaves them: the WAL was never checkpointed
      copy(directory.resolve("running"), copy);
    }

    try (Outbox outbox = open(copy)) {
      assertThat(outbox.head()).isEqualTo(head);
      assertThat(head.hash()).isEqualTo(signed.getLast().chainHash());
      assertThat(sequences(outbox.unacknowledged(0, 10))).containsExactly(2L, 3L);
      assertThat(sequences(outbox.withoutReceipt(0, 10))).containsExactly(1L);
      assertThat(outbox.unacknowledged(2, 10).getFirst().statement().bytes())
          .isEqualTo(signed.getLast().encoded());
      assertThat(outbox.append(Chains.heartbeats(outbox, 1))).isTrue();
    }
  }

  @Test
  void deletesByReceiptOfItsOwnEpochOnly() {
    try (Outbox outbox = open(directory)) {
      outbox.append(Chains.heartbeats(outbox, 5));
      outbox.acknowledge(List.of(1L, 2L, 4L));

      outbox.deleteThrough(999, 5);
      assertThat(outbox.undelivered()).isEqualTo(2);

      outbox.deleteThrough(1_000, 3);
      assertThat(sequences(outbox.unacknowledged(0, 10))).containsExactly(5L);
      assertThat(sequences(outbox.withoutReceipt(0, 10))).containsExactly(4L);
      assertThat(outbox.undelivered()).isEqualTo(1);
    }
  }

  @Test
  void putsARefusedStatementAsideTogetherWithTheGapThatStandsForIt() {
    try (Outbox outbox = open(directory)) {
      List<SignedStatement> signed = Chains.heartbeats(outbox, 2);
      outbox.append(signed);
      SignedStatement gap =
          Chains.resume(outbox)
              .sign(new Body.Gap(1, 1, signed.getFirst().chainHash()), 9, 9, ClockStatus.RELATIVE);

      outbox.quarantine(1, "payload format invalid", gap);

      assertThat(sequences(outbox.unacknowledged(0, 10))).containsExactly(2L, 3L);
      assertThat(outbox.quarantined(10))
          .containsExactly(new Outbox.Quarantined(1, "payload format invalid"));
      outbox.deleteThrough(1_000, 3);
      assertThat(outbox.quarantined(10)).hasSize(1);
      assertThat(outbox.undelivered()).isZero();
    }
  }

  @Test
  void refusesToGrowBeyondItsLimitAndTakesStatementsAgainAfterAReceipt() {
    try (Outbox outbox = OutboxFile.open(directory, 1_000_000, CLOCK).outbox()) {
      List<SignedStatement> signed = Chains.heartbeats(outbox, 5_000);
      int stored = 0;
      while (outbox.append(signed.subList(stored, stored + 100))) {
        stored += 100;
      }
      assertThat(stored).isPositive().isLessThan(5_000);
      assertThat(outbox.head().sequence()).isEqualTo(stored);

      outbox.deleteThrough(1_000, stored);
      assertThat(outbox.append(signed.subList(stored, stored + 100))).isTrue();
    }
  }

  @Test
  void refusesAStatementThatDoesNotFollowTheChain() {
    try (Outbox outbox = open(directory)) {
      List<SignedStatement> signed = Chains.heartbeats(outbox, 3);

      assertThatThrownBy(() -> outbox.append(List.of(signed.get(0), signed.get(2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not follow");
      assertThat(outbox.head().sequence()).isZero();
      assertThat(outbox.unacknowledged(0, 10)).isEmpty();
    }
  }

  @Test
  void beginsANewEpochWhenTheFileIsCorruptAndKeepsTheOldOne() throws IOException {
    try (Outbox outbox = open(directory)) {
      outbox.append(Chains.heartbeats(outbox, 200));
    }
    Path file = directory.resolve("outbox.db");
    byte[] content = Files.readAllBytes(file);
    for (int i = 4_096; i < content.length; i += 64) {
      content[i] ^= 0x55;
    }
    Files.write(file, content);

    OutboxFile.Opened opened =
        OutboxFile.open(directory, ROOMY, InstantSource.fixed(Instant.ofEpochMilli(2_000)));
    try (Outbox outbox = opened.outbox()) {
      assertThat(outbox.head()).isEqualTo(new Outbox.ChainHead(2_000, 0, Hash.ZERO));
      assertThat(opened.loss()).hasValueSatisfying(aside -> assertThat(aside).exists());
      assertThat(outbox.append(Chains.heartbeats(outbox, 1))).isTrue();
    }
  }

  @Test
  void beginsANewEpochWhenTheFileIsNoDatabaseAtAll() throws IOException {
    Files.writeString(directory.resolve("outbox.db"), "not a database ".repeat(1_000));

    OutboxFile.Opened opened = OutboxFile.open(directory, ROOMY, CLOCK);
    try (Outbox outbox = opened.outbox()) {
      assertThat(opened.loss()).isPresent();
      assertThat(outbox.head().epoch()).isEqualTo(1_000);
    }
  }

  @Test
  void letsNoSecondAgentUseTheSameFile() {
    try (Outbox outbox = open(directory)) {
      outbox.append(Chains.heartbeats(outbox, 1));
      assertThatThrownBy(() -> open(directory))
          .isInstanceOf(OutboxException.class)
          .hasMessageContaining("another agent");
    }
  }

  @Test
  void waitsUntilTheGatewayCatchesUpButNotForever() throws InterruptedException {
    try (Outbox outbox = open(directory)) {
      outbox.append(Chains.heartbeats(outbox, 3));
      assertThat(outbox.awaitUndeliveredBelow(3, Duration.ofMillis(10))).isFalse();

      Thread acknowledging = Thread.ofVirtual().start(() -> outbox.acknowledge(List.of(1L)));
      assertThat(outbox.awaitUndeliveredBelow(3, Duration.ofSeconds(10))).isTrue();
      acknowledging.join();
    }
  }

  private static Outbox open(Path directory) {
    return OutboxFile.open(directory, ROOMY, CLOCK).outbox();
  }

  private static List<Long> sequences(List<Outbox.Entry> entries) {
    return entries.stream().map(Outbox.Entry::sequence).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(each.getFileName()));
      }
    }
  }
}
