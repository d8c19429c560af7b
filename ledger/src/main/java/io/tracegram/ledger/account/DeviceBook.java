package io.tracegram.ledger.account;

import io.tracegram.ledger.evidence.statement.Body;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the agents say of their devices, and what follows from it. Single-threaded. */
final class DeviceBook {
  private final MeterBook meters;
  private final ProblemBook problems;
  private final Map<String, String> badCodes;

  /** The code by which each bad device was told; not copied. */
  record State(Map<String, String> badCodes) {}

  DeviceBook(State state, MeterBook meters, ProblemBook problems) {
    this.badCodes = state.badCodes;
    this.meters = meters;
    this.problems = problems;
  }

  static State empty() {
    return new State(new LinkedHashMap<>());
  }

  State state() {
    return new State(badCodes);
  }

  void status(long leaf, Body.DeviceStatus status) {
    switch (status.state()) {
      case GOOD -> good(status.device());
      case BAD -> {
        meters.bad(status.device(), status.reason());
        badCodes.put(status.device(), status.code());
        raise(
            leaf,
            status,
            meters.knows(status.device())
                ? "no values since then; the register keeps the energy, only its timing is lost"
                : "nothing is taken from it since then");
      }
      // the device itself works
      case REFUSED -> raise(leaf, status, "the input was not taken");
    }
  }

  private void good(String device) {
    meters.good(device);
    String ended = badCodes.remove(device);
    if (ended != null) {
      problems.clear(ended, device);
    }
  }

  private void raise(long leaf, Body.DeviceStatus status, String effect) {
    problems.raise(
        status.code(),
        status.device(),
        status.reason(),
        effect,
        "see the reason; the device is tried again by itself",
        status.sinceMillis(),
        status.count(),
        leaf);
  }
}
