package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LogSource.FilesReport;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies below {@code tile/} and is no tile of a log's size. */
final class TileFiles {
  private static final int MOST = 16;

  private final Path log;

  TileFiles(Path log) {
    this.log = log;
  }

  /** Attacker: hides something among the tiles, or leaves tiles of another tree there. */
  FilesReport foreign(long size) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (String name : strangers(size)) {
        findings.add(
            new Finding(-1, Finding.Step.FILES, "is no tile of a log of " + size + " leaves")
                .in(name));
      }
    } catch (IOException | UncheckedIOException e) {
      findings.add(
          new Finding(-1, Finding.Step.FILES, "cannot be listed: " + e.getMessage()).in("tile"));
    }
    return new FilesReport(findings, List.of());
  }

  private List<String> strangers(long size) throws IOException {
    Path root = log.resolve("tile");
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !belongs(file, size))
          .map(file -> log.relativize(file).toString())
          .sorted()
          .limit(MOST)
          .toList();
    }
  }

  private boolean belongs(Path file, long size) {
    Optional<TilePath> path = TilePath.parse(log.relativize(file).toString());
    return path.isPresent()
        && TileLimits.belongs(path.get(), size)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
