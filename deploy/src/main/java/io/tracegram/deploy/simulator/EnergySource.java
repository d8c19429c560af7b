package io.tracegram.deploy.simulator;

import java.util.Map;
import java.util.Set;

/** Says how much energy flows through each meter of a plant. Single-threaded. */
interface EnergySource {
  /**
   * Energy in a span of plant time, and the power at its end.
   *
   * @param wattMillis W·ms: 3,600,000 are one Wh
   * @param watts W
   */
  record Flow(long wattMillis, long watts) {
    static final Flow NONE = new Flow(0, 0);
  }

  /**
   * Returns the flow through every meter in {@code [fromMillis, toMillis)}.
   *
   * @param busy workstations at which a lot is worked on during the span
   */
  Map<String, Flow> between(long fromMillis, long toMillis, Set<String> busy);
}
