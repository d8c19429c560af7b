package io.tracegram.ledger.plant;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;

/** What the packaging of products emits, on secondary factors; immutable. */
public record Packaging(List<Item> items) {
  public static final Packaging NONE = new Packaging(List.of());

  private static final Mass HEAVIEST = new Mass(100_000_000_000L);
  private static final Co2e MOST = new Co2e(10_000_000_000_000_000L);

  /**
   * The packaging of a material.
   *
   * @param factor per kg of the product, or per piece, which is what bears one label
   */
  public record Item(String gtin, EmissionFactor factor) {
    public Item {
      try {
        if (of(factor, HEAVIEST).compareTo(MOST) > 0) {
          throw new ArithmeticException("more than 10,000 t");
        }
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("factor " + factor.id() + " is beyond packaging", e);
      }
    }

    private static Co2e of(EmissionFactor factor, Mass product) {
      return switch (factor.unit()) {
        case KG -> factor.of(product);
        case PIECE -> factor.ofPieces(1);
        case KWH, KWH_GROSS, KWH_NET, CUBIC_METRE, LITRE, TONNE_KM ->
            throw new IllegalArgumentException(
                "factor " + factor.id() + " is neither per kg nor per piece");
      };
    }
  }

  public Packaging {
    items = List.copyOf(items);
    if (items.stream().map(Item::gtin).distinct().count() < items.size()) {
      throw new IllegalArgumentException("a material has two packagings");
    }
  }

  /** Returns the CO2e of packing one labelled piece or lot; zero if nothing is declared. */
  public Co2e of(String gtin, Mass product) {
    return items.stream()
        .filter(item -> item.gtin.equals(gtin))
        .map(item -> Item.of(item.factor, product))
        .findFirst()
        .orElse(Co2e.ZERO);
  }
}
