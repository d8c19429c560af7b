package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.runtime.web.Json;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sums by where something went: lots, idle, overhead, unattributed. Single-threaded. */
final class Cells {
  private final long[] sums = new long[Cell.Kind.values().length];

  void add(Cell.Kind kind, long amount) {
    sums[kind.ordinal()] = Math.addExact(sums[kind.ordinal()], amount);
  }

  void add(IntervalAccount account, ToLongFunction<Share> figure) {
    account.direct().values().forEach(share -> add(Cell.Kind.DIRECT, figure.applyAsLong(share)));
    add(Cell.Kind.IDLE, figure.applyAsLong(account.idle()));
    add(Cell.Kind.OVERHEAD, figure.applyAsLong(account.overhead()));
    add(Cell.Kind.UNATTRIBUTED, figure.applyAsLong(account.unattributed()));
  }

  long total() {
    long total = 0;
    for (long sum : sums) {
      total = Math.addExact(total, sum);
    }
    return total;
  }

  /** Writes the sums; every one null where they are not known. */
  ObjectNode json(boolean known, LongFunction<String> figure) {
    return Json.object()
        .put("lots", figure(known, sums[Cell.Kind.DIRECT.ordinal()], figure))
        .put("idle", figure(known, sums[Cell.Kind.IDLE.ordinal()], figure))
        .put("overhead", figure(known, sums[Cell.Kind.OVERHEAD.ordinal()], figure))
        .put("unattributed", figure(known, sums[Cell.Kind.UNATTRIBUTED.ordinal()], figure))
        .put("total", figure(known, total(), figure));
  }

  private static @Nullable String figure(boolean known, long sum, LongFunction<String> figure) {
    return known ? figure.apply(sum) : null;
  }
}
