package io.tracegram.runtime.cosign;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the signatures of one text that come in from several sides. Stateless. */
public final class Cosignatures {
  private Cosignatures() {}

  /**
   * Returns the first note's text with one verified signature of each key, the newest where several
   * notes of this text carry one; signatures of other keys are left out.
   *
   * @param notes the first gives the text; those of another text are not looked at
   */
  public static SignedNote newest(List<NoteKey> keys, SignedNote... notes) {
    String text = notes[0].text();
    List<SignedNote.Signature> kept = new ArrayList<>();
    for (NoteKey key : keys) {
      Optional<SignedNote.Signature> best = Optional.empty();
      long bestTime = Long.MIN_VALUE;
      for (SignedNote note : notes) {
        for (SignedNote.Signature signature : note.signatures()) {
          SignedNote single = new SignedNote(text, List.of(signature));
          if (note.text().equals(text) && single.isSignedBy(key)) {
            long time = single.cosignedAt(key).orElse(0);
            if (time > bestTime) {
              best = Optional.of(signature);
              bestTime = time;
            }
          }
        }
      }
      best.ifPresent(kept::add);
    }
    return new SignedNote(text, kept);
  }
}
