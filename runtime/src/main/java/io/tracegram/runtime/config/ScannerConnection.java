package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.ScannerProfile;

/**
 * How a scanner of the plant model is reached. Immutable.
 *
 * @param pins what shows what became of its scans, beside the scanner itself
 */
public record ScannerConnection(
    String id, ScannerProfile profile, HostPort address, FeedbackPins pins) {}
