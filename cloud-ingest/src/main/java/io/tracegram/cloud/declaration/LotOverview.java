package io.tracegram.cloud.declaration;

import io.tracegram.ledger.account.LotAccount;

/** A lot with a final account, where that is proven, and what it was made of; immutable. */
public record LotOverview(
    String facility, LotAccount account, Declaration.Evidence evidence, Journey journey) {}
