package io.tracegram.ledger.custody;

import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;

/**
 * What happened to lots, in EPCIS 2.0 terms. Immutable.
 *
 * @param eventMillis plant time, ms since 1970 UTC
 * @param cause index of the scan's leaf; an event and the declaration of its error have the same
 * @param inputs consumed lots (TransformationEvent)
 * @param outputs produced lots (TransformationEvent) or the lots observed (ObjectEvent)
 * @param readPoint scanner id
 * @param bizLocation facility id and workstation
 * @param order id of the order it is a part of (transformationID), empty if it is of none, or of an
 *     edition that did not say
 * @param error present if this declares that the event of the same cause did not happen
 */
public record CustodyEvent(
    Type type,
    long eventMillis,
    long cause,
    List<LotQuantity> inputs,
    List<LotQuantity> outputs,
    String readPoint,
    String bizLocation,
    Optional<String> destination,
    String order,
    Optional<ErrorDeclaration> error) {
  /** The EPCIS type with its CBV business step; the ordinal is the wire form. */
  public enum Type {
    /** ObjectEvent, OBSERVE, receiving. */
    RECEIVED,
    /** TransformationEvent, commissioning the outputs; without outputs, what an order took late. */
    TRANSFORMED,
    /** ObjectEvent, OBSERVE, shipping, with a destination. */
    SHIPPED,
    /** TransformationEvent, commissioning parts of one lot. */
    SPLIT,
    /** ObjectEvent, DELETE, destroying, disposed. */
    SCRAPPED
  }

  /**
   * A lot and how much of it.
   *
   * @param revision how often the lot had been reworked; events do not say it, see {@link #plain}
   */
  public record LotQuantity(LotId lot, Mass mass, int revision) {
    /** Of a lot that was not reworked. */
    public LotQuantity(LotId lot, Mass mass) {
      this(lot, mass, 0);
    }

    /** Returns the quantity as an event tells it. */
    LotQuantity plain() {
      return new LotQuantity(lot, mass);
    }
  }

  /**
   * The event was recorded in error: reason {@code incorrect_data}.
   *
   * @param leaf index of the leaf of the card that took it back
   */
  public record ErrorDeclaration(long declaredMillis, long leaf) {}

  public CustodyEvent {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** An event of no order. */
  public CustodyEvent(
      Type type,
      long eventMillis,
      long cause,
      List<LotQuantity> inputs,
      List<LotQuantity> outputs,
      String readPoint,
      String bizLocation,
      Optional<String> destination) {
    this(
        type,
        eventMillis,
        cause,
        inputs,
        outputs,
        readPoint,
        bizLocation,
        destination,
        "",
        Optional.empty());
  }

  CustodyEvent of(Order made) {
    return new CustodyEvent(
        type,
        eventMillis,
        cause,
        inputs,
        outputs,
        readPoint,
        bizLocation,
        destination,
        made.id(),
        error);
  }

  CustodyEvent inError(long declaredMillis, long leaf) {
    return new CustodyEvent(
        type,
        eventMillis,
        cause,
        inputs,
        outputs,
        readPoint,
        bizLocation,
        destination,
        order,
        Optional.of(new ErrorDeclaration(declaredMillis, leaf)));
  }
}
