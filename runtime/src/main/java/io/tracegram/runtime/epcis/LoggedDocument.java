package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import java.io.ByteArrayOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a document that a log holds, whole or in parts. Stateless. */
final class LoggedDocument {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedDocument.class);

  private LoggedDocument() {}

  /**
   * Returns a document's bytes, from the parts that stand before the leaf about it; none if they do
   * not give what that leaf names.
   */
  static byte[] bytes(ProjectedLog log, long leaf, Document document) {
    return switch (document) {
      case Document.Inline(Content content) -> content.bytes();
      case Document.Parts(Hash sha256, int length) -> {
        byte[] bytes = parts(log, leaf, sha256);
        if (bytes.length != length || !Hash.sha256(bytes).equals(sha256)) {
          // the accounts say the same as a problem; what is no document is judged as none
          LOG.warn("event=epcis.parts-missing log={} leaf={}", log.origin(), leaf);
          yield new byte[0];
        }
        yield bytes;
      }
    };
  }

  private static byte[] parts(ProjectedLog log, long leaf, Hash whole) {
    byte[][] parts = {};
    int found = 0;
    for (long at = leaf - 1; at >= 0 && (parts.length == 0 || found < parts.length); at--) {
      if (Leaf.parse(log.entries(at, at + 1).getFirst()).statement().statement().body()
              instanceof Body.Part part
          && part.whole().equals(whole)) {
        if (parts.length == 0) {
          parts = new byte[part.count()][];
        }
        if (parts[part.number()] == null) {
          parts[part.number()] = part.content().bytes();
          found++;
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part == null ? new byte[0] : part);
    }
    return bytes.toByteArray();
  }
}
