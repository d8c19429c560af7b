package io.tracegram.cloud.console;

import io.tracegram.runtime.web.ProblemDetails;

/** The page of a request that was not served. Immutable. */
public record ProblemView(Frame frame, ProblemDetails problem) {}
