package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The receipt of one figure: a leaf's bytes, kept in {@code NAME.leaf}, and the C2SP tlog-proof
 * that they stand in a log, kept in {@code NAME.tlog-proof}. Immutable.
 */
public record Receipt(Content leaf, TlogProof proof) {
  private static final String LEAF = ".leaf";
  private static final String PROOF = ".tlog-proof";

  /** Returns both files of a receipt by the name of either, or by the name they share. */
  private static Path file(Path named, String ending) {
    String name = String.valueOf(named.getFileName());
    for (String known : new String[] {LEAF, PROOF}) {
      if (name.endsWith(known)) {
        return named.resolveSibling(name.substring(0, name.length() - known.length()) + ending);
      }
    }
    return named.resolveSibling(name + ending);
  }

  public static Path leafFile(Path named) {
    return file(named, LEAF);
  }

  public static Path proofFile(Path named) {
    return file(named, PROOF);
  }

  /** Says whether a name leads to a receipt's files. */
  public static boolean isAt(Path named) {
    return !Files.isDirectory(named)
        && (Files.exists(proofFile(named)) || Files.exists(leafFile(named)));
  }

  /**
   * Reads both files.
   *
   * @throws MalformedException naming the file that is missing or is none of a receipt
   */
  public static Receipt read(Path named) throws IOException {
    byte[] leaf =
        DirectorySource.bytes(leafFile(named), Leaf.MAX_LENGTH)
            .orElseThrow(() -> new MalformedException("missing " + leafFile(named)));
    byte[] proof =
        DirectorySource.bytes(proofFile(named), 2 * TileLimits.TEXT_BYTES)
            .orElseThrow(() -> new MalformedException("missing " + proofFile(named)));
    try {
      return new Receipt(
          Content.of(leaf), TlogProof.parse(new String(proof, StandardCharsets.UTF_8)));
    } catch (MalformedException e) {
      throw new MalformedException(proofFile(named).getFileName() + ": " + e.getMessage());
    }
  }

  /**
   * Writes both files.
   *
   * @throws IOException if one of them exists
   */
  public void write(Path named) throws IOException {
    Files.write(
        leafFile(named), leaf.bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.writeString(
        proofFile(named), proof.format(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
