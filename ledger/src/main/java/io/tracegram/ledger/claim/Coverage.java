package io.tracegram.ledger.claim;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.ClaimCodec;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.HalfEven;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/** How much of a lot each claim covers, in the order in which they came; immutable. */
public record Coverage(List<HeldClaim> claims) {
  /** Most claims of a lot: those that cover the most mass stay. */
  public static final int MOST = 24;

  private static final int ITEMS = 5;
  private static final int SIGNED_ITEMS = 6;

  public static final Coverage NONE = new Coverage(List.of());

  public Coverage {
    claims = List.copyOf(claims);
    if (claims.size() > MOST) {
      claims =
          claims.stream()
              .sorted(
                  Comparator.comparingLong((HeldClaim held) -> held.mass().milligrams()).reversed())
              .limit(MOST)
              .toList();
    }
  }

  public boolean isNone() {
    return claims.isEmpty();
  }

  /** Returns both of what is claimed of two lots that become one. */
  Coverage plus(Coverage other) {
    return merge(other, Math::addExact);
  }

  /** Returns both of what is claimed of one and the same lot. */
  Coverage or(Coverage other) {
    return merge(other, Math::max);
  }

  private Coverage merge(Coverage other, LongBinaryOperator operator) {
    List<HeldClaim> merged = new ArrayList<>(claims);
    for (HeldClaim more : other.claims) {
      int at = 0;
      while (at < merged.size() && !merged.get(at).isSame(more)) {
        at++;
      }
      if (at == merged.size()) {
        merged.add(more);
      } else {
        HeldClaim held = merged.get(at);
        merged.set(
            at,
            held.by(held.model().weaker(more.model()))
                .covering(
                    operator.applyAsLong(held.mass().milligrams(), more.mass().milligrams())));
      }
    }
    return new Coverage(merged);
  }

  /** Returns what goes with a part of a mass, each claim rounded half to even. */
  public Coverage share(Mass part, Mass whole) {
    List<HeldClaim> shared = new ArrayList<>();
    for (HeldClaim held : claims) {
      long milligrams =
          HalfEven.multiplyDivide(held.mass().milligrams(), part.milligrams(), whole.milligrams());
      if (milligrams > 0) {
        shared.add(held.covering(milligrams));
      }
    }
    return new Coverage(shared);
  }

  /** Returns what is left of it without a part of it. */
  Coverage minus(Coverage part) {
    List<HeldClaim> left = new ArrayList<>();
    for (HeldClaim held : claims) {
      long milligrams = held.mass().milligrams() - part.of(held).milligrams();
      if (milligrams > 0) {
        left.add(held.covering(milligrams));
      }
    }
    return new Coverage(left);
  }

  /** Returns the same, as far as another holds each of it too. */
  Coverage within(Coverage other) {
    List<HeldClaim> kept = new ArrayList<>();
    for (HeldClaim held : claims) {
      long milligrams = Math.min(held.mass().milligrams(), other.of(held).milligrams());
      if (milligrams > 0) {
        kept.add(held.covering(milligrams));
      }
    }
    return new Coverage(kept);
  }

  /** Returns the part of a lot that a claim covers. */
  Mass of(HeldClaim claim) {
    return claims.stream().filter(claim::isSame).map(HeldClaim::mass).findFirst().orElse(Mass.ZERO);
  }

  /** Returns the same, each of at most so much. */
  public Coverage atMost(Mass mass) {
    return mass.milligrams() <= 0
        ? NONE
        : new Coverage(
            claims.stream()
                .map(held -> held.covering(Math.min(held.mass().milligrams(), mass.milligrams())))
                .toList());
  }

  /** Returns the same, told by another leaf. */
  public Coverage toldBy(long leaf) {
    return new Coverage(claims.stream().map(held -> held.toldBy(leaf)).toList());
  }

  /** Writes it. */
  public void write(CborWriter out) {
    out.array(claims.size());
    for (HeldClaim held : claims) {
      out.array(held.key().isPresent() ? SIGNED_ITEMS : ITEMS).text(held.company());
      ClaimCodec.write(out, held.claim());
      out.integer(held.model().ordinal()).integer(held.mass().milligrams()).integer(held.leaf());
      held.key().ifPresent(key -> out.bytes(key.bytes()));
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  public static Coverage read(CborReader in, Mass whole) {
    int count = in.array(MOST);
    List<HeldClaim> claims = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int items = in.array(SIGNED_ITEMS);
      if (items < ITEMS) {
        throw new MalformedException("a held claim of " + items + " items", in.position());
      }
      HeldClaim held =
          new HeldClaim(
              in.text(MaterialClaim.MAX_TEXT),
              ClaimCodec.claim(in),
              ClaimCodec.model(in),
              new Mass(in.integer(1, Math.max(1, whole.milligrams()))),
              in.integer(0, Long.MAX_VALUE),
              items == SIGNED_ITEMS ? Optional.of(key(in)) : Optional.empty());
      if (claims.stream().anyMatch(held::isSame)) {
        throw new MalformedException("a claim stands twice", in.position());
      }
      claims.add(held);
    }
    return new Coverage(claims);
  }

  private static Hash key(CborReader in) {
    byte[] bytes = in.bytes(Hash.LENGTH);
    if (bytes.length != Hash.LENGTH) {
      throw new MalformedException("a key has a thumbprint of 32 bytes", in.position());
    }
    return Hash.of(bytes);
  }

  /** Returns it as bytes. */
  byte[] encoded() {
    CborWriter out = new CborWriter();
    write(out);
    return out.toByteArray();
  }

  static Coverage decoded(byte[] encoded) {
    CborReader in = new CborReader(encoded);
    Coverage coverage = read(in, new Mass(Long.MAX_VALUE));
    in.end();
    return coverage;
  }
}
