package io.tracegram.runtime.senml;

/** The forms in which a pack is sent. */
public enum SenmlFormat {
  /** {@code application/senml+json}. */
  JSON(110),
  /** {@code application/senml+cbor}. */
  CBOR(112);

  private final int contentFormat;

  SenmlFormat(int contentFormat) {
    this.contentFormat = contentFormat;
  }

  /** Returns the CoAP content format (RFC 8428 §12.3). */
  public int contentFormat() {
    return contentFormat;
  }
}
