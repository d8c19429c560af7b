package io.tracegram.ledger.custody;

/**
 * A lot or a single item in GS1 Digital Link form without the domain: {@code 01/{gtin}/10/{lot}} or
 * {@code 01/{gtin}/21/{serial}}.
 *
 * <p>What is in a silo has a lot number of its own, {@code ~{silo}.{leaf}}, which no label can
 * claim: GS1's characters for lot numbers lack the tilde.
 */
public record LotId(String path) implements Comparable<LotId> {
  private static final String CONTENT = "/10/~";

  public LotId {
    if (!path.matches("01/\\d{14}/(10|21)/[!-~]{1,20}")) {
      throw new IllegalArgumentException("not a lot or item: " + path);
    }
  }

  public static LotId ofLot(String gtin, String lot) {
    return new LotId("01/" + gtin + "/10/" + lot);
  }

  public static LotId ofSerial(String gtin, String serial) {
    return new LotId("01/" + gtin + "/21/" + serial);
  }

  /**
   * Returns the content of a silo.
   *
   * @param leaf index of the leaf of the scan by which it was poured
   */
  public static LotId ofContent(String gtin, String silo, long leaf) {
    return ofLot(gtin, "~" + silo + "." + leaf);
  }

  /** Says whether it is what was in a silo between two pours. */
  public boolean isContent() {
    return path.startsWith(CONTENT, 17);
  }

  /** Returns the id of the silo whose content it is. */
  public String silo() {
    if (!isContent()) {
      throw new IllegalArgumentException("not in a silo: " + path);
    }
    int dot = path.lastIndexOf('.');
    return path.substring(17 + CONTENT.length(), dot < 0 ? path.length() : dot);
  }

  public String gtin() {
    return path.substring(3, 17);
  }

  public boolean isSerialised() {
    return path.startsWith("/21/", 17);
  }

  /** Returns the lot or serial number. */
  public String number() {
    return path.substring(21);
  }

  /** Returns the canonical GS1 Digital Link URI. */
  public String digitalLink() {
    return "https://id.gs1.org/" + path;
  }

  @Override
  public int compareTo(LotId other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
