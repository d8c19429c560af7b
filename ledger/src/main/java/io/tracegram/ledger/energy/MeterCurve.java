package io.tracegram.ledger.energy;

import io.tracegram.ledger.quantity.Energy;
import java.util.List;
import java.util.OptionalLong;

/** One cumulative register as a rising integer curve V(T). Single-threaded. */
public final class MeterCurve {
  /** All of a curve. */
  public record State(
      Limits limits,
      List<Long> samples,
      List<Discontinuity> discontinuities,
      List<Estimate> estimates,
      long frozen,
      boolean forgotten,
      long thinFrom,
      long changedFrom,
      long changedTo) {}

  /** Starts an empty curve. */
  public MeterCurve(Limits limits) {
    throw new UnsupportedOperationException("in work: " + limits);
  }

  /** Goes on where a curve was when its state was taken. */
  public MeterCurve(State state) {
    throw new UnsupportedOperationException("in work: " + state);
  }

  /** Goes on where a curve of edition 1 was. */
  public static MeterCurve from(RegisterCurve.State state, Limits limits) {
    throw new UnsupportedOperationException("in work: " + state + limits);
  }

  public State state() {
    throw new UnsupportedOperationException("in work");
  }

  /** Adds a reading: time in UTC, register in mWh, step of the register in mWh. */
  public SampleOutcome add(long millis, long value, long resolution, Origin origin) {
    throw new UnsupportedOperationException("in work " + millis + value + resolution + origin);
  }

  /** Notes a declared reset or replacement: RESET_DECLARED, or why not. */
  public SampleOutcome declare(Discontinuity discontinuity) {
    throw new UnsupportedOperationException("in work " + discontinuity);
  }

  /** Takes a declaration back; says whether it was there. */
  public boolean withdraw(Discontinuity discontinuity) {
    throw new UnsupportedOperationException("in work " + discontinuity);
  }

  /** Fills a missing stretch: ACCEPTED, or why not. */
  public SampleOutcome estimate(Estimate estimate) {
    throw new UnsupportedOperationException("in work " + estimate);
  }

  /** Returns V(T) in mWh, estimates left out. */
  public long level(long millis) {
    throw new UnsupportedOperationException("in work " + millis);
  }

  /** Returns energy and quality of [from, to), from &lt; to. */
  public Slice slice(long from, long to) {
    throw new UnsupportedOperationException("in work " + from + to);
  }

  /** Returns the begin of the time whose slices changed since {@link #changesSeen}. */
  public long changedFrom() {
    throw new UnsupportedOperationException("in work");
  }

  /** Returns the end of the time whose slices changed; not after its begin if none did. */
  public long changedTo() {
    throw new UnsupportedOperationException("in work");
  }

  /** Begins to note changes anew. */
  public void changesSeen() {
    throw new UnsupportedOperationException("in work");
  }

  /** Returns the time of the newest reading on the curve. */
  public OptionalLong newestMillis() {
    throw new UnsupportedOperationException("in work");
  }

  /** Returns the time of the newest reading if it is held. */
  public OptionalLong heldMillis() {
    throw new UnsupportedOperationException("in work");
  }

  /** Returns the newest register value on the curve, 0 before there is one. */
  public Energy register() {
    throw new UnsupportedOperationException("in work");
  }

  /** Drops what no level at a quarter of an hour or extra cut (ascending) before a time needs. */
  public void thinBefore(long millis, long[] extraCuts) {
    throw new UnsupportedOperationException("in work " + millis + extraCuts.length);
  }

  /** Forgets what lies before a time that will not be asked for again. */
  public void forgetBefore(long millis) {
    throw new UnsupportedOperationException("in work " + millis);
  }

  /** Returns how many readings are kept. */
  public int size() {
    throw new UnsupportedOperationException("in work");
  }
}
