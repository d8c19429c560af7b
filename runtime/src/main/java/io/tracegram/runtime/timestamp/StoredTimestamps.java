package io.tracegram.runtime.timestamp;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String FILE = "checkpoint|" + TimestampAuthority.NAME + "\\.tsr";
  private static final Pattern PATH =
      Pattern.compile(
          "(?<size>%s)/(checkpoint|(?<authority>%s)\\.tsr)"
              .formatted(SIZE, TimestampAuthority.NAME));

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
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      for (Path sized : list(directory, SIZE)) {
        for (Path file : list(sized, FILE)) {
          if (Files.size(file) > TokenCheck.MAX_LENGTH) {
            throw new IOException(file + " is too long for a checkpoint or a timestamp");
          }
          files.put(name(sized) + "/" + name(file), Files.readAllBytes(file));
        }
      }
    }
    try {
      return of(files);
    } catch (MalformedException e) {
      throw new IOException(directory + "/" + e.getMessage(), e);
    }
  }

  /**
   * Takes files read elsewhere.
   *
   * @param files content by name, {@code <size>/checkpoint} or {@code <size>/<authority>.tsr};
   *     other names are left out
   * @throws MalformedException if a checkpoint is none, or a token lies without one; the message
   *     begins with its name
   */
  public static StoredTimestamps of(Map<String, byte[]> files) {
    SortedMap<Long, SortedMap<String, byte[]>> responses = new TreeMap<>();
    Map<Long, SignedNote> notes = new HashMap<>();
    files.forEach(
        (name, content) -> {
          Matcher path = PATH.matcher(name);
          if (path.matches()) {
            long size = Long.parseLong(path.group("size"));
            SortedMap<String, byte[]> here =
                responses.computeIfAbsent(size, any -> new TreeMap<>());
            if (path.group("authority") == null) {
              notes.put(size, note(name, size, content));
            } else {
              here.put(path.group("authority"), content);
            }
          }
        });
    List<Stamped> checkpoints = new ArrayList<>();
    responses.forEach(
        (size, tokens) -> {
          SignedNote note = notes.get(size);
          if (note == null) {
            throw new MalformedException(size + "/checkpoint is missing");
          }
          checkpoints.add(new Stamped(size, note, tokens));
        });
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

  private static SignedNote note(String name, long size, byte[] content) {
    try {
      SignedNote note = SignedNote.parse(new String(content, StandardCharsets.UTF_8));
      if (Checkpoint.parse(note.text()).size() == size) {
        return note;
      }
    } catch (MalformedException e) {
      throw new MalformedException(name + " holds no checkpoint: " + e.getMessage());
    }
    throw new MalformedException(name + " is of another size than its directory");
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
