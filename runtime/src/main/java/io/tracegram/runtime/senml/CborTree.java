package io.tracegram.runtime.senml;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads CBOR of a stranger (RFC 8949) into a tree, of definite and indefinite lengths, down to
 * {@value #DEPTH} levels. Single-threaded, used once.
 */
final class CborTree {
  static final int DEPTH = 8;
  private static final int BREAK = 0xFF;
  private static final int INDEFINITE = 31;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final BigInteger MINUS_ONE = BigInteger.ONE.negate();

  private final ByteBuffer in;

  private CborTree(byte[] body) {
    this.in = ByteBuffer.wrap(body);
  }

  /** Reads one item that is all of the body. */
  static CborItem read(byte[] body) throws SenmlRefusal {
    CborTree tree = new CborTree(body);
    CborItem item = tree.item(0);
    if (tree.in.hasRemaining()) {
      throw malformed("has something after its first item");
    }
    return item;
  }

  private CborItem item(int depth) throws SenmlRefusal {
    if (depth > DEPTH) {
      throw malformed("is deeper than " + DEPTH + " levels");
    }
    int head = octet();
    int major = head >> 5;
    int info = head & 0x1F;
    return switch (major) {
      case 0 -> new CborItem.Whole(argument(info));
      case 1 -> new CborItem.Whole(MINUS_ONE.subtract(argument(info)));
      case BYTES -> new CborItem.Bytes(base64url(string(BYTES, info)));
      case TEXT -> new CborItem.Text(utf8(string(TEXT, info)));
      case 4 -> new CborItem.Items(items(info, depth));
      case 5 -> entries(info, depth);
      case 6 -> tagged(argument(info), depth);
      default -> simple(info);
    };
  }

  private BigInteger argument(int info) throws SenmlRefusal {
    return switch (info) {
      case 24 -> BigInteger.valueOf(octet());
      case 25 -> unsigned(2);
      case 26 -> unsigned(4);
      case 27 -> unsigned(8);
      default -> {
        if (info > 24) {
          throw malformed("has a length that no item has");
        }
        yield BigInteger.valueOf(info);
      }
    };
  }

  private BigInteger unsigned(int bytes) throws SenmlRefusal {
    return new BigInteger(1, take(bytes));
  }

  private int octet() throws SenmlRefusal {
    if (!in.hasRemaining()) {
      throw malformed("ends in the middle of an item");
    }
    return in.get() & 0xFF;
  }

  private byte[] take(int bytes) throws SenmlRefusal {
    if (bytes > in.remaining()) {
      throw malformed("ends in the middle of an item");
    }
    byte[] taken = new byte[bytes];
    in.get(taken);
    return taken;
  }

  /** Every item has at least one byte, so that no count beyond what remains can be true. */
  private int count(int info) throws SenmlRefusal {
    BigInteger count = argument(info);
    if (count.compareTo(BigInteger.valueOf(in.remaining())) > 0) {
      throw malformed("ends in the middle of an item");
    }
    return count.intValueExact();
  }

  private byte[] string(int major, int info) throws SenmlRefusal {
    if (info != INDEFINITE) {
      return take(count(info));
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int head = octet(); head != BREAK; head = octet()) {
      if (head >> 5 != major || (head & 0x1F) == INDEFINITE) {
        throw malformed("has a string made of something else");
      }
      whole.writeBytes(take(count(head & 0x1F)));
    }
    return whole.toByteArray();
  }

  private boolean ends() {
    if (in.hasRemaining() && (in.get(in.position()) & 0xFF) == BREAK) {
      in.get();
      return true;
    }
    return false;
  }

  private List<CborItem> items(int info, int depth) throws SenmlRefusal {
    List<CborItem> items = new ArrayList<>();
    if (info == INDEFINITE) {
      while (!ends()) {
        items.add(item(depth + 1));
      }
    } else {
      for (int left = count(info); left > 0; left--) {
        items.add(item(depth + 1));
      }
    }
    return items;
  }

  private CborItem entries(int info, int depth) throws SenmlRefusal {
    List<CborItem.Entry> entries = new ArrayList<>();
    if (info == INDEFINITE) {
      while (!ends()) {
        entries.add(new CborItem.Entry(item(depth + 1), item(depth + 1)));
      }
    } else {
      for (int left = count(info); left > 0; left--) {
        entries.add(new CborItem.Entry(item(depth + 1), item(depth + 1)));
      }
    }
    return new CborItem.Entries(entries);
  }

  /** Bignums (RFC 8949 §3.4.3) and decimal fractions (§3.4.4) are numbers; other tags are not. */
  private CborItem tagged(BigInteger tag, int depth) throws SenmlRefusal {
    int number = tag.bitLength() > 30 ? -1 : tag.intValueExact();
    if (number == 2 || number == 3) {
      int head = octet();
      if (head >> 5 != BYTES) {
        throw malformed("has a bignum that is no string of bytes");
      }
      BigInteger magnitude = new BigInteger(1, string(BYTES, head & 0x1F));
      return new CborItem.Whole(number == 2 ? magnitude : MINUS_ONE.subtract(magnitude));
    }
    CborItem content = item(depth + 1);
    if (number != 4) {
      return new CborItem.Other();
    }
    if (content instanceof CborItem.Items(List<CborItem> parts)
        && parts.size() == 2
        && parts.getFirst() instanceof CborItem.Whole(BigInteger exponent)
        && parts.getLast() instanceof CborItem.Whole(BigInteger mantissa)) {
      return new CborItem.Real(SenmlBounds.number(mantissa, exponent), BigDecimal.ZERO);
    }
    throw malformed("has a decimal fraction that is not made of two integers");
  }

  private CborItem simple(int info) throws SenmlRefusal {
    return switch (info) {
      case 20 -> new CborItem.Flag(false);
      case 21 -> new CborItem.Flag(true);
      case 24 -> {
        int unused = octet();
        yield new CborItem.Other();
      }
      case 25 -> real(Float.float16ToFloat(ByteBuffer.wrap(take(2)).getShort()), 10, -24);
      case 26 -> real(ByteBuffer.wrap(take(4)).getFloat(), 23, -149);
      case 27 -> real(ByteBuffer.wrap(take(8)).getDouble(), 52, -1074);
      case INDEFINITE -> throw malformed("has a break outside of anything that it could end");
      default -> {
        if (info > 27) {
          throw malformed("has a simple value that does not exist");
        }
        yield new CborItem.Other();
      }
    };
  }

  /**
   * @param value holds a narrower float exactly
   * @param fraction bits behind the leading one
   * @param least exponent of the smallest step
   */
  private static CborItem real(double value, int fraction, int least) {
    if (!Double.isFinite(value)) {
      return new CborItem.NotFinite(Double.toString(value));
    }
    int exponent = value == 0 ? least : Math.max(least, Math.getExponent(value) - fraction);
    return new CborItem.Real(new BigDecimal(value), new BigDecimal(Math.scalb(1.0, exponent)));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String utf8(byte[] bytes) throws SenmlRefusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("has a text that is not UTF-8");
    }
  }

  private static SenmlRefusal malformed(String how) {
    return new SenmlRefusal("malformed", "the pack is no sound CBOR: it " + how);
  }
}
