/**
 * Read and show: the pins of the agent's machine, through Pi4J.
 *
 * <p>Enters: edges of pulse outputs (S0, IEC 62053-31), and what became of scans. Leaves: registers
 * of meters, and lamps and buzzers that are on for a moment. Invariant: a register is given only
 * once its count is on disk, so that it never falls; what cannot be known, pulses while nobody
 * counted, is said.
 */
@NullMarked
package io.tracegram.edge.device.gpio;

import org.jspecify.annotations.NullMarked;
