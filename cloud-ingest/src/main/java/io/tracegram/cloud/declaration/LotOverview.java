package io.tracegram.cloud.declaration;

import io.tracegram.ledger.account.LotAccount;

/** A lot with a final account, and where that is proven; immutable. */
public record LotOverview(String facility, LotAccount account, Declaration.Evidence evidence) {}
