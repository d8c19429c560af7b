package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.Fault;
import java.util.List;

/** What a judge found of one event of a document. */
public sealed interface JudgedEvent {
  /**
   * An event that may be kept.
   *
   * @param eventId its own, or {@code ni:///sha-256;…?ver=CBV2.0} computed from it
   * @param event as captured, byte order of members included; not to be changed
   * @param normal the same with bare CBV terms, Digital Link URIs, UTC instants, for matching
   */
  record Valid(String eventId, ObjectNode event, ObjectNode normal) implements JudgedEvent {}

  /** An event that may not; at least one fault. */
  record Invalid(List<Fault> faults) implements JudgedEvent {}
}
