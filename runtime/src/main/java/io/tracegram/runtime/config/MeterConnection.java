package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.MeterProfile;

/**
 * How a meter of the plant model is reached. Immutable.
 *
 * @param unit Modbus unit id, range [0, 255]
 * @param serial serial number it must report, empty if none is declared
 */
public record MeterConnection(
    String id, MeterProfile profile, HostPort address, int unit, String serial) {}
