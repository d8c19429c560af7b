package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.ScannerProfile;

/** How a scanner of the plant model is reached. Immutable. */
public record ScannerConnection(String id, ScannerProfile profile, HostPort address) {}
