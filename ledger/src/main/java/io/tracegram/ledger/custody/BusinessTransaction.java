package io.tracegram.ledger.custody;

import java.util.Arrays;
import java.util.Optional;

/**
 * What goods are shipped or received for; immutable.
 *
 * @param number as on the label, of 1 to 30 characters
 */
public record BusinessTransaction(Type type, String number) {
  /** Which number it is; the application identifier is the wire form. */
  public enum Type {
    /** Customer's purchase order number. */
    PURCHASE_ORDER("400"),
    /** Global Identification Number for Consignment. */
    CONSIGNMENT("401"),
    /** Global Shipment Identification Number. */
    SHIPMENT("402");

    private final String identifier;

    Type(String identifier) {
      this.identifier = identifier;
    }

    public String identifier() {
      return identifier;
    }

    static Optional<Type> of(String identifier) {
      return Arrays.stream(values()).filter(type -> type.identifier.equals(identifier)).findFirst();
    }
  }

  public BusinessTransaction {
    if (!number.matches("[!-~]{1,30}")) {
      throw new IllegalArgumentException("not the number of a transaction: " + number);
    }
  }

  /** Returns the transaction that a label names, the first if it names several. */
  static Optional<BusinessTransaction> of(Gs1ElementString.Parsed label) {
    return label.elements().stream()
        .flatMap(
            element ->
                Type.of(element.identifier())
                    .map(type -> new BusinessTransaction(type, element.value()))
                    .stream())
        .findFirst();
  }
}
