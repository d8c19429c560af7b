/**
 * Benchmarks: what a part of the system costs on this machine.
 *
 * <p>Enters: signed statements made up front. Leaves: rates, latencies and CPU time of the real
 * program in a process of its own. Invariant: nothing is measured but what a plant would do, on
 * real sockets and a real disk.
 */
@NullMarked
package io.tracegram.deploy.bench;

import org.jspecify.annotations.NullMarked;
