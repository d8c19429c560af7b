/**
 * The deterministic CBOR subset of the evidence: RFC 8949 §4.2.1 with integers, byte strings, text,
 * arrays, integer-keyed maps and one tag.
 *
 * <p>Enters: untrusted bytes. Leaves: values, or {@link
 * io.tracegram.ledger.evidence.cbor.MalformedException} with the offset. Invariant: each value has
 * exactly one encoding, and only that encoding is accepted.
 *
 * <p>Of RFC 8949's items (each row of its appendix A is tested):
 *
 * <table>
 * <caption>What is accepted, and why the rest is refused</caption>
 * <tr><th>Item</th><th>Accepted</th><th>Reason of the refusal</th></tr>
 * <tr><td>integer, majors 0 and 1</td><td>−2⁶³ … 2⁶³ − 1 in the shortest form</td>
 *     <td>{@code number beyond 63 bits}, {@code not the shortest form}</td></tr>
 * <tr><td>byte string, major 2</td><td>definite length within the caller's limit and the input</td>
 *     <td>{@code … is too long}, {@code indefinite or reserved length}</td></tr>
 * <tr><td>text, major 3</td><td>the same, valid UTF-8</td><td>{@code bad UTF-8}</td></tr>
 * <tr><td>array, major 4</td><td>the same; at most as many items as bytes are left</td>
 *     <td>{@code … is too long}, {@code expected an array of n}</td></tr>
 * <tr><td>map, major 5</td><td>the keys the caller asks for, integers in the order of their
 *     encoding</td><td>{@code expected a map of n}, {@code expected key n}</td></tr>
 * <tr><td>tag, major 6</td><td>the one the caller asks for: 18, COSE_Sign1</td>
 *     <td>{@code expected tag 18}</td></tr>
 * <tr><td>floats, simple values, break, major 7</td><td>none</td>
 *     <td>{@code expected …}: what the caller asked for instead</td></tr>
 * <tr><td>bytes behind the item</td><td>none</td><td>{@code trailing bytes}</td></tr>
 * </table>
 *
 * <p>Depth is that of the caller's grammar: nothing here recurses over the input.
 */
@NullMarked
package io.tracegram.ledger.evidence.cbor;

import org.jspecify.annotations.NullMarked;
