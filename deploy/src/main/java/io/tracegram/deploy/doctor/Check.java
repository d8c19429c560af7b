package io.tracegram.deploy.doctor;

import java.util.concurrent.Callable;

/**
 * One thing to examine, by a thread of its own; may block until it is interrupted.
 *
 * @param name for a person, the same in its finding
 */
record Check(String name, Callable<Finding> examination) {}
