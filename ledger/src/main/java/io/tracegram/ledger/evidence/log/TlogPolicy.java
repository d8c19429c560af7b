package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs are trusted, and which cosignatures make a checkpoint witnessed (C2SP tlog-policy).
 * Immutable.
 */
public final class TlogPolicy {
  private static final int LIMIT = 64;

  private final List<NoteKey> logs;
  private final Map<String, Member> members;
  private final Optional<String> quorum;

  private sealed interface Member {
    record Witness(NoteKey key) implements Member {}

    record Group(int threshold, List<String> names) implements Member {}
  }

  private TlogPolicy(List<NoteKey> logs, Map<String, Member> members, Optional<String> quorum) {
    this.logs = List.copyOf(logs);
    this.members = Map.copyOf(members);
    this.quorum = quorum;
  }

  /**
   * Reads a policy file strictly.
   *
   * @throws MalformedException naming the line
   */
  public static TlogPolicy parse(String file) {
    List<NoteKey> logs = new ArrayList<>();
    Map<String, Member> members = new HashMap<>();
    List<String> quorum = new ArrayList<>();
    String[] lines = file.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          line(line.split("[ \t]+"), logs, members, quorum);
        } catch (MalformedException | NumberFormatException e) {
          throw new MalformedException("policy line " + (i + 1) + ": " + e.getMessage());
        }
      }
    }
    if (quorum.size() != 1) {
      throw new MalformedException("a policy has exactly one quorum line");
    }
    return new TlogPolicy(
        logs, members, Optional.of(quorum.getFirst()).filter(name -> !name.equals("none")));
  }

  /** Returns the key of a trusted log. */
  public Optional<NoteKey> log(String origin) {
    return logs.stream().filter(key -> key.name().equals(origin)).findFirst();
  }

  /** Returns the names of the witnesses whose cosignature is on the note and verifies. */
  public Set<String> witnessing(SignedNote note) {
    Set<String> names = new HashSet<>();
    members.forEach(
        (name, member) -> {
          if (member instanceof Member.Witness(NoteKey key) && note.isSignedBy(key)) {
            names.add(name);
          }
        });
    return names;
  }

  /** Says whether the note carries the cosignatures that the quorum asks for. */
  public boolean isWitnessed(SignedNote note) {
    Set<String> witnessing = witnessing(note);
    return quorum.map(name -> holds(name, witnessing)).orElse(true);
  }

  private boolean holds(String name, Set<String> witnessing) {
    Member member = members.get(name);
    return switch (member) {
      case null -> false;
      case Member.Witness _ -> witnessing.contains(name);
      case Member.Group(int threshold, List<String> names) ->
          names.stream().filter(each -> holds(each, witnessing)).count() >= threshold;
    };
  }

  private static void line(
      String[] words, List<NoteKey> logs, Map<String, Member> members, List<String> quorum) {
    switch (words[0]) {
      case "log" -> {
        require(words.length == 2 || words.length == 3, "log <vkey> [<url>]");
        NoteKey key = NoteKey.parse(words[1]);
        require(key.type() == NoteKey.Type.LOG && !logs.contains(key), "a log's own key, once");
        logs.add(key);
      }
      case "witness" -> {
        require(words.length == 3 || words.length == 4, "witness <name> <vkey> [<url>]");
        NoteKey key = NoteKey.parse(words[2]);
        require(key.type() == NoteKey.Type.COSIGNER, "a cosigner's key");
        define(members, words[1], new Member.Witness(key));
      }
      case "group" -> {
        require(words.length >= 4, "group <name> all|any|<k> <name>…");
        List<String> names = List.of(words).subList(3, words.length);
        require(members.keySet().containsAll(names), "members defined on lines before");
        require(Set.copyOf(names).size() == names.size(), "each member once");
        int threshold =
            switch (words[2]) {
              case "all" -> names.size();
              case "any" -> 1;
              default -> Integer.parseInt(words[2]);
            };
        require(threshold >= 1 && threshold <= names.size(), "1 ≤ k ≤ members");
        define(members, words[1], new Member.Group(threshold, names));
      }
      case "quorum" -> {
        require(words.length == 2, "quorum <name>");
        require(words[1].equals("none") || members.containsKey(words[1]), "a name defined before");
        quorum.add(words[1]);
      }
      default -> throw new MalformedException("unknown word " + words[0]);
    }
    require(logs.size() <= LIMIT && members.size() <= LIMIT, "at most 64 logs and members");
  }

  private static void define(Map<String, Member> members, String name, Member member) {
    require(
        !name.equals("none") && members.put(name, member) == null, "a new name, other than none");
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new MalformedException("expected " + expected);
    }
  }
}
