package io.tracegram.ledger.custody;

import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;

/**
 * A production order: work at a workstation that makes lots of lots; immutable.
 *
 * @param id workstation and index of the leaf that opened it, {@code calciner@1234}
 * @param endMillis {@link Long#MAX_VALUE} while it runs; the start, if it is a split
 * @param outputs so far, in the order of their scans
 * @param single whether it is of one lot alone, at a workstation where several run at once
 */
public record Order(
    String id,
    String workstation,
    long startMillis,
    long endMillis,
    List<LotQuantity> inputs,
    List<Output> outputs,
    boolean single) {
  /** What an output is; the ordinal is the wire form. */
  public enum Kind {
    PRODUCT,
    /** Not good, but material still. */
    SCRAP,
    /** Of no use: it carries nothing. */
    WASTE
  }

  /**
   * A lot that came out.
   *
   * @param revision how often the lot was reworked, this order included
   */
  public record Output(LotId lot, Mass mass, Kind kind, int revision) {
    /** Of a lot that was not there before. */
    public Output(LotId lot, Mass mass, Kind kind) {
      this(lot, mass, kind, 0);
    }
  }

  public Order {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** An order at a workstation where one runs at a time. */
  public Order(
      String id,
      String workstation,
      long startMillis,
      long endMillis,
      List<LotQuantity> inputs,
      List<Output> outputs) {
    this(id, workstation, startMillis, endMillis, inputs, outputs, false);
  }

  /** An order of one lot, that runs beside others. */
  static Order single(String workstation, long millis, long leaf, LotQuantity lot) {
    return new Order(
        workstation + "@" + leaf,
        workstation,
        millis,
        Long.MAX_VALUE,
        List.of(lot),
        List.of(),
        true);
  }

  static Order opened(String workstation, long millis, long leaf) {
    return new Order(
        workstation + "@" + leaf, workstation, millis, Long.MAX_VALUE, List.of(), List.of());
  }

  /** The same order under another id. */
  Order called(String other) {
    return new Order(other, workstation, startMillis, endMillis, inputs, outputs, single);
  }

  public boolean isRunning() {
    return endMillis == Long.MAX_VALUE;
  }

  /** Says whether it makes nothing, and only parts a lot. */
  public boolean isSplit() {
    return startMillis == endMillis;
  }

  /** Says whether it is of this lot alone. */
  boolean isOnly(LotId lot) {
    return single && inputs.getFirst().lot().equals(lot);
  }

  /** Returns the mass put in. */
  public Mass in() {
    return inputs.stream().map(LotQuantity::mass).reduce(Mass.ZERO, Mass::plus);
  }

  /** Returns the mass of its outputs, whatever they are. */
  public Mass out() {
    return outputs.stream().map(Output::mass).reduce(Mass.ZERO, Mass::plus);
  }

  List<LotQuantity> outputQuantities() {
    return outputs.stream().map(output -> new LotQuantity(output.lot(), output.mass())).toList();
  }

  Order from(long millis) {
    return new Order(id, workstation, millis, endMillis, inputs, outputs, single);
  }

  Order until(long millis) {
    return new Order(id, workstation, startMillis, millis, inputs, outputs, single);
  }

  Order of(List<LotQuantity> replaced) {
    return new Order(id, workstation, startMillis, endMillis, replaced, outputs, single);
  }

  Order with(LotQuantity input) {
    List<LotQuantity> more = new ArrayList<>(inputs);
    more.add(input);
    return of(more);
  }

  Order with(Output output) {
    List<Output> more = new ArrayList<>(outputs);
    more.add(output);
    return new Order(id, workstation, startMillis, endMillis, inputs, more, single);
  }
}
