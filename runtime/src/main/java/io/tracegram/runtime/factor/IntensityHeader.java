package io.tracegram.runtime.factor;

import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.emission.IntensitySeries.Slot;
import io.tracegram.runtime.factor.IntensityReading.Read;
import io.tracegram.runtime.factor.IntensityReading.Refused;
import java.util.List;

/**
 * What an operator declares of a series, since its slots do not say it.
 *
 * @param id by which a plant names it, {@code [a-z0-9-]{1,40}}
 * @param zone of the grid, as its publisher calls it
 * @param boundary what is included, such as {@code generation}, {@code life-cycle}
 * @param quality what is stated of all its values
 */
public record IntensityHeader(
    String id,
    String zone,
    String boundary,
    String gwpSet,
    String source,
    String licence,
    FactorQuality quality) {
  /** Of a series of whose quality nothing is stated. */
  public IntensityHeader(
      String id, String zone, String boundary, String gwpSet, String source, String licence) {
    this(id, zone, boundary, gwpSet, source, licence, FactorQuality.NONE);
  }

  /** Refuses slots that their publisher declares to be of another zone or boundary. */
  public IntensityReading judge(IntensityReading reading) {
    return switch (reading) {
      case Refused refused -> refused;
      case Read read when read.zone().filter(other -> !other.equals(zone)).isPresent() ->
          Faults.refused(
              1, "it is of zone '" + read.zone().get() + "', '" + zone + "' is configured");
      case Read read when read.boundary().filter(other -> !other.equals(boundary)).isPresent() ->
          Faults.refused(
              1,
              "its boundary is '"
                  + read.boundary().get()
                  + "', '"
                  + boundary
                  + "' is configured: correct one of the two");
      case Read read -> read;
    };
  }

  /** Returns the series of some slots. */
  public IntensitySeries series(long stepMillis, List<Slot> slots) {
    return new IntensitySeries(
        id, zone, boundary, gwpSet, source, licence, stepMillis, slots, quality);
  }
}
