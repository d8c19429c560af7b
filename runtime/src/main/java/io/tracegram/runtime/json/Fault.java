package io.tracegram.runtime.json;

/**
 * Why a document or an event of it is refused.
 *
 * @param pointer RFC 6901 pointer to the value at fault, empty for the document as a whole
 * @param reason what is wrong and what would be right
 */
public record Fault(String pointer, String reason) {}
