package io.tracegram.gateway.dashboard;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a log has come on the way from signed to witnessed. Immutable.
 *
 * @param size leaves on disk
 * @param checkpoint newest signed checkpoint as its note text, empty before the first
 * @param checkpointSize leaves under that checkpoint
 * @param root of that checkpoint, lower-case hexadecimal; empty before the first
 * @param mirroredSize leaves that the mirror has acknowledged, empty if no mirror is configured
 * @param witnessedSize leaves under the newest checkpoint that the policy accepts as witnessed,
 *     empty if no witness is configured
 */
public record LogStatus(
    long size,
    String checkpoint,
    long checkpointSize,
    String root,
    OptionalLong mirroredSize,
    OptionalLong witnessedSize) {
  public static final LogStatus EMPTY =
      new LogStatus(0, "", 0, "", OptionalLong.empty(), OptionalLong.empty());

  /** How far a leaf's evidence reaches; each step includes those before. */
  public enum Evidence {
    SIGNED,
    LOGGED,
    MIRRORED,
    WITNESSED
  }

  /** Returns the evidence state of a leaf, empty if the log does not hold it. */
  public Optional<Evidence> of(long leaf) {
    if (leaf < 0 || leaf >= size) {
      return Optional.empty();
    }
    if (leaf < witnessedSize.orElse(0)) {
      return Optional.of(Evidence.WITNESSED);
    }
    if (leaf < mirroredSize.orElse(0)) {
      return Optional.of(Evidence.MIRRORED);
    }
    return Optional.of(leaf < checkpointSize ? Evidence.LOGGED : Evidence.SIGNED);
  }
}
