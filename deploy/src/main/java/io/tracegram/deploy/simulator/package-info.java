/**
 * Simulated plants: devices that speak their real protocols on real sockets of this machine.
 *
 * <p>Enters: {@code simulate.yaml}, and a load profile to replay. Leaves: Modbus registers,
 * weights, scans, ticks of plant time. Invariant: energy is counted in integers, and no meter
 * counts more than the meter above it; plant time stands still until the agents have read it.
 */
@NullMarked
package io.tracegram.deploy.simulator;

import org.jspecify.annotations.NullMarked;
