package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.signature.Signer;
import java.util.List;

/**
 * The two keys by which one log signs its checkpoints: Ed25519, and ML-DSA-44 beside it.
 * Thread-safe.
 *
 * <p>The ML-DSA-44 line carries no time, which tlog-cosignature allows: a log states what it holds,
 * and how fresh that is, is for mirrors and witnesses to say. The same checkpoint is therefore
 * signed with the same bytes, also after a restart.
 *
 * @param key verifies the Ed25519 line; its name is the log's origin
 * @param quantumSafeKey verifies the ML-DSA-44 line, of the same name
 */
public record CheckpointSigner(
    NoteKey key, Signer signer, NoteKey quantumSafeKey, Signer quantumSafeSigner) {
  public CheckpointSigner {
    if (key.type() != NoteKey.Type.LOG
        || quantumSafeKey.type() != NoteKey.Type.ML_DSA_44
        || !key.name().equals(quantumSafeKey.name())
        || !key.key().equals(signer.publicKey())
        || !quantumSafeKey.key().equals(quantumSafeSigner.publicKey())) {
      throw new IllegalArgumentException("not the two keys of the log " + key.name());
    }
  }

  /** Names two keys after a log's origin. */
  public static CheckpointSigner of(String origin, Signer ed25519, Signer mlDsa44) {
    return new CheckpointSigner(
        new NoteKey(origin, NoteKey.Type.LOG, ed25519.publicKey()),
        ed25519,
        new NoteKey(origin, NoteKey.Type.ML_DSA_44, mlDsa44.publicKey()),
        mlDsa44);
  }

  /** Returns both verifiers, the Ed25519 one first. */
  public List<NoteKey> keys() {
    return List.of(key, quantumSafeKey);
  }

  /** Signs a checkpoint's text with both keys. */
  public SignedNote sign(String text) {
    return complete(SignedNote.signedBy(text, key, signer));
  }

  /** Adds the ML-DSA-44 line where it is missing: a checkpoint from before this log had the key. */
  public SignedNote complete(SignedNote note) {
    return note.isSignedBy(quantumSafeKey)
        ? note
        : note.with(SignedNote.cosign(note.text(), quantumSafeKey, quantumSafeSigner, 0));
  }
}
