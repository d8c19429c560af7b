package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.MirrorInfo;

/** What becomes of an {@code add-entries} request; each has its status code of tlog-mirror. */
public sealed interface UploadAnswer {
  /** Returns the HTTP status code. */
  int status();

  /** Everything up to the upload's end is on disk, and the mirror vouches for it. */
  record Completed(SignedNote.Signature cosignature) implements UploadAnswer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** A part is on disk; the client goes on from the next entry. */
  record Continue(MirrorInfo info) implements UploadAnswer {
    @Override
    public int status() {
      return 202;
    }
  }

  /** The body has not the required form, or ended before its first package. */
  record Malformed(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 400;
    }
  }

  /** No log of that origin is configured. */
  record UnknownLog(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 404;
    }
  }

  /** The client's sizes do not fit the mirror's. */
  record Conflict(MirrorInfo info) implements UploadAnswer {
    @Override
    public int status() {
      return 409;
    }
  }

  /** The entries are not those of the checkpoint, or no checkpoint is pending. */
  record Unproven(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 422;
    }
  }
}
