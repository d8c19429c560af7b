package io.tracegram.deploy.bench;

import java.util.Locale;

/**
 * What verifying a log cost; medians of the rounds. Immutable.
 *
 * @param checkedSeconds wall time of a whole verification
 * @param checkedNanos CPU time per leaf, all threads
 * @param believedSeconds the same without the statements' signatures
 * @param hashNanos CPU time of the bare RFC 6962 hash of one of these leaves
 * @param parseNanos CPU time of bare parsing
 * @param signatureNanos CPU time of one bare ES256 verification
 */
public record VerifyResult(
    long leaves,
    int readingsPerStatement,
    int cores,
    double checkedSeconds,
    double checkedNanos,
    double believedSeconds,
    double believedNanos,
    double hashNanos,
    double parseNanos,
    double signatureNanos) {
  public double leavesPerSecond() {
    return leaves / checkedSeconds;
  }

  public double leavesPerSecondWithoutSignatures() {
    return leaves / believedSeconds;
  }

  /** Returns the CPU time of one leaf's whole verification over that of its bare signature. */
  public double ratio() {
    return checkedNanos / signatureNanos;
  }

  /** Returns the CPU time of all but the signatures over bare hashing and parsing. */
  public double ratioWithoutSignatures() {
    return believedNanos / (hashNanos + parseNanos);
  }

  /** Returns the result in words, several lines. */
  public String text() {
    return """
        verification of %d leaves, %d readings in each statement, %d core%s
          with signatures     %,8.0f leaves/s   %.1f µs CPU per leaf
          without signatures  %,8.0f leaves/s   %.1f µs CPU per leaf
          bare SHA-256        %,8.0f leaves/s per core   %.2f µs
          bare parse          %,8.0f leaves/s per core   %.2f µs
          bare ES256          %,8.0f leaves/s per core   %.1f µs
          ratio %.2f (CPU per leaf to one bare ES256), %.2f without signatures (to hash and parse)
        """
        .formatted(
            leaves,
            readingsPerStatement,
            cores,
            cores == 1 ? "" : "s",
            leavesPerSecond(),
            checkedNanos / 1e3,
            leavesPerSecondWithoutSignatures(),
            believedNanos / 1e3,
            1e9 / hashNanos,
            hashNanos / 1e3,
            1e9 / parseNanos,
            parseNanos / 1e3,
            1e9 / signatureNanos,
            signatureNanos / 1e3,
            ratio(),
            ratioWithoutSignatures());
  }

  /** Returns the result as one JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"leaves\":%d,\"readingsPerStatement\":%d,\"cores\":%d,\"leavesPerSecond\":%.0f,"
            + "\"leavesPerSecondWithoutSignatures\":%.0f,\"cpuMicrosPerLeaf\":%.2f,"
            + "\"cpuMicrosPerLeafWithoutSignatures\":%.2f,\"hashMicros\":%.2f,"
            + "\"parseMicros\":%.2f,\"signatureMicros\":%.2f,\"ratio\":%.3f,"
            + "\"ratioWithoutSignatures\":%.3f}",
        leaves,
        readingsPerStatement,
        cores,
        leavesPerSecond(),
        leavesPerSecondWithoutSignatures(),
        checkedNanos / 1e3,
        believedNanos / 1e3,
        hashNanos / 1e3,
        parseNanos / 1e3,
        signatureNanos / 1e3,
        ratio(),
        ratioWithoutSignatures());
  }
}
