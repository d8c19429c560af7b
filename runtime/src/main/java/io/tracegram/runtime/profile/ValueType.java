package io.tracegram.runtime.profile;

/** How a register's bits are a number or a text. */
public enum ValueType {
  U16(1),
  I16(1),
  U32(2),
  I32(2),
  U64(4),
  I64(4),
  /** IEEE 754 binary32. */
  F32(2),
  /** IEEE 754 binary64. */
  F64(4),
  /** ASCII, padded with NUL or spaces; its length is declared by the register. */
  STRING(0);

  private final int words;

  ValueType(int words) {
    this.words = words;
  }

  /** Returns the number of 16-bit registers, 0 if each register declares it. */
  public int words() {
    return words;
  }
}
