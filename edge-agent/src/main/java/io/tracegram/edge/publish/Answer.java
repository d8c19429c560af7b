package io.tracegram.edge.publish;

/** What the gateway said to one publish. */
sealed interface Answer {
  /** Reason codes from here on are errors (MQTT 5 §2.4). */
  int FIRST_ERROR = 0x80;

  int NO_MATCHING_SUBSCRIBERS = 0x10;
  int QUOTA_EXCEEDED = 0x97;

  /** It is on the gateway's disk. */
  record Stored() implements Answer {}

  /** Not now: the same statement is welcome later. */
  record Later(String reason) implements Answer {}

  /** Never: sending it again would not help. */
  record Refused(String reason) implements Answer {}

  static Answer of(int code, String reasonString) {
    if (code == QUOTA_EXCEEDED) {
      return new Later("the gateway is at its limit (0x97) " + reasonString);
    }
    if (code == NO_MATCHING_SUBSCRIBERS) {
      return new Later("no gateway listens at the broker (0x10)");
    }
    if (code >= FIRST_ERROR) {
      return new Refused("0x%02x %s".formatted(code, reasonString).strip());
    }
    return new Stored();
  }
}
