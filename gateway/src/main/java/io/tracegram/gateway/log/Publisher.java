package io.tracegram.gateway.log;

import io.tracegram.gateway.problem.Refusal;

/** Who published a statement and waits for its outcome. Thread-safe; its methods never wait. */
public interface Publisher {
  /** The statement is on disk. */
  void admitted(int packet);

  /** The statement is not taken. */
  void refused(int packet, Refusal refusal);
}
