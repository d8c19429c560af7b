package io.tracegram.deploy.probe;

/**
 * One register of a device as it was read. Immutable.
 *
 * @param name such as {@code energy-import}
 * @param function Modbus function code, empty if the device has no registers by address
 * @param address as sent and as a Modicon number, empty likewise
 * @param raw bytes as sent, empty if none came or the driver does not tell
 * @param value with its unit; empty if there is none
 * @param resolution with its unit; empty if there is none
 * @param verdict for a person
 * @param sound whether the value can be taken
 */
record RegisterRow(
    String name,
    String function,
    String address,
    String raw,
    String value,
    String resolution,
    String verdict,
    boolean sound) {}
