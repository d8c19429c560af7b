/**
 * Carbon intensities of grids, and the hours of generators, from files and services of others.
 *
 * <p>Enters: bytes in one of three shapes (CSV, GB, Electricity Maps; accounting §9). Leaves: slots
 * of an average intensity in exact nanograms per kWh, or the refusal of the whole with line and
 * reason. Invariant: times are UTC, slots rise and do not overlap, what is absent stays unknown,
 * and a marginal signal never passes for an average. A generator's absent hour gave nothing.
 */
@NullMarked
package io.tracegram.runtime.factor;

import org.jspecify.annotations.NullMarked;
