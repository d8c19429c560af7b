package io.tracegram.runtime.senml;

/** The fields that a record may have (RFC 8428 §12.2, and table 4 for their numbers in CBOR). */
enum SenmlField {
  BASE_VERSION("bver", -1),
  BASE_NAME("bn", -2),
  BASE_TIME("bt", -3),
  BASE_UNIT("bu", -4),
  BASE_VALUE("bv", -5),
  BASE_SUM("bs", -6),
  NAME("n", 0),
  UNIT("u", 1),
  VALUE("v", 2),
  TEXT_VALUE("vs", 3),
  FLAG_VALUE("vb", 4),
  SUM("s", 5),
  TIME("t", 6),
  UPDATE_TIME("ut", 7),
  DATA_VALUE("vd", 8);

  private final String label;
  private final int number;

  SenmlField(String label, int number) {
    this.label = label;
    this.number = number;
  }

  String label() {
    return label;
  }

  int number() {
    return number;
  }

  boolean isBase() {
    return number < 0;
  }
}
