package io.tracegram.ledger.custody;

import java.math.BigInteger;

/**
 * What a tag's EPC names (GS1 EPC Tag Data Standard 2.x, §14): a serialised item where it is an
 * SGTIN, else what lots may be in.
 */
sealed interface TagIdentity {
  record Item(LotId item) implements TagIdentity {}

  record Unit(ContainerId unit) implements TagIdentity {}

  /** Reads the EPC of a tag; what is of no known scheme, or of a wrong form, stays private. */
  static TagIdentity of(byte[] epc) {
    TagIdentity raw = new Unit(ContainerId.ofTag(epc));
    try {
      return switch (epc[0]) {
        case 0x30 -> epc.length == 12 ? item(new Bits(epc), Serial.NUMBER) : raw;
        case 0x36 -> epc.length == 25 || epc.length == 26 ? item(new Bits(epc), Serial.TEXT) : raw;
        case 0x31 -> epc.length == 12 ? logisticUnit(new Bits(epc)) : raw;
        case 0x33 -> epc.length == 12 ? returnableAsset(new Bits(epc), Serial.NUMBER) : raw;
        case 0x37 -> epc.length == 22 ? returnableAsset(new Bits(epc), Serial.TEXT) : raw;
        default -> raw;
      };
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  /** How a serial number is written. */
  enum Serial {
    NUMBER,
    TEXT
  }

  private static TagIdentity item(Bits bits, Serial form) {
    Partition partition = Partition.of(bits, 44, 13);
    String reference = partition.reference();
    String gtin = withCheckDigit(reference.charAt(0) + partition.prefix() + reference.substring(1));
    String serial = serial(bits, form, 20);
    bits.end();
    return new Item(LotId.ofSerial(gtin, serial));
  }

  private static TagIdentity logisticUnit(Bits bits) {
    Partition partition = Partition.of(bits, 58, 17);
    String reference = partition.reference();
    bits.end();
    return new Unit(
        ContainerId.ofSscc(
            withCheckDigit(reference.charAt(0) + partition.prefix() + reference.substring(1))));
  }

  private static TagIdentity returnableAsset(Bits bits, Serial form) {
    Partition partition = Partition.of(bits, 44, 12);
    String asset = withCheckDigit("0" + partition.prefix() + partition.reference());
    String serial = serial(bits, form, 16);
    bits.end();
    return new Unit(ContainerId.ofGrai(asset + serial));
  }

  private static String serial(Bits bits, Serial form, int characters) {
    return switch (form) {
      case NUMBER -> bits.number(38).toString();
      case TEXT -> bits.text(characters);
    };
  }

  private static String withCheckDigit(String digits) {
    return digits + Gs1CheckDigit.of(digits);
  }

  /**
   * A company prefix and what its owner numbered, in decimal digits.
   *
   * <p>The partition value says how many of the bits and digits are the prefix's.
   */
  record Partition(String prefix, String reference) {
    private static final int[] PREFIX_BITS = {40, 37, 34, 30, 27, 24, 20};
    private static final int LONGEST_PREFIX = 12;

    /**
     * Reads the filter, the partition value and both numbers.
     *
     * @param width bits of both numbers
     * @param digits of both numbers
     */
    static Partition of(Bits bits, int width, int digits) {
      bits.number(3);
      int value = bits.number(3).intValueExact();
      if (value >= PREFIX_BITS.length) {
        throw new IllegalArgumentException("there is no partition " + value);
      }
      int prefixDigits = LONGEST_PREFIX - value;
      String prefix = digits(bits.number(PREFIX_BITS[value]), prefixDigits);
      return new Partition(
          prefix, digits(bits.number(width - PREFIX_BITS[value]), digits - prefixDigits));
    }

    private static String digits(BigInteger number, int count) {
      String text = number.signum() == 0 ? "" : number.toString();
      if (text.length() > count) {
        throw new IllegalArgumentException(number + " has more than " + count + " digits");
      }
      return "0".repeat(count - text.length()) + text;
    }
  }

  /** Bits, read from the highest on. Single-threaded. */
  final class Bits {
    private static final int HEADER = 8;
    private static final int CHARACTER = 7;

    private final BigInteger bits;
    private int left;

    Bits(byte[] epc) {
      bits = new BigInteger(1, epc);
      left = epc.length * 8 - HEADER;
    }

    BigInteger number(int width) {
      left -= width;
      return bits.shiftRight(left).and(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE));
    }

    /** Reads so many characters of seven bits, which end with zeros; GS1 character set 82 only. */
    String text(int characters) {
      StringBuilder text = new StringBuilder();
      boolean ended = false;
      for (int i = 0; i < characters; i++) {
        int character = number(CHARACTER).intValueExact();
        if (character == 0) {
          ended = true;
        } else if (ended || !ApplicationIdentifier.isCset82(character)) {
          throw new IllegalArgumentException("no serial number");
        } else {
          text.append((char) character);
        }
      }
      if (text.isEmpty()) {
        throw new IllegalArgumentException("no serial number");
      }
      return text.toString();
    }

    /** What is left is zero. */
    void end() {
      if (number(left).signum() != 0) {
        throw new IllegalArgumentException("something stands after the end");
      }
    }
  }
}
