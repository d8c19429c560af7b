/**
 * History: files of past registers or interval energy become register readings.
 *
 * <p>Enters: a CSV file and how it is written. Leaves: batches of readings in the order of time, or
 * the rows that are wrong. Invariant: a file is judged whole before its first reading leaves; no
 * value is rounded; memory does not grow with the file.
 */
@NullMarked
package io.tracegram.runtime.history;

import org.jspecify.annotations.NullMarked;
