package io.tracegram.ledger.energy;

/** The one stretch of time that holds all that changed since it was last seen. Single-threaded. */
final class Changes {
  private long from;
  private long to;

  Changes(long from, long to) {
    this.from = from;
    this.to = to;
  }

  static Changes none() {
    return new Changes(Long.MAX_VALUE, Long.MIN_VALUE);
  }

  void mark(long start, long end) {
    if (start < end) {
      from = Math.min(from, start);
      to = Math.max(to, end);
    }
  }

  void seen() {
    from = Long.MAX_VALUE;
    to = Long.MIN_VALUE;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }
}
