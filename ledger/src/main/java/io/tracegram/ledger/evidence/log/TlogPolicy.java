package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which logs are trusted, and which cosignatures make a checkpoint witnessed (C2SP tlog-policy).
 * Immutable.
 */
public final class TlogPolicy {
  private static final int LIMIT = 64;
  private static final int MAX_LENGTH = 1 << 20;

  private final List<NoteKey> logs;
  private final Map<String, Member> members;
  private final Optional<String> quorum;

  private sealed interface Member {
    record Witness(NoteKey key) implements Member {}

    record Group(int threshold, List<String> names) implements Member {}
  }

  private TlogPolicy(List<NoteKey> logs, Map<String, Member> members, Optional<String> quorum) {
    this.logs = List.copyOf(logs);
    this.members = members;
    this.quorum = quorum;
  }

  /**
   * Reads a policy file strictly.
   *
   * @throws MalformedException naming the line
   */
  public static TlogPolicy parse(String file) {
    if (file.length() > MAX_LENGTH) {
      throw new MalformedException("a policy of more than 1 MiB");
    }
    Draft draft = new Draft();
    String[] lines = file.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      try {
        draft.line(lines[i]);
      } catch (MalformedException e) {
        throw new MalformedException("policy line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (draft.quorum.size() != 1) {
      throw new MalformedException("a policy has exactly one quorum line");
    }
    return new TlogPolicy(
        draft.logs,
        draft.members,
        Optional.of(draft.quorum.getFirst()).filter(name -> !name.equals("none")));
  }

  /**
   * Returns the policy that asks for every one of these witnesses, and for none if there are none.
   *
   * @param others cosigners that are told by name but not asked for, such as the operator's mirror
   */
  public static TlogPolicy all(List<NoteKey> logs, List<NoteKey> witnesses, List<NoteKey> others) {
    StringBuilder file = new StringBuilder();
    logs.forEach(log -> file.append("log ").append(log.vkey()).append('\n'));
    Map<String, NoteKey> named = new LinkedHashMap<>();
    witnesses.forEach(witness -> named.put(free(witness.name(), named.keySet()), witness));
    List<String> asked = List.copyOf(named.keySet());
    others.forEach(other -> named.put(free(other.name(), named.keySet()), other));
    named.forEach(
        (name, key) ->
            file.append("witness ").append(name).append(' ').append(key.vkey()).append('\n'));
    if (asked.isEmpty()) {
      return parse(file.append("quorum none\n").toString());
    }
    String group = free("all-witnesses", named.keySet());
    file.append("group ").append(group).append(" all ").append(String.join(" ", asked));
    return parse(file.append("\nquorum ").append(group).append('\n').toString());
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; taken.contains(free) || free.equals("none"); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /**
   * Returns this policy with keys of logs that are known from elsewhere, as tlog-policy allows;
   * where the policy lists keys of a log itself, those alone count.
   */
  public TlogPolicy knowing(List<NoteKey> keys) {
    List<NoteKey> all = new ArrayList<>(logs);
    keys.stream().filter(key -> logs(key.name()).isEmpty()).forEach(all::add);
    return new TlogPolicy(all, members, quorum);
  }

  /** Returns the first key of a trusted log. */
  public Optional<NoteKey> log(String origin) {
    return logs(origin).stream().findFirst();
  }

  /** Returns all keys of a trusted log; the signature of one of them is enough. */
  public List<NoteKey> logs(String origin) {
    return logs.stream().filter(key -> key.name().equals(origin)).toList();
  }

  /** Returns the verifiers of all witnesses that the policy names. */
  public List<NoteKey> witnesses() {
    List<NoteKey> keys = new ArrayList<>();
    for (Member member : members.values()) {
      if (member instanceof Member.Witness(NoteKey key)) {
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }

  /** Says whether any cosignature is asked for at all. */
  public boolean asksForWitnesses() {
    return quorum.isPresent();
  }

  /**
   * Returns the names of the witnesses whose cosignature, with a time, is on the note and verifies.
   */
  public Set<String> witnessing(SignedNote note) {
    Set<String> names = new TreeSet<>();
    members.forEach(
        (name, member) -> {
          if (member instanceof Member.Witness(NoteKey key) && note.cosignedAt(key).isPresent()) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * Decides on a checkpoint, as tlog-policy has it: signed by a listed key of its log, and by none
   * of them wrongly, and cosigned as the quorum asks for.
   */
  public PolicyVerdict judge(SignedNote note) {
    Checkpoint head;
    try {
      head = Checkpoint.parse(note.text());
    } catch (MalformedException e) {
      return new PolicyVerdict(
          List.of(), Set.of(), Optional.of("no checkpoint: " + e.getMessage()));
    }
    List<NoteKey> known = logs(head.origin());
    List<NoteKey> named = known.stream().filter(note::names).toList();
    List<NoteKey> signed = named.stream().filter(note::isSignedBy).toList();
    Set<String> cosigned = witnessing(note);
    Optional<String> refusal = Optional.empty();
    if (known.isEmpty()) {
      refusal = Optional.of("the policy does not know the log " + head.origin());
    } else if (named.isEmpty()) {
      refusal = Optional.of("not signed by a key that the policy lists for " + head.origin());
    } else if (signed.size() < named.size()) {
      refusal = Optional.of("a signature in the name of " + head.origin() + " is wrong");
    } else if (!isWitnessed(note)) {
      refusal =
          Optional.of(
              "the policy's quorum is not met: it asks for %s, cosigned by %s"
                  .formatted(quorumText(), cosigned.isEmpty() ? "nobody" : join(cosigned)));
    }
    return new PolicyVerdict(signed, cosigned, refusal);
  }

  private static String join(Set<String> names) {
    return String.join(", ", names);
  }

  /** Says whether the note carries the cosignatures that the quorum asks for. */
  public boolean isWitnessed(SignedNote note) {
    Set<String> witnessing = witnessing(note);
    return quorum.map(name -> holds(name, witnessing)).orElse(true);
  }

  /** Describes the quorum for a person, such as {@code 2 of (w1, w2, w3)}; {@code none}. */
  public String quorumText() {
    return quorum.map(this::text).orElse("none");
  }

  private String text(String name) {
    return switch (members.get(name)) {
      case null -> name;
      case Member.Witness _ -> name;
      case Member.Group(int threshold, List<String> names) -> {
        String listed = String.join(", ", names.stream().map(this::text).toList());
        yield names.size() == 1 ? listed : threshold + " of (" + listed + ")";
      }
    };
  }

  private boolean holds(String name, Set<String> witnessing) {
    return switch (members.get(name)) {
      case null -> false;
      case Member.Witness _ -> witnessing.contains(name);
      case Member.Group(int threshold, List<String> names) ->
          names.stream().filter(each -> holds(each, witnessing)).count() >= threshold;
    };
  }

  /** A policy file as far as it is read. */
  private static final class Draft {
    private final List<NoteKey> logs = new ArrayList<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> grouped = new HashSet<>();
    private final List<String> quorum = new ArrayList<>();

    void line(String line) {
      require(
          line.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F),
          "no control characters but tab and newline; save the file with Unix line ends");
      String[] words = line.strip().split("[ \t]+");
      if (words[0].isEmpty() || words[0].startsWith("#")) {
        return;
      }
      switch (words[0]) {
        case "log" -> log(words);
        case "witness" -> witness(words);
        case "group" -> group(words);
        case "quorum" -> {
          require(words.length == 2, "quorum <name>");
          require(
              words[1].equals("none") || members.containsKey(words[1]), "a name defined before");
          quorum.add(words[1]);
        }
        default -> throw new MalformedException("unknown word " + words[0]);
      }
      require(logs.size() <= LIMIT && members.size() <= LIMIT, "at most 64 logs and members");
    }

    private void log(String[] words) {
      require(words.length == 2 || words.length == 3, "log <vkey> [<url>]");
      NoteKey key = NoteKey.parse(words[1]);
      require(
          key.type().signsLogs() && logs.stream().noneMatch(log -> log.key().equals(key.key())),
          "a log's own key, once");
      logs.add(key);
    }

    private void witness(String[] words) {
      require(words.length == 3 || words.length == 4, "witness <name> <vkey> [<url>]");
      NoteKey key = NoteKey.parse(words[2]);
      require(key.type().cosigns(), "a cosigner's key");
      require(
          members.values().stream()
              .noneMatch(
                  member ->
                      member instanceof Member.Witness(NoteKey other)
                          && other.key().equals(key.key())),
          "each witness's key once");
      define(words[1], new Member.Witness(key));
    }

    private void group(String[] words) {
      require(words.length >= 4, "group <name> all|any|<k> <name>…");
      List<String> names = List.of(words).subList(3, words.length);
      require(members.keySet().containsAll(names), "members defined on lines before");
      // in one group only, so that a witness counts in one way only
      require(names.stream().allMatch(grouped::add), "each member once, and in one group only");
      int threshold =
          switch (words[2]) {
            case "all" -> names.size();
            case "any" -> 1;
            default -> (int) Math.min(LIMIT + 1, Checkpoint.decimal(words[2]));
          };
      require(threshold >= 1 && threshold <= names.size(), "1 ≤ k ≤ members");
      define(words[1], new Member.Group(threshold, names));
    }

    private void define(String name, Member member) {
      require(
          !name.equals("none") && members.putIfAbsent(name, member) == null,
          "a new name, other than none");
    }

    private static void require(boolean holds, String expected) {
      if (!holds) {
        throw new MalformedException("expected " + expected);
      }
    }
  }
}
