package io.tracegram.cloud.footprint;

import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Content;

/**
 * A lot's account, its leaf and the proof that it stands in its maker's log; immutable.
 *
 * @param facility id of the maker
 * @param origin of the maker's log
 * @param leaf the account's leaf, as logged
 */
public record Passport(
    String facility, String origin, Content leaf, TlogProof proof, LotAccount account) {}
