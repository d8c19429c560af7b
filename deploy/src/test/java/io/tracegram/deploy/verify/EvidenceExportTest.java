package io.tracegram.deploy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An export is whole or not there, and verifies wherever it is carried. */
class EvidenceExportTest {
  private Path directory;

  @BeforeEach
  void take(@TempDir Path temporary) {
    directory = temporary;
  }

  @Test
  void isMadeOfExactlyTheFilesOfItsSizeAndOfPublicKeysOnly() throws IOException {
    Path evidence = SampleEvidence.export(directory, 300);

    long size = SampleEvidence.verify(evidence).size();
    try (Stream<Path> files = Files.walk(evidence)) {
      assertThat(
              files.filter(Files::isRegularFile).map(file -> evidence.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "README.txt",
              "SHA256SUMS",
              "checkpoint",
              "keys/checkpoint.vkey",
              "keys/gateway.pub",
              "policy",
              "tile/0/000",
              "tile/0/001.p/" + (size - 256),
              "tile/1/000.p/1",
              "tile/entries/000",
              "tile/entries/001.p/" + (size - 256));
    }
    assertThat(directory.resolve("evidence.part")).doesNotExist();
    assertThat(evidence.resolve("README.txt")).content().contains("tracegram verify");
  }

  @Test
  void carriesTimestampsOfItsCheckpointsAlong() throws IOException {
    Path gateway = SampleEvidence.gateway(directory.resolve("gateway"), 50);
    Path stamps = Files.createDirectories(gateway.resolve("log/timestamps/40"));
    Files.writeString(stamps.resolve("checkpoint"), "a checkpoint");
    Files.writeString(stamps.resolve("authority.tsr"), "a timestamp");
    Files.createDirectories(gateway.resolve("log/timestamps/4000000"));
    Files.writeString(gateway.resolve("log/timestamps/4000000/authority.tsr"), "of later");

    Path out = directory.resolve("evidence");
    export(gateway, Optional.empty(), out);

    assertThat(out.resolve("timestamps/40/authority.tsr")).hasContent("a timestamp");
    assertThat(out.resolve("timestamps/4000000")).doesNotExist();
    Files.writeString(out.resolve("timestamps/40/authority.tsr"), "another");
    assertThat(SampleEvidence.verify(out).findings())
        .anyMatch(finding -> finding.file().equals(Optional.of("timestamps/40/authority.tsr")));
  }

  @Test
  void overwritesNothing() throws IOException {
    Path gateway = SampleEvidence.gateway(directory.resolve("gateway"), 20);
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("thesis.txt"), "three years of work");

    assertThatThrownBy(() -> export(gateway, Optional.empty(), out))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not empty");
    assertThat(out.resolve("thesis.txt")).hasContent("three years of work");

    Files.delete(out.resolve("thesis.txt"));
    Path part = Files.createDirectory(directory.resolve("out.part"));
    Files.writeString(part.resolve("thesis.txt"), "three years of work");
    assertThatThrownBy(() -> export(gateway, Optional.empty(), out))
        .hasMessageContaining("in the way");
    assertThat(part.resolve("thesis.txt")).exists();
  }

  @Test
  void leavesNothingThatLooksWholeWhenItFails() throws IOException {
    Path gateway = SampleEvidence.gateway(directory.resolve("gateway"), 300);
    Path bundle = gateway.resolve("log/tile/entries/000");
    byte[] honest = Files.readAllBytes(bundle);
    byte[] changed = honest.clone();
    changed[honest.length / 2] ^= 1;
    Files.write(bundle, changed);
    Path out = directory.resolve("out");

    assertThatThrownBy(() -> export(gateway, Optional.empty(), out))
        .hasMessageContaining("tracegram verify");
    assertThat(out).doesNotExist();
    assertThat(directory.resolve("out.part/UNFINISHED")).exists();
    assertThat(directory.resolve("out.part/checkpoint")).doesNotExist();

    Files.write(bundle, honest);
    export(gateway, Optional.empty(), out);
    assertThat(SampleEvidence.verify(out).findings()).isEmpty();
    assertThat(directory.resolve("out.part")).doesNotExist();
  }

  @Test
  void takesAMirroredLogWithAPolicyOfTheReader() throws IOException {
    Path gateway = SampleEvidence.gateway(directory.resolve("gateway"), 300);
    Path mirrored = gateway.resolve("log");
    Path out = directory.resolve("out");

    assertThatThrownBy(() -> export(mirrored, Optional.empty(), out))
        .hasMessageContaining("--policy");

    export(mirrored, Optional.of(Files.readString(gateway.resolve("policy"))), out);
    VerifyReport report =
        new LogVerifier(
                new DirectorySource(out),
                Optional.of(SampleEvidence.policy(gateway)),
                (leaves, size) -> {})
            .verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.notProven()).noneMatch(line -> line.contains("whose keys"));
  }

  @Test
  void canBeExportedAgain() throws IOException {
    Path evidence = SampleEvidence.export(directory, 300);

    export(evidence, Optional.empty(), directory.resolve("again"));

    assertThat(directory.resolve("again/SHA256SUMS"))
        .hasSameBinaryContentAs(evidence.resolve("SHA256SUMS"));
  }

  @Test
  @Timeout(120)
  void isConsistentWhileTheGatewayWrites() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (SampleEvidence running = new SampleEvidence(directory.resolve("gateway"))) {
      running.makeLot();
      running.publish();
      CompletableFuture<Void> growing =
          CompletableFuture.runAsync(
              () -> {
                while (!enough.get()) {
                  running.readUntil(running.size() + 7);
                  running.publish();
                }
              });
      try {
        long before = 0;
        for (int i = 0; i < 8; i++) {
          Path out = directory.resolve("evidence-" + i);
          export(running.directory(), Optional.empty(), out);
          VerifyReport report = SampleEvidence.verify(out);
          assertThat(report.findings()).isEmpty();
          assertThat(report.size()).isGreaterThan(before);
          before = report.size();
          assertThat(SampleEvidence.verify(running.directory()).findings()).isEmpty();
        }
      } finally {
        enough.set(true);
        growing.get();
      }
    }
  }

  private static void export(Path source, Optional<String> policy, Path out) throws IOException {
    new EvidenceExport(new DirectorySource(source), policy, (leaves, size) -> {}, line -> {})
        .write(out);
  }
}
