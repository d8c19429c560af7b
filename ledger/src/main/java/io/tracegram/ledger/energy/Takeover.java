package io.tracegram.ledger.energy;

import java.util.List;

/** Turns what calculator edition 1 kept of a register into a curve of the newer rules. */
final class Takeover {
  private Takeover() {}

  static MeterCurve of(RegisterCurve.State former, Limits limits) {
    Samples samples = new Samples();
    for (RegisterCurve.Point point : former.points()) {
      if (Limits.isTime(point.millis())) {
        int index = samples.size();
        samples.append(
            point.millis(), point.level() - former.offset(), Math.max(0, point.resolution()), 0);
        boolean gap = index > 0 && point.millis() - samples.time(index - 1) > limits.maxGapMillis();
        int marks = (index > 0 ? Samples.THINNED : 0) | (gap ? Samples.INTERPOLATED : 0);
        samples.place(index, point.level(), Samples.JOINED | marks);
      }
    }
    int newest = samples.size() - 1;
    MeterCurve curve =
        new MeterCurve(
            new MeterCurve.State(
                limits,
                samples.rows(),
                List.of(),
                List.of(),
                newest,
                0,
                newest >= 0,
                Long.MAX_VALUE,
                Long.MIN_VALUE));
    former
        .held()
        .ifPresent(
            held ->
                curve.add(
                    held.millis(),
                    held.level() - former.offset(),
                    Math.max(0, held.resolution()),
                    Origin.METERED));
    curve.changesSeen();
    return curve;
  }
}
