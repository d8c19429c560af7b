/**
 * Pages, JSON and live events of one plant (design.md §5, gateway HTTP).
 *
 * <p>Enters: consistent snapshots of the accounts, of the log and of the intake; what people enter.
 * Leaves: HTML fragments and pages, JSON, server-sent events; manual entries and approvals for the
 * log. Invariant: every figure names its unit, period and way to its evidence; what is missing is
 * shown as missing, never as zero; text from devices is shown as text.
 */
@NullMarked
package io.tracegram.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
