package io.tracegram.ledger.custody;

import java.util.HexFormat;

/**
 * What lots are packed into or bound to: a logistic unit {@code 00/{sscc}} or a returnable asset
 * {@code 8003/{grai}}, in GS1 Digital Link form without the domain, or a tag that is neither,
 * {@code urn:epc:raw:…}. Immutable.
 */
public record ContainerId(String path) implements Comparable<ContainerId> {
  private static final String RAW = "urn:epc:raw:";

  public ContainerId {
    if (!path.matches(
        "00/\\d{18}|8003/0\\d{13}[!-~]{0,16}|" + RAW + "\\d{2,3}\\.x[0-9A-F]{24,124}")) {
      throw new IllegalArgumentException(
          "neither logistic unit, returnable asset nor tag: " + path);
    }
  }

  static ContainerId ofSscc(String sscc) {
    return new ContainerId("00/" + sscc);
  }

  static ContainerId ofGrai(String grai) {
    return new ContainerId("8003/" + grai);
  }

  /** Names a tag by its bits alone (EPC Tag Data Standard, EPC raw URI). */
  static ContainerId ofTag(byte[] epc) {
    return new ContainerId(
        RAW + epc.length * 8 + ".x" + HexFormat.of().withUpperCase().formatHex(epc));
  }

  /** Says whether it is used again and again, so that lots are bound to it for a while. */
  public boolean isReturnable() {
    return !path.startsWith("00/");
  }

  /** Says whether it is a GS1 key, which has a Digital Link. */
  public boolean isGs1() {
    return !path.startsWith(RAW);
  }

  /** Returns what is written on it. */
  public String number() {
    return isGs1() ? path.substring(path.indexOf('/') + 1) : path;
  }

  @Override
  public int compareTo(ContainerId other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
