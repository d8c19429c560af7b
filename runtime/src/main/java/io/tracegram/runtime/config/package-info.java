/**
 * Configuration from YAML, with every problem of every file at its line.
 *
 * <p>Enters: YAML files that people wrote. Leaves: immutable records whose references all resolve,
 * or diagnostics with file, line, stable code and what to do. Invariant: a record exists only if
 * its files have no error; unknown keys are errors; nothing is defaulted that changes a figure.
 */
@NullMarked
package io.tracegram.runtime.config;

import org.jspecify.annotations.NullMarked;
