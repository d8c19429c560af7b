package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents that come in parts, until the leaf about them takes them; at most four at a time, the
 * oldest goes first. Single-threaded.
 */
final class PartBook {
  private static final int LIMIT = 4;

  private final Map<Hash, List<Content>> wholes;

  /** All of it; not copied. */
  record State(Map<Hash, List<Content>> wholes) {}

  PartBook(State state) {
    this.wholes = state.wholes;
  }

  PartBook() {
    this(new State(new LinkedHashMap<>()));
  }

  State state() {
    return new State(wholes);
  }

  /**
   * Takes the next part of a document; the first one begins it anew. Says if it is not the next.
   */
  boolean take(Body.Part part) {
    if (part.number() == 0) {
      wholes.remove(part.whole());
      if (wholes.size() == LIMIT) {
        wholes.remove(wholes.keySet().iterator().next());
      }
      wholes.put(part.whole(), new ArrayList<>());
    }
    List<Content> before = wholes.get(part.whole());
    if (before == null || before.size() != part.number()) {
      return false;
    }
    before.add(part.content());
    return true;
  }

  /** Returns a document's bytes and forgets its parts; empty unless they give exactly its hash. */
  Optional<byte[]> resolve(Document document) {
    Optional<byte[]> whole = peek(document);
    if (document instanceof Document.Parts(Hash sha256, int _)) {
      wholes.remove(sha256);
    }
    return whole;
  }

  /** Returns a document's bytes; empty unless its parts, which stay, give exactly its hash. */
  Optional<byte[]> peek(Document document) {
    return switch (document) {
      case Document.Inline(Content content) -> Optional.of(content.bytes());
      case Document.Parts(Hash sha256, int length) -> {
        List<Content> parts = wholes.get(sha256);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (parts != null) {
          parts.forEach(part -> whole.writeBytes(part.bytes()));
        }
        yield Optional.of(whole.toByteArray())
            .filter(bytes -> bytes.length == length && Hash.sha256(bytes).equals(sha256));
      }
    };
  }
}
