/**
 * Examines what a program's configuration rests on before it starts: machine, disk, network and
 * devices.
 *
 * <p>Enters: an agent, gateway or plant file. Leaves: one finding for each thing examined, with
 * what to do where it is not well. Invariant: nothing is changed, but for a file of a few bytes
 * that is written and removed again to try the disk; one thing that hangs delays no finding about
 * another.
 */
@NullMarked
package io.tracegram.deploy.doctor;

import org.jspecify.annotations.NullMarked;
