/**
 * The command line: each command reads its arguments, wires one program and runs it.
 *
 * <p>Results go to stdout, talk to stderr; exit 0 fine, 1 findings, 2 wrong usage or configuration.
 */
@NullMarked
package io.tracegram.deploy.cli;

import org.jspecify.annotations.NullMarked;
