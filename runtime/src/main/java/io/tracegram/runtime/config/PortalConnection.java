package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.DeviceProfile;
import java.util.Optional;

/** How a portal of the plant model is reached. Immutable. */
public record PortalConnection(String id, Optional<DeviceProfile> profile, HostPort address) {}
