package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Where a note verifier comes from: a vkey in the configuration, or a file that holds one. */
public sealed interface VerifierSource {
  /**
   * Returns the verifier.
   *
   * @throws IOException if its file is missing or holds no vkey; the message names the file
   */
  NoteKey load() throws IOException;

  /** A vkey written into the configuration. */
  record Inline(NoteKey key) implements VerifierSource {
    @Override
    public NoteKey load() {
      return key;
    }
  }

  /** A file that holds one vkey; it may not exist before another program has started. */
  record File(Path path) implements VerifierSource {
    @Override
    public NoteKey load() throws IOException {
      return KeyFiles.readNoteKey(path);
    }
  }
}
