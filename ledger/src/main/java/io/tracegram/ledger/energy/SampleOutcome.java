package io.tracegram.ledger.energy;

/** What became of a reading, a declaration or an estimate at the moment it came. */
public enum SampleOutcome {
  /** It goes on from the one before. */
  ACCEPTED,
  /** The same as one that is known. */
  DUPLICATE,
  /** Another value for a time that is taken: the first one stands. */
  CONFLICT,
  /** Older than the newest reading, and new: it is in its place now. */
  INSERTED,
  /** So old that it can change no level that is still kept: no effect. */
  REDUNDANT,
  /** Falls or jumps: readings after it decide. One that is older than the newest may stay so. */
  HELD,
  /** It follows, and those held before it were spurious. */
  SPURIOUS_BEFORE,
  /** It follows: the register passed its modulus in between. */
  ROLLOVER,
  /** It follows by a declared reset or replacement; of a declaration: it is noted. */
  RESET_DECLARED,
  /** It confirms the one that was held: the register was reset, what was counted is unknown. */
  RESET_UNDECLARED,
  /** Older than all that is kept: no effect. */
  TOO_LATE,
  /** Cannot be of this register (outside its limits): not kept, no effect. */
  IMPOSSIBLE
}
