package io.tracegram.gateway.problem;

/**
 * Why something was not taken in; immutable.
 *
 * @param detail for a person: what, with which values
 */
public record Refusal(Reason reason, String detail) {
  private static final String LEFT_OUT = "the statement is in no account";

  /** The closed set of refusals, each with its MQTT 5 reason code. */
  public enum Reason {
    TOO_LARGE("statement.too-large", 0x99, Severity.WARNING, LEFT_OUT, "split the agent's batches"),
    MALFORMED(
        "statement.malformed",
        0x99,
        Severity.WARNING,
        LEFT_OUT,
        "update the agent, or find what garbles its messages"),
    WRONG_TOPIC(
        "statement.wrong-topic",
        0x87,
        Severity.WARNING,
        LEFT_OUT,
        "an agent publishes to its own statements topic only: check facility and agent in agent.yaml"),
    FOREIGN(
        "statement.foreign",
        0x87,
        Severity.ALARM,
        LEFT_OUT,
        "a connection carries its own agent's statements only: check agent.yaml, else look for an"
            + " intruder"),
    NOT_AN_AGENTS(
        "statement.kind-not-allowed",
        0x87,
        Severity.ALARM,
        LEFT_OUT,
        "only the gateway may say this: look for an intruder on the agent"),
    UNKNOWN_KEY(
        "statement.unknown-key",
        0x87,
        Severity.ALARM,
        LEFT_OUT,
        "register the agent's public key in gateway.yaml, else look for an intruder"),
    BAD_SIGNATURE(
        "statement.bad-signature",
        0x87,
        Severity.ALARM,
        LEFT_OUT,
        "the statement was changed after it was signed: find what is between agent and gateway"),
    FORK(
        "statement.fork",
        0x83,
        Severity.ALARM,
        "the statement logged first stands, the other is in no account",
        "two agents sign with one key, or an agent's disk was restored: stop the agent, find the"
            + " copy, give it a new epoch"),
    CHAIN_BROKEN(
        "statement.chain-broken",
        0x83,
        Severity.ALARM,
        LEFT_OUT,
        "a statement was left out or replaced: stop the agent and compare its outbox with the log"),
    IMPLAUSIBLE_SEQUENCE(
        "statement.sequence-implausible",
        0x83,
        Severity.WARNING,
        LEFT_OUT,
        "the agent's outbox counts wrongly: reset it, which starts a new epoch"),
    TOO_MANY_EPOCHS(
        "statement.too-many-epochs",
        0x83,
        Severity.WARNING,
        LEFT_OUT,
        "the agent loses its outbox again and again: check its disk"),
    DECLARED_LOST(
        "statement.declared-lost",
        0x83,
        Severity.WARNING,
        LEFT_OUT,
        "the agent declared this sequence as lost before: check its outbox"),
    BAD_GAP("statement.bad-gap", 0x99, Severity.WARNING, LEFT_OUT, "update the agent"),
    BUSY(
        "gateway.busy",
        0x97,
        Severity.NOTICE,
        "none: the agent sends it again",
        "none; if it lasts, the agent sends more than this gateway can take"),
    UNKNOWN_AGENT(
        "mqtt.unknown-agent",
        0x87,
        Severity.WARNING,
        "the connection is refused",
        "add the agent to gateway.yaml with its public key"),
    PROTOCOL(
        "mqtt.protocol-error",
        0x81,
        Severity.WARNING,
        "the connection is closed",
        "something that is no agent talks to the MQTT port: find it");

    private final String code;
    private final int mqtt;
    private final Severity severity;
    private final String effect;
    private final String action;

    Reason(String code, int mqtt, Severity severity, String effect, String action) {
      this.code = code;
      this.mqtt = mqtt;
      this.severity = severity;
      this.effect = effect;
      this.action = action;
    }

    public String code() {
      return code;
    }

    /** Returns the MQTT 5 reason code (OASIS mqtt-v5.0 §2.4). */
    public int mqtt() {
      return mqtt;
    }
  }

  /** Returns what the agent is told, at most 512 characters. */
  public String text() {
    String text = reason.code + ": " + detail;
    return text.length() <= 512 ? text : text.substring(0, 511) + "…";
  }

  /** Counts the refusal and shows it. */
  public void report(String subject, Counters counters, Problems problems) {
    counters.countRefused(reason.code);
    problems.raise(reason.code, subject, reason.severity, detail, reason.effect, reason.action);
  }
}
