package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.runtime.cosign.NoteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The timestamps that lie beside a log, as found: {@code timestamps/<size>/checkpoint} and {@code
 * timestamps/<size>/<authority>.tsr}. Reading believes nothing; the caller must check each
 * checkpoint's signature and root against the log. Immutable.
 */
public final class StoredTimestamps {
  /** Name of the directory beside the log's tiles. */
  public static final String DIRECTORY = "timestamps";

  static final String RESPONSE = ".tsr";
  private static final String SIZE = "[1-9][0-9]{0,17}";

  private final List<Stamped> checkpoints;

  private StoredTimestamps(List<Stamped> checkpoints) {
    this.checkpoints = List.copyOf(checkpoints);
  }

  /**
   * A checkpoint with what authorities said about it.
   *
   * @param size leaves that it covers
   * @param responses by authority, RFC 3161 TimeStampResp in DER
   */
  public record Stamped(long size, SignedNote checkpoint, SortedMap<String, byte[]> responses) {}

  /**
   * What a stored response is worth.
   *
   * @param size leaves that the stamped checkpoint covers
   * @param verdict empty if no anchor of that authority was given, so that nothing is proven
   */
  public record Judged(
      long size, SignedNote checkpoint, String authority, Optional<TimestampVerdict> verdict) {}

  /**
   * Reads what lies in a log's directory.
   *
   * @param logDirectory that holds {@code checkpoint} and {@code tile/}
   * @throws IOException if it cannot be read, or a checkpoint in it is none; the message names it
   */
  public static StoredTimestamps read(Path logDirectory) throws IOException {
    Path directory = logDirectory.resolve(DIRECTORY);
    List<Stamped> checkpoints = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      for (Path sized : list(directory, SIZE)) {
        Optional<SignedNote> note = new NoteFile(sized.resolve("checkpoint")).read();
        if (note.isPresent()) {
          long size = Long.parseLong(name(sized));
          checked(note.get(), size, sized);
          checkpoints.add(new Stamped(size, note.get(), responses(sized)));
        }
      }
    }
    checkpoints.sort(Comparator.comparingLong(Stamped::size));
    return new StoredTimestamps(checkpoints);
  }

  /** Returns the checkpoints, smallest first; those that wait for their tokens too. */
  public List<Stamped> checkpoints() {
    return checkpoints;
  }

  /** Judges every stored response, smallest checkpoint first. */
  public List<Judged> verify(Collection<TimestampAuthority> authorities) {
    List<Judged> judged = new ArrayList<>();
    for (Stamped stamped : checkpoints) {
      stamped
          .responses()
          .forEach(
              (name, response) ->
                  judged.add(
                      new Judged(
                          stamped.size(),
                          stamped.checkpoint(),
                          name,
                          authorities.stream()
                              .filter(authority -> authority.name().equals(name))
                              .findFirst()
                              .map(authority -> authority.judge(stamped.checkpoint(), response)))));
    }
    return judged;
  }

  private static SortedMap<String, byte[]> responses(Path sized) throws IOException {
    SortedMap<String, byte[]> responses = new TreeMap<>();
    for (Path file : list(sized, ".{1,64}\\" + RESPONSE)) {
      String authority = name(file).substring(0, name(file).length() - RESPONSE.length());
      if (TimestampAuthority.isName(authority)) {
        if (Files.size(file) > TokenCheck.MAX_LENGTH) {
          throw new IOException(file + " is too long for a timestamp");
        }
        responses.put(authority, Files.readAllBytes(file));
      }
    }
    return responses;
  }

  private static void checked(SignedNote note, long size, Path sized) throws IOException {
    try {
      if (Checkpoint.parse(note.text()).size() == size) {
        return;
      }
    } catch (MalformedException e) {
      throw new IOException(sized.resolve("checkpoint") + " holds no checkpoint", e);
    }
    throw new IOException(sized.resolve("checkpoint") + " is of another size than its directory");
  }

  private static List<Path> list(Path directory, String pattern) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> name(entry).matches(pattern)).sorted().toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
