package io.tracegram.runtime.config;

/**
 * How a meter of the plant model is reached. Immutable.
 *
 * @param serial serial number it must report, empty if none is declared
 */
public record MeterConnection(String id, MeterAccess access, String serial) {}
