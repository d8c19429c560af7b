package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;

/** What a supplier claims of a material; immutable. Parts are millionths of the mass. */
public sealed interface MaterialClaim {
  int MILLION = 1_000_000;

  /** Longest text, in bytes of UTF-8. */
  int MAX_TEXT = 100;

  /** Where it was mined or made. */
  record Origin(String country, String site) implements MaterialClaim {
    public Origin {
      if (!country.matches("[A-Z]{2}") || site.isBlank()) {
        throw new IllegalArgumentException(
            "an origin is two letters of ISO 3166-1 and the name of a mine or site");
      }
    }
  }

  /** How much of a raw material that needs due diligence it holds. */
  record RiskMaterial(Element element, int ppm) implements MaterialClaim {
    /** Raw materials of the EU's battery regulation, and mica; the ordinal is the wire form. */
    public enum Element {
      COBALT,
      LITHIUM,
      NICKEL,
      MICA,
      GRAPHITE
    }

    public RiskMaterial {
      requirePart(ppm);
    }
  }

  /** How much of it was recycled. */
  record Recycled(int ppm, Source source) implements MaterialClaim {
    /** Where the waste came from; the ordinal is the wire form. */
    public enum Source {
      PRE_CONSUMER,
      POST_CONSUMER
    }

    public Recycled {
      requirePart(ppm);
    }
  }

  /**
   * A certificate that it was made under.
   *
   * @param document SHA-256 of it
   */
  record Certificate(String scheme, String number, Period valid, Hash document)
      implements MaterialClaim {
    public Certificate {
      if (scheme.isBlank() || number.isBlank()) {
        throw new IllegalArgumentException("a certificate has a scheme and a number");
      }
    }
  }

  /**
   * A document of due diligence.
   *
   * @param document SHA-256 of it
   */
  record DueDiligence(String title, Hash document) implements MaterialClaim {
    public DueDiligence {
      if (title.isBlank()) {
        throw new IllegalArgumentException("a document of due diligence has a title");
      }
    }
  }

  private static void requirePart(int ppm) {
    if (ppm < 1 || ppm > MILLION) {
      throw new IllegalArgumentException("a part is 1 to 1,000,000 ppm, not " + ppm);
    }
  }
}
