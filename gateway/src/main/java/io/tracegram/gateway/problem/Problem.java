package io.tracegram.gateway.problem;

/**
 * Something a person should know; immutable.
 *
 * @param code stable, such as {@code statement.fork}
 * @param subject agent, device or part of the gateway
 * @param reason what happened last
 * @param effect on the figures or the service
 * @param action what to do
 * @param firstMillis system time of the first occurrence, ms since 1970 UTC
 * @param lastMillis system time of the newest occurrence
 * @param count occurrences
 * @param cleared true once it is over
 */
public record Problem(
    String code,
    String subject,
    Severity severity,
    String reason,
    String effect,
    String action,
    long firstMillis,
    long lastMillis,
    long count,
    boolean cleared) {}
