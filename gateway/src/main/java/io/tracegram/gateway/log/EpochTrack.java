package io.tracegram.gateway.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.statement.Content;
import java.util.Arrays;

/**
 * Which leaf holds which sequence of one epoch, in pages so that a jump costs little.
 * Single-threaded.
 */
final class EpochTrack {
  private static final int PAGE = 512;
  private static final long[] EMPTY = new long[0];

  private final long epoch;
  private long[][] pages = new long[4][];
  private long highest;
  private long contiguous;
  private long mirrored;
  private Hash head = Hash.ZERO;

  /**
   * All of a track.
   *
   * @param slots of the sequences 1 to {@code highest}, as CBOR integers that are the differences
   *     to the slot before
   */
  record State(long epoch, long highest, long contiguous, Hash head, Content slots) {}

  EpochTrack(long epoch) {
    this.epoch = epoch;
    Arrays.fill(pages, EMPTY);
  }

  EpochTrack(State state) {
    this(state.epoch);
    CborReader slots = new CborReader(state.slots.bytes());
    long slot = 0;
    for (long sequence = 1; sequence <= state.highest; sequence++) {
      slot += slots.integer();
      if (slot != 0) {
        set(sequence, slot);
      }
    }
    slots.end();
    highest = state.highest;
    contiguous = state.contiguous;
    head = state.head;
  }

  State state() {
    CborWriter slots = new CborWriter();
    long before = 0;
    for (long sequence = 1; sequence <= highest; sequence++) {
      long slot = slot(sequence);
      slots.integer(slot - before);
      before = slot;
    }
    return new State(epoch, highest, contiguous, head, Content.of(slots.toByteArray()));
  }

  long epoch() {
    return epoch;
  }

  /** Returns the highest sequence that has a leaf, 0 if none. */
  long highest() {
    return highest;
  }

  /** Returns the last sequence before the first hole. */
  long contiguous() {
    return contiguous;
  }

  /** Returns the chain hash of the highest sequence. */
  Hash head() {
    return head;
  }

  /** Returns leaf + 1 of a sequence, -(leaf + 1) of the gap that covers it, or 0. */
  long slot(long sequence) {
    if (sequence < 1 || sequence / PAGE >= pages.length) {
      return 0;
    }
    long[] page = pages[(int) (sequence / PAGE)];
    return page.length == 0 ? 0 : page[(int) (sequence % PAGE)];
  }

  void put(long sequence, long leaf, Hash chainHash) {
    set(sequence, leaf + 1);
    if (sequence > highest) {
      highest = sequence;
      head = chainHash;
    }
    advance();
  }

  /** Marks the sequences of {@code [first, last]} that have no leaf as lost for good. */
  void cover(long first, long last, long gapLeaf) {
    for (long sequence = first; sequence <= last; sequence++) {
      if (slot(sequence) == 0) {
        set(sequence, -(gapLeaf + 1));
      }
    }
    advance();
  }

  /** Returns the last sequence up to which all leaves lie within the first {@code size}. */
  long throughWithin(long size) {
    while (mirrored < contiguous && Math.abs(slot(mirrored + 1)) <= size) {
      mirrored++;
    }
    return mirrored;
  }

  private void advance() {
    while (slot(contiguous + 1) != 0) {
      contiguous++;
    }
  }

  private void set(long sequence, long value) {
    int page = (int) (sequence / PAGE);
    if (page >= pages.length) {
      int before = pages.length;
      pages = Arrays.copyOf(pages, Math.max(page + 1, before * 2));
      Arrays.fill(pages, before, pages.length, EMPTY);
    }
    if (pages[page].length == 0) {
      pages[page] = new long[PAGE];
    }
    pages[page][(int) (sequence % PAGE)] = value;
  }
}
