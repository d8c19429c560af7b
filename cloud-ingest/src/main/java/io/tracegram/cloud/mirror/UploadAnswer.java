package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.MirrorInfo;

/** What becomes of an {@code add-entries} request, with the HTTP answer of tlog-mirror. */
sealed interface UploadAnswer {
  /** Returns the HTTP status code. */
  int status();

  /** Returns the answer's body. */
  String body();

  default String contentType() {
    return "text/plain; charset=utf-8";
  }

  /** Everything up to the upload's end is on disk, and the mirror vouches for it. */
  record Completed(SignedNote.Signature cosignature) implements UploadAnswer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String body() {
      return cosignature.line();
    }
  }

  /** A part is on disk; the client goes on from the next entry. */
  record Continue(MirrorInfo info) implements UploadAnswer {
    @Override
    public int status() {
      return 202;
    }

    @Override
    public String body() {
      return info.format();
    }

    @Override
    public String contentType() {
      return MirrorInfo.CONTENT_TYPE;
    }
  }

  /** The body has not the required form, or ended before its first package. */
  record Malformed(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 400;
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }

  /** No log of that origin is configured. */
  record UnknownLog(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }

  /** The client's sizes do not fit the mirror's. */
  record Conflict(MirrorInfo info) implements UploadAnswer {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String body() {
      return info.format();
    }

    @Override
    public String contentType() {
      return MirrorInfo.CONTENT_TYPE;
    }
  }

  /** The entries are not those of the checkpoint, or no checkpoint is pending. */
  record Unproven(String reason) implements UploadAnswer {
    @Override
    public int status() {
      return 422;
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }
}
