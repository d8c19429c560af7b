/**
 * Problems: what a person should know about the gateway's work, and how often what was refused.
 *
 * <p>Enters: refusals and faults of all stages. Leaves: a bounded list for pages and API, and
 * counters. Invariant: each refusal is counted; a flood of one problem is one entry with its count.
 */
@NullMarked
package io.tracegram.gateway.problem;

import org.jspecify.annotations.NullMarked;
