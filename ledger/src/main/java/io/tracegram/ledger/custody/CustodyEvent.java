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
 * @param detail what an event of the first editions does not have
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
    Optional<ErrorDeclaration> error,
    Detail detail) {
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
    SCRAPPED,
    /** AggregationEvent, ADD, packing: the outputs are the children of the unit. */
    PACKED,
    /** AggregationEvent, DELETE, unpacking. */
    UNPACKED,
    /** AssociationEvent, ADD: the outputs are bound to a returnable unit or a tag. */
    ASSOCIATED,
    /** AssociationEvent, DELETE: they were loosened, or used up. */
    DISSOCIATED,
    /** TransactionEvent, ADD: what was shipped or received for a business transaction. */
    TRANSACTED
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

  /**
   * More about an event.
   *
   * @param part distinguishes the events of one cause, from 0
   * @param units the parent of children; what was shipped with what is in it; what a transaction is
   *     about, without what is in it
   * @param weighings on which the masses of outputs rest
   */
  public record Detail(
      int part,
      List<ContainerId> units,
      Optional<BusinessTransaction> transaction,
      List<Weighing> weighings) {
    public static final Detail NONE = new Detail(0, List.of(), Optional.empty(), List.of());

    public Detail {
      units = List.copyOf(units);
      weighings = List.copyOf(weighings);
    }

    static Detail of(ContainerId unit) {
      return new Detail(0, List.of(unit), Optional.empty(), List.of());
    }

    Detail numbered(int number) {
      return new Detail(number, units, transaction, weighings);
    }

    Detail of(Optional<BusinessTransaction> carried) {
      return new Detail(part, units, carried, weighings);
    }

    Detail weighed(List<Weighing> all) {
      return new Detail(part, units, transaction, all);
    }
  }

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

  /** An event without more about it. */
  public CustodyEvent(
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
    this(
        type,
        eventMillis,
        cause,
        inputs,
        outputs,
        readPoint,
        bizLocation,
        destination,
        order,
        error,
        Detail.NONE);
  }

  /** Returns the same event with more about it. */
  public CustodyEvent with(Detail more) {
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
        error,
        more);
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
        error,
        detail);
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
        Optional.of(new ErrorDeclaration(declaredMillis, leaf)),
        detail);
  }
}
