package io.tracegram.cloud.mirror;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.replication.AddEntriesHeader;
import io.tracegram.ledger.evidence.replication.EntryPackage;
import io.tracegram.ledger.evidence.replication.PackageRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One {@code add-entries} request as its body arrives. Holds at most one incomplete package and one
 * chunk. Single-threaded; blocks on the disk.
 */
final class Upload {
  private static final int FIRST_CAPACITY = 65_536;

  private final Map<String, MirroredLog> logs;
  private final long maxBytes;
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);
  private long received;
  private @Nullable MirroredLog log;
  private @Nullable AddEntriesHeader header;
  private long next;
  private boolean anySaved;

  /**
   * @param maxBytes of the body, decompressed; what is beyond is not read
   */
  Upload(Map<String, MirroredLog> logs, long maxBytes) {
    this.logs = logs;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes the next bytes; complete packages in them are proven and on disk when this returns.
   *
   * @return the answer as soon as it is certain; the rest of the body is then of no interest
   */
  Optional<UploadAnswer> feed(byte[] chunk) {
    received += chunk.length;
    if (received > maxBytes) {
      return Optional.of(end());
    }
    ensure(chunk.length);
    buffer.put(chunk).flip();
    try {
      return take();
    } catch (MalformedException e) {
      return Optional.of(malformed(String.valueOf(e.getMessage())));
    } finally {
      buffer.compact();
    }
  }

  /** Returns the answer when the body has ended, whole or not. */
  UploadAnswer end() {
    if (header == null || log == null) {
      return new UploadAnswer.Malformed("the body ends within its head");
    }
    if (next < header.uploadEnd() && !anySaved) {
      return new UploadAnswer.Malformed("the body ends within its first package");
    }
    return log.complete(header.uploadEnd());
  }

  private Optional<UploadAnswer> take() {
    if (header == null) {
      Optional<AddEntriesHeader> read = AddEntriesHeader.read(buffer);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      Optional<UploadAnswer> refused = begin(read.get());
      if (refused.isPresent()) {
        return refused;
      }
    }
    return packages(
        java.util.Objects.requireNonNull(log), java.util.Objects.requireNonNull(header));
  }

  private Optional<UploadAnswer> begin(AddEntriesHeader read) {
    MirroredLog named = logs.get(read.origin());
    if (named == null) {
      return Optional.of(
          new UploadAnswer.UnknownLog("no log " + read.origin() + " is mirrored here"));
    }
    header = read;
    log = named;
    next = read.uploadStart();
    return named.begin(read.uploadStart(), read.uploadEnd());
  }

  private Optional<UploadAnswer> packages(MirroredLog target, AddEntriesHeader upload) {
    long first = next;
    List<byte[]> proven = new ArrayList<>();
    try {
      while (next < upload.uploadEnd()) {
        PackageRange range = PackageRange.at(next, upload.uploadEnd());
        Optional<EntryPackage> entries = EntryPackage.read(buffer, range.count());
        if (entries.isEmpty()) {
          return Optional.empty();
        }
        if (!target.proves(range, entries.get(), upload.uploadEnd())) {
          return Optional.of(
              new UploadAnswer.Unproven(
                  "entries [%d, %d) are not those of the checkpoint of size %d"
                      .formatted(range.start(), range.end(), upload.uploadEnd())));
        }
        proven.addAll(entries.get().entries());
        next = range.end();
      }
      return Optional.empty();
    } finally {
      if (!proven.isEmpty()) {
        target.append(first, proven);
        anySaved = true;
      }
    }
  }

  private UploadAnswer malformed(String reason) {
    if (anySaved && log != null && header != null) {
      return log.complete(header.uploadEnd());
    }
    return new UploadAnswer.Malformed(reason);
  }

  private void ensure(int more) {
    if (buffer.remaining() < more) {
      int needed = buffer.position() + more;
      ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, buffer.capacity() * 2));
      larger.put(buffer.flip());
      buffer = larger;
    }
  }
}
