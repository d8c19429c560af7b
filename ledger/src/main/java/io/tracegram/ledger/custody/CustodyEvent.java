package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;

/**
 * What happened to lots, in EPCIS 2.0 terms. Immutable.
 *
 * @param eventMillis plant time, ms since 1970 UTC
 * @param cause index of the scan's leaf
 * @param inputs consumed lots (TransformationEvent)
 * @param outputs produced lots (TransformationEvent) or the lots observed (ObjectEvent)
 * @param readPoint scanner id
 * @param bizLocation facility id and workstation
 */
public record CustodyEvent(
    Type type,
    long eventMillis,
    long cause,
    List<LotQuantity> inputs,
    List<LotQuantity> outputs,
    String readPoint,
    String bizLocation,
    Optional<String> destination) {
  /** The EPCIS type with its CBV business step; the ordinal is the wire form. */
  public enum Type {
    /** ObjectEvent, OBSERVE, receiving. */
    RECEIVED,
    /** TransformationEvent, commissioning the output. */
    TRANSFORMED,
    /** ObjectEvent, OBSERVE, shipping, with a destination. */
    SHIPPED
  }

  /** A lot and how much of it. */
  public record LotQuantity(LotId lot, Mass mass) {}

  public CustodyEvent {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
