/**
 * Device profiles: what a device model can be asked for, and the exact meaning of its answer.
 *
 * <p>Enters: profile data, bytes of registers, M-Bus telegrams, SenML packs. Leaves: values in base
 * units with the resolution of the register at that value, or a refusal. Invariant: a value is
 * taken at its exact binary or decimal value and rounded once, HALF_EVEN, to its base unit;
 * encoding and decoding are inverse. Pure: no file, no socket, no clock.
 */
@NullMarked
package io.tracegram.runtime.profile;

import org.jspecify.annotations.NullMarked;
