package io.tracegram.cloud.declaration;

import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A facility as the central service sees it now; immutable.
 *
 * @param id of the configuration, such as {@code refinery}
 * @param name from the plant model, the id until it is known
 * @param origin of its log
 * @param simulated true if its devices are simulators: shown on every page
 * @param mirroredSize leaves on disk here and covered by a cosigned checkpoint
 * @param auditedSize leaves whose signatures and accounts were checked
 * @param checkpoint the newest mirrored one with its cosignatures, empty before the first
 * @param witnesses of the configuration, in its order
 * @param witnessed how far the policy is met
 * @param lastSeen when the gateway last completed an upload
 * @param energy of all closed and audited intervals
 * @param co2e location-based, of all closed and audited intervals; empty if one lacks a factor
 * @param lots with a final account
 */
public record FacilityOverview(
    String id,
    String name,
    String origin,
    boolean simulated,
    long mirroredSize,
    long auditedSize,
    Verdict verdict,
    Optional<SignedNote> checkpoint,
    List<Witness> witnesses,
    Witnessed witnessed,
    Optional<Instant> lastSeen,
    Energy energy,
    Optional<Co2e> co2e,
    long lots) {

  /**
   * How far a witness vouches for the log.
   *
   * @param size of the newest checkpoint that carries its verified cosignature, empty if none does
   * @param cosignedAtSeconds its time, s since 1970 UTC
   */
  public record Witness(String name, OptionalLong size, OptionalLong cosignedAtSeconds) {}

  /**
   * What the policy accepts as witnessed.
   *
   * @param size leaves under the newest checkpoint that met the policy, empty if none did
   * @param by names of the policy's witnesses on it
   * @param policy what it asks for, for a person; {@code none} if for nothing
   */
  public record Witnessed(OptionalLong size, List<String> by, String policy) {
    public Witnessed {
      by = List.copyOf(by);
    }

    /** Returns the state of a mirrored leaf: {@code mirrored} or {@code witnessed}. */
    public String stateOf(long leaf) {
      return leaf < size.orElse(0) ? "witnessed" : "mirrored";
    }
  }

  /** What the audit says about the log. */
  public sealed interface Verdict {
    /** All mirrored leaves verify, and the recomputed accounts are equal. */
    record Verified() implements Verdict {}

    /** No finding so far, but not everything mirrored is checked, or nothing is mirrored yet. */
    record InProgress() implements Verdict {}

    /**
     * A leaf does not verify; nothing from it on counts.
     *
     * @param leaf its index
     * @param reason what is wrong, for a person
     */
    record Failed(long leaf, String reason) implements Verdict {}
  }

  public FacilityOverview {
    witnesses = List.copyOf(witnesses);
  }
}
