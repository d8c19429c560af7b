package io.tracegram.ledger.verification;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one document, which stand in order before the leaf about it; those that no leaf is
 * about are what a power cut left. Single-threaded.
 */
final class DocumentParts {
  private Hash whole = Hash.ZERO;
  private final List<Content> parts = new ArrayList<>();

  /** Takes the next part; the first one begins another document. Says if it is not the next. */
  boolean take(Body.Part part) {
    if (part.number() == 0) {
      parts.clear();
      whole = part.whole();
    }
    if (!part.whole().equals(whole) || part.number() != parts.size()) {
      return false;
    }
    parts.add(part.content());
    return true;
  }

  /** Says whether a document is there, its hash that of its bytes; its parts are forgotten. */
  boolean give(Document document) {
    boolean given =
        switch (document) {
          case Document.Inline _ -> true;
          case Document.Parts(Hash sha256, int length) ->
              sha256.equals(whole)
                  && length == parts.stream().mapToLong(part -> part.bytes().length).sum()
                  && sha256.equals(
                      Hash.sha256(parts.stream().map(Content::bytes).toArray(byte[][]::new)));
        };
    parts.clear();
    whole = Hash.ZERO;
    return given;
  }
}
