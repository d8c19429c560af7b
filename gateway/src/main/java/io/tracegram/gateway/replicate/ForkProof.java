package io.tracegram.gateway.replicate;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint that our own key signed and that the tree on this disk does not continue. Immutable.
 *
 * @param from who holds it
 * @param theirs that checkpoint
 * @param ours the newest checkpoint of this disk
 * @param rootHere root of this disk's tree at the size of {@code theirs}; empty if it is smaller
 * @param consistency from that size to {@code ours} (RFC 6962 §2.1.2), empty where there is none
 */
public record ForkProof(
    URI from,
    SignedNote theirs,
    Optional<SignedNote> ours,
    Optional<Hash> rootHere,
    List<Hash> consistency) {
  public ForkProof {
    consistency = List.copyOf(consistency);
  }

  /** Returns what happened and what a person should do. */
  public String whatToDo() {
    Checkpoint head = Checkpoint.parse(theirs.text());
    String found =
        rootHere.isPresent()
            ? "this disk holds another history of the log: at size " + head.size()
            : "leaves were lost here: its size is " + head.size();
    return from
        + " has a checkpoint that this log's own key signed, and "
        + found
        + ". Was an old disk or backup restored, or does a second gateway use this key? Nothing is"
        + " signed any more. Keep log/fork-proof: hand it to the auditor and to whoever runs the"
        + " mirror and the witnesses; it proves by itself, without trust in anyone, that two"
        + " histories were signed. Compare both by tracegram verify; restore the log from the"
        + " mirror; then remove log/forked and start again";
  }

  /** Returns the proof as a document that can be checked without this gateway. */
  public String document() {
    Checkpoint head = Checkpoint.parse(theirs.text());
    StringBuilder text = new StringBuilder();
    text.append("Two histories of the log ").append(head.origin()).append(".\n\n");
    text.append("1. Signed by the log, held by ").append(from).append(":\n\n");
    text.append(theirs.format()).append('\n');
    text.append("2. The newest that the gateway's disk holds:\n\n");
    text.append(ours.map(SignedNote::format).orElse("(none)\n")).append('\n');
    if (rootHere.isEmpty()) {
      text.append("The disk holds fewer leaves than the log had signed for in 1.\n");
      return text.toString();
    }
    text.append("In the tree of 2, the first ")
        .append(head.size())
        .append(" leaves have the root\n");
    text.append(base64(rootHere.get())).append('\n');
    text.append(
        "which is not the root of 1. Consistency proof (RFC 6962, 2.1.2) from that root to");
    text.append(" the root of 2:\n");
    consistency.forEach(hash -> text.append(base64(hash)).append('\n'));
    return text.toString();
  }

  private static String base64(Hash hash) {
    return Base64.getEncoder().encodeToString(hash.bytes());
  }
}
