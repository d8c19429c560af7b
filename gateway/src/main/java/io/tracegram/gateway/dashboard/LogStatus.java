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
 * @param witnessedSize leaves under the newest checkpoint that met the policy, empty if the policy
 *     asks for no witness
 * @param timestampedSize leaves under the newest checkpoint with a timestamp of an authority, empty
 *     if none is configured
 * @param policy what makes a checkpoint witnessed, for a person
 */
public record LogStatus(
    long size,
    String checkpoint,
    long checkpointSize,
    String root,
    OptionalLong mirroredSize,
    OptionalLong witnessedSize,
    OptionalLong timestampedSize,
    String policy) {
  public static final LogStatus EMPTY =
      new LogStatus(
          0, "", 0, "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "none");

  /** How far a leaf's evidence reaches; each step includes those before. */
  public enum Evidence {
    SIGNED,
    LOGGED,
    MIRRORED,
    WITNESSED,
    TIMESTAMPED;

    /** Explains the step for a person. */
    String meaning(LogStatus log) {
      return switch (this) {
        case SIGNED -> "signed at the source and on this gateway's disk";
        case LOGGED -> "under a checkpoint that the log signed";
        case MIRRORED -> "copied and checked by the central service";
        case WITNESSED -> "cosigned as the policy asks: " + log.policy();
        case TIMESTAMPED -> "under a checkpoint with a time stamped by an authority";
      };
    }
  }

  /**
   * Returns the evidence state of a leaf, empty if the log does not hold it. A step that is not
   * configured is left out; one that is configured and not reached ends the way, whatever lies
   * beyond it.
   */
  public Optional<Evidence> of(long leaf) {
    if (leaf < 0 || leaf >= size) {
      return Optional.empty();
    }
    Evidence reached = Evidence.SIGNED;
    for (Evidence step : Evidence.values()) {
      OptionalLong through = size(step);
      if (through.isPresent()) {
        if (leaf >= through.getAsLong()) {
          break;
        }
        reached = step;
      }
    }
    return Optional.of(reached);
  }

  /** Returns the leaves that have reached a step; empty if it is not configured. */
  public OptionalLong size(Evidence step) {
    return switch (step) {
      case SIGNED -> OptionalLong.of(size);
      case LOGGED -> OptionalLong.of(checkpointSize);
      case MIRRORED -> mirroredSize;
      case WITNESSED -> witnessedSize;
      case TIMESTAMPED -> timestampedSize;
    };
  }
}
