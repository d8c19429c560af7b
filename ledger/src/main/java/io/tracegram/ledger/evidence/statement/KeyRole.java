package io.tracegram.ledger.evidence.statement;

/** What a registered key may do; the ordinal is the wire form. */
public enum KeyRole {
  /** Signs an agent's statements; the holder is the agent's id. */
  AGENT,
  /** Signs the gateway's own statements; the holder is the gateway's id. */
  GATEWAY,
  /** Signs checkpoints of a supplier's log; the holder is that log's origin. */
  SUPPLIER_LOG,
  /** Signs a supplier gateway's statements; the holder is that facility's id. */
  SUPPLIER_GATEWAY,
  /** Signs the central service's statements in its own log; the holder is the service. */
  CLOUD
}
