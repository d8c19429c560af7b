package io.tracegram.runtime.epcis;

/** How much of one log an answer stands on. */
public record LogSize(String origin, long size) {}
