package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.PortalProfile;
import java.time.Duration;

/**
 * How a portal of the plant model is reached. Immutable.
 *
 * @param visit a tag that was not read for so long begins another visit when it is, range [1 s, 1
 *     d]
 */
public record PortalConnection(
    String id, PortalProfile profile, HostPort address, Duration visit) {}
