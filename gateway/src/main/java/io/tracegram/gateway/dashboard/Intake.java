package io.tracegram.gateway.dashboard;

import java.util.OptionalLong;

/**
 * What the gateway has taken in. Immutable.
 *
 * @param refused since the gateway started
 * @param lastAdmittedMillis system time of the newest admission, ms since 1970 UTC
 */
public record Intake(long refused, OptionalLong lastAdmittedMillis) {}
