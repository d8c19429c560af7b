package io.tracegram.runtime.epcis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tracegram.runtime.json.Fault;
import java.util.List;

/** What a judge found of a captured document. */
public sealed interface JudgedDocument {
  /**
   * A document whose events were looked at one by one.
   *
   * @param context the document's {@code @context} as captured
   * @param events in the document's order
   */
  record Read(ArrayNode context, List<JudgedEvent> events) implements JudgedDocument {}

  /** No EPCIS document at all; at least one fault. */
  record Refused(List<Fault> faults) implements JudgedDocument {}
}
