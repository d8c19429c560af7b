package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.EntryBundle;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.PolicyVerdict;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a log at its newest checkpoint into a directory that verifies by itself, elsewhere and
 * without network. Single use, single-threaded to its caller.
 */
public final class EvidenceExport {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LogSource source;
  private final Optional<String> given;
  private final VerifyProgress progress;
  private final Consumer<String> talk;

  /**
   * What was exported.
   *
   * @param accepted whether the checkpoint carries all the cosignatures that the policy asks for
   */
  public record Result(
      String origin,
      long size,
      String root,
      boolean accepted,
      long files,
      long bytes,
      Path directory) {}

  /**
   * Prepares an export.
   *
   * @param policy text of the policy to give along; empty to give the source's own
   * @param progress told the number of leaves written so far
   * @param talk takes one line for people at a time
   */
  public EvidenceExport(
      LogSource source, Optional<String> policy, VerifyProgress progress, Consumer<String> talk) {
    this.source = source;
    this.given = policy;
    this.progress = progress;
    this.talk = talk;
  }

  /**
   * Writes the evidence. The directory appears at once, whole; what was written before that stands
   * in {@code <directory>.part}.
   *
   * @throws IOException if the directory is not empty, or the source is no whole log; the message
   *     says what to do
   */
  public Result write(Path directory) throws IOException {
    String policy = given.isPresent() ? given.get() : Trust.ownPolicy(source);
    Trust trust = new Trust(TlogPolicy.parse(policy), given.isPresent());
    EvidenceWriter out = EvidenceWriter.begin(directory);
    LogSnapshot log = LogSnapshot.take(source, note -> trust.judge(note).accepted(), PATIENCE);
    Checkpoint head = log.head();
    PolicyVerdict verdict = trust.judge(log.note());
    if (verdict.signedBy().isEmpty()) {
      throw new IOException("not exported: " + verdict.refusal().orElse("unsigned"));
    }
    verdict
        .refusal()
        .ifPresent(
            reason -> talk.accept("Not witnessed yet, and exported all the same: " + reason));
    Optional<Body.KeyRegistered> genesis = tiles(log, out);
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("checkpoint", utf8(log.note().format()));
    files.put("policy", utf8(policy));
    for (NoteKey key : trust.policy().logs(head.origin())) {
      files.put(DirectorySource.keyFile(key.type()), utf8(key.vkey() + "\n"));
    }
    String author =
        genesis.filter(first -> first.role() == KeyRole.CLOUD).isPresent() ? "cloud" : "gateway";
    source
        .ownGatewayKey()
        .or(() -> genesis.map(Body.KeyRegistered::key))
        .ifPresent(key -> files.put("keys/" + author + ".pub", utf8(KeyFiles.format(key) + "\n")));
    source.timestamps(head.size()).forEach((name, bytes) -> files.put("timestamps/" + name, bytes));
    for (var file : files.entrySet()) {
      out.write(file.getKey(), file.getValue());
    }
    out.write(Checksums.NAME, utf8(Checksums.of(files).format()));
    out.write(EvidenceFiles.README, utf8(EvidenceReadme.text(head)));
    out.finish();
    return new Result(
        head.origin(),
        head.size(),
        head.root().hex(),
        verdict.accepted(),
        out.files(),
        out.bytes(),
        directory);
  }

  /** Writes bundles and tiles; returns what the first leaf registers. */
  private Optional<Body.KeyRegistered> tiles(LogSnapshot log, EvidenceWriter out)
      throws IOException {
    long size = log.head().size();
    TileTree tree = new TileTree();
    Optional<Body.KeyRegistered> genesis = Optional.empty();
    try (OrderedWork<CheckedBundle> work =
        new OrderedWork<>(
            index -> CheckedBundle.read(log, index),
            Math.ceilDiv(size, (long) TilePath.FULL),
            Runtime.getRuntime().availableProcessors())) {
      while (work.hasNext()) {
        CheckedBundle bundle = work.take();
        if (bundle.defect().isPresent()) {
          throw damaged(bundle.bundle() + " " + bundle.defect().get());
        }
        out.write(bundle.bundle().toString(), EntryBundle.encode(bundle.entries()));
        tile(out, CheckedBundle.hashTile(bundle.bundle()), bundle.hashes());
        if (bundle.bundle().isFull()) {
          tree.addFull(TileTree.rootOf(bundle.hashes()));
        } else {
          tree.end(bundle.hashes());
        }
        if (bundle.first() == 0) {
          genesis = registered(bundle.entries().getFirst());
        }
        progress.reached(bundle.first() + bundle.bundle().width(), size);
      }
    }
    if (!tree.root().equals(log.head().root())) {
      throw damaged("its entries do not hash to the root of its checkpoint");
    }
    upper(out, tree.level1());
    return genesis;
  }

  private static void upper(EvidenceWriter out, List<Hash> level1) throws IOException {
    List<Hash> hashes = level1;
    for (int level = 1; !hashes.isEmpty(); level++) {
      List<Hash> above = new ArrayList<>();
      for (int start = 0; start < hashes.size(); start += TilePath.FULL) {
        List<Hash> tile = hashes.subList(start, Math.min(hashes.size(), start + TilePath.FULL));
        tile(out, new TilePath(level, start / TilePath.FULL, tile.size()), tile);
        if (tile.size() == TilePath.FULL) {
          above.add(TileTree.rootOf(tile));
        }
      }
      hashes = above;
    }
  }

  private static void tile(EvidenceWriter out, TilePath path, List<Hash> hashes)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Hash.LENGTH);
    hashes.forEach(hash -> hash.writeTo(bytes));
    out.write(path.toString(), bytes.array());
  }

  private static Optional<Body.KeyRegistered> registered(byte[] firstLeaf) {
    try {
      return Leaf.parse(firstLeaf).statement().statement().body()
              instanceof Body.KeyRegistered registered
          ? Optional.of(registered)
          : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private IOException damaged(String what) {
    return new IOException(
        "not exported: %s; see what else is wrong: tracegram verify %s"
            .formatted(what, source.name()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
