package io.tracegram.deploy.verify;

/** Told how far a verification or an export has come, from the thread that runs it. */
public interface VerifyProgress {
  /**
   * Takes note of the next part.
   *
   * @param leaves done so far
   * @param size of the log
   */
  void reached(long leaves, long size);
}
