package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.web.ProblemDetails;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events of a document are let in: an id belongs to one event for ever, the same
 * event may come again. Single-threaded.
 */
final class Admission {
  private static final int MOST_FAULTS = 10;

  private final EventWriter writer;
  private final Map<Term, JudgedEvent.Valid> expected = new HashMap<>();

  /**
   * What becomes of a document's events.
   *
   * @param refused positions, ascending
   * @param errors why, for the sender
   * @param known every event that is not refused is recorded already, the last one by {@code leaf}
   */
  record Verdict(
      List<Integer> refused, List<ProblemDetails> errors, boolean known, OptionalLong leaf) {}

  Admission(EventWriter writer) {
    this.writer = writer;
  }

  Verdict judge(JudgedDocument.Read document) throws SQLException {
    List<Integer> refused = new ArrayList<>();
    List<ProblemDetails> errors = new ArrayList<>();
    Map<Term, JudgedEvent.Valid> here = new HashMap<>();
    boolean known = true;
    OptionalLong leaf = OptionalLong.empty();
    for (int i = 0; i < document.events().size(); i++) {
      switch (document.events().get(i)) {
        case JudgedEvent.Invalid invalid -> {
          refused.add(i);
          errors.add(invalid(i, invalid));
        }
        case JudgedEvent.Valid valid -> {
          Term identity = EventTerms.identity(valid.eventId(), valid.event());
          Optional<StoredEvent> stored = writer.find(identity);
          JudgedEvent.@Nullable Valid earlier = here.get(identity);
          if (earlier == null) {
            earlier = expected.get(identity);
          }
          boolean other =
              (stored.isPresent() && !same(stored.get(), document, valid))
                  || (earlier != null && !same(earlier.event(), valid.event(), valid.eventId()));
          if (other) {
            refused.add(i);
            errors.add(taken(i, valid.eventId()));
          } else {
            here.put(identity, valid);
            known &= stored.isPresent();
            leaf = stored.map(event -> OptionalLong.of(event.leaf())).orElse(leaf);
          }
        }
      }
    }
    return new Verdict(refused, bounded(errors), known, leaf);
  }

  /** Remembers events that are on their way into the log. */
  void expect(JudgedDocument.Read document, Verdict verdict) {
    Set<Integer> refused = new HashSet<>(verdict.refused());
    for (int i = 0; i < document.events().size(); i++) {
      if (document.events().get(i) instanceof JudgedEvent.Valid valid && !refused.contains(i)) {
        expected.put(EventTerms.identity(valid.eventId(), valid.event()), valid);
      }
    }
  }

  /** The events of a document are not on their way any more. */
  void forget(JudgedDocument.Read document) {
    for (JudgedEvent event : document.events()) {
      if (event instanceof JudgedEvent.Valid valid) {
        expected.remove(EventTerms.identity(valid.eventId(), valid.event()));
      }
    }
  }

  /** Records a document's events that are neither refused nor recorded already. */
  void record(JudgedDocument.Read document, List<Integer> refused, Evidence evidence)
      throws SQLException {
    Set<Integer> out = new HashSet<>(refused);
    for (int i = 0; i < document.events().size(); i++) {
      if (document.events().get(i) instanceof JudgedEvent.Valid valid
          && !out.contains(i)
          && !writer.has(EventTerms.identity(valid.eventId(), valid.event()))) {
        writer.add(
            new EventWriter.Entry(
                valid.eventId(),
                valid.normal(),
                valid.event(),
                document.context(),
                StoredEvent.Origin.CAPTURED,
                evidence));
      }
    }
    forget(document);
  }

  /** Says again why events were refused, as far as the document itself tells. */
  static List<ProblemDetails> errors(JudgedDocument document, List<Integer> refused) {
    List<ProblemDetails> errors = new ArrayList<>();
    if (document instanceof JudgedDocument.Read read) {
      for (int i : refused) {
        if (i < read.events().size()) {
          errors.add(
              switch (read.events().get(i)) {
                case JudgedEvent.Invalid invalid -> invalid(i, invalid);
                case JudgedEvent.Valid valid -> taken(i, valid.eventId());
              });
        }
      }
    }
    return bounded(errors);
  }

  private static List<ProblemDetails> bounded(List<ProblemDetails> errors) {
    if (errors.size() <= CaptureJob.MOST_ERRORS) {
      return errors;
    }
    List<ProblemDetails> some = new ArrayList<>(errors.subList(0, CaptureJob.MOST_ERRORS));
    some.add(
        EpcisProblem.VALIDATION.because(
            (errors.size() - CaptureJob.MOST_ERRORS) + " more events are refused"));
    return some;
  }

  private static ProblemDetails invalid(int index, JudgedEvent.Invalid invalid) {
    return EpcisProblem.VALIDATION.because("event " + index + ": " + told(invalid.faults()));
  }

  /** Tells faults in one line. */
  static String told(List<Fault> faults) {
    List<String> told = new ArrayList<>();
    for (Fault fault : faults.subList(0, Math.min(MOST_FAULTS, faults.size()))) {
      told.add(
          fault.pointer().isEmpty() ? fault.reason() : fault.pointer() + ": " + fault.reason());
    }
    if (faults.size() > MOST_FAULTS) {
      told.add("and " + (faults.size() - MOST_FAULTS) + " more");
    }
    return String.join("; ", told);
  }

  private static ProblemDetails taken(int index, String eventId) {
    return EpcisProblem.ALREADY_EXISTS.because(
        "event "
            + index
            + ": another event has the id "
            + eventId
            + ": give it an id of its own; to take an event back, send it again with an"
            + " errorDeclaration");
  }

  /** Terms with a prefix mean what the document's context says; others mean the same everywhere. */
  private static boolean same(
      StoredEvent stored, JudgedDocument.Read document, JudgedEvent.Valid valid) {
    return EventText.read(stored.json()) instanceof ObjectNode known
        && same(known, valid.event(), valid.eventId())
        && (stored.context().equals(EventText.write(document.context()))
            || !hasPrefix(valid.event()));
  }

  private static boolean same(ObjectNode one, ObjectNode other, String eventId) {
    return bare(one, eventId).equals(bare(other, eventId));
  }

  private static ObjectNode bare(ObjectNode event, String eventId) {
    // read again, so that numbers of both have the same kind of node
    ObjectNode bare = (ObjectNode) EventText.read(EventText.write(event));
    bare.remove("recordTime");
    return bare.put("eventID", eventId);
  }

  private static boolean hasPrefix(JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (member.getKey().indexOf(':') >= 0 || hasPrefix(member.getValue())) {
          return true;
        }
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (hasPrefix(element)) {
          return true;
        }
      }
    }
    return false;
  }
}
