package io.tracegram.ledger.custody;

/**
 * A lot or a single item in GS1 Digital Link form without the domain: {@code 01/{gtin}/10/{lot}} or
 * {@code 01/{gtin}/21/{serial}}.
 */
public record LotId(String path) implements Comparable<LotId> {
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
