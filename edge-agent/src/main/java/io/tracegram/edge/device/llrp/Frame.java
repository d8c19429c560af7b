package io.tracegram.edge.device.llrp;

import io.tracegram.ledger.evidence.statement.Content;

/**
 * One message, its body not yet read. Immutable.
 *
 * @param type 10 bits
 * @param id 32 bits, unsigned
 */
record Frame(int type, long id, Content body) {}
