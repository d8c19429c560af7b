package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.ScaleProfile;

/** How a scale of the plant model is reached. Immutable. */
public record ScaleConnection(String id, ScaleProfile profile, LineAddress line) {}
