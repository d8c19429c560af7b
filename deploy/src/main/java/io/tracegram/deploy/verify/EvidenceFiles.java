package io.tracegram.deploy.verify;

import io.tracegram.deploy.verify.LogSource.FilesReport;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.verification.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of an exported evidence directory, compared with the list that was made of them. */
final class EvidenceFiles {
  static final String README = "README.txt";

  private static final Pattern EVIDENCE = Pattern.compile("checkpoint|policy|(keys|timestamps)/.*");
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_FILES = 1_000;

  private final Path directory;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  EvidenceFiles(Path directory) {
    this.directory = directory;
  }

  /** Says whether a directory was made by an export, as far as its names tell. */
  static boolean isEvidence(Path directory) {
    return Files.exists(directory.resolve(Checksums.NAME), LinkOption.NOFOLLOW_LINKS)
        || Files.exists(directory.resolve(README), LinkOption.NOFOLLOW_LINKS);
  }

  /** Attacker: takes a key or a timestamp away, or adds a file that looks like evidence. */
  FilesReport check(long size) {
    FilesReport tiles = new TileFiles(directory).foreign(size);
    findings.addAll(tiles.findings());
    try {
      listed();
    } catch (MalformedException e) {
      found(Checksums.NAME, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      found(Checksums.NAME, "cannot be compared with the directory: " + e.getMessage());
    }
    notes.add(README + " is for people and proves nothing: nobody signed it");
    return new FilesReport(findings, notes);
  }

  private void listed() throws IOException {
    Optional<byte[]> list = content(Checksums.NAME);
    if (list.isEmpty()) {
      found(Checksums.NAME, "is missing, so that other missing files would not show");
      return;
    }
    Checksums checksums = Checksums.parse(new String(list.get(), StandardCharsets.UTF_8));
    checksums.files().forEach(this::compare);
    for (String name : unlisted(checksums.files().keySet())) {
      // attacker: takes a line away together with what it would show
      if (EVIDENCE.matcher(name).matches()) {
        found(name, "is not in " + Checksums.NAME);
      } else if (!name.equals(README)) {
        notes.add(name + " came later and is no part of the evidence");
      }
    }
  }

  private Set<String> unlisted(Set<String> listed) throws IOException {
    Set<String> unlisted = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.startsWith("tile/") && !name.equals(Checksums.NAME))
          .filter(name -> !listed.contains(name))
          .limit(MOST_FILES)
          .forEach(unlisted::add);
    }
    return unlisted;
  }

  private void compare(String name, Hash expected) {
    Optional<Hash> actual = sum(name);
    if (actual.isEmpty()) {
      found(name, "is missing, or cannot be read");
    } else if (!actual.get().equals(expected)) {
      found(name, "is not as it was exported: its SHA-256 is not the one in " + Checksums.NAME);
    }
  }

  private Optional<Hash> sum(String name) {
    try {
      return content(name).map(Hash::sha256);
    } catch (IOException | MalformedException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> content(String name) throws IOException {
    return DirectorySource.bytes(directory.resolve(name), MOST_BYTES);
  }

  private void found(String name, String reason) {
    findings.add(new Finding(-1, Finding.Step.FILES, reason).in(name));
  }
}
