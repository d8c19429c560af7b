package io.tracegram.ledger.custody;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the GS1 element string of a scanned label (GS1 General Specifications §7.8): application
 * identifiers with their values, the variable ones ended by GS. Pure; never throws on hostile text.
 */
public final class Gs1ElementString {
  /** GS (0x1D): what a scanner sends for FNC1 inside a symbol. */
  public static final char SEPARATOR = '\u001d';

  private static final int LONGEST = 1_024;

  private Gs1ElementString() {}

  /** A label's content, or why it is not accepted. */
  public sealed interface Parse {}

  /** One application identifier, such as {@code 10} or {@code 3103}, with its value. */
  public record Element(String identifier, String value) {}

  /**
   * A valid element string.
   *
   * @param elements in the label's order, at least one, each identifier once
   */
  public record Parsed(List<Element> elements) implements Parse {
    public Parsed {
      elements = List.copyOf(elements);
    }

    public Optional<String> value(String identifier) {
      return elements.stream()
          .filter(element -> element.identifier().equals(identifier))
          .map(Element::value)
          .findFirst();
    }

    /**
     * Returns what the label is on: the item where it has a serial number, else the lot; empty if
     * it names neither.
     */
    public Optional<LotId> lot() {
      return value("01")
          .flatMap(
              gtin ->
                  value("21")
                      .map(serial -> LotId.ofSerial(gtin, serial))
                      .or(() -> value("10").map(lot -> LotId.ofLot(gtin, lot))));
    }

    /** Returns what the label is on if that is no lot: a logistic unit or a returnable asset. */
    Optional<ContainerId> unit() {
      return value("00").map(ContainerId::ofSscc).or(() -> value("8003").map(ContainerId::ofGrai));
    }

    /** Returns the element string as a scanner sends it, with GS only where it is needed. */
    public String text() {
      StringBuilder text = new StringBuilder();
      boolean open = false;
      for (Element element : elements) {
        if (open) {
          text.append(SEPARATOR);
        }
        text.append(element.identifier()).append(element.value());
        open =
            ApplicationIdentifier.at(element.identifier(), 0)
                .filter(ApplicationIdentifier::isFixed)
                .isEmpty();
      }
      return text.toString();
    }
  }

  /**
   * A label that is refused.
   *
   * @param reason for a person: what is wrong, and what to change; holds no unescaped label text
   */
  public record NotGs1(String reason) implements Parse {}

  /**
   * Reads a label.
   *
   * @param symbology AIM identifier without the bracket, such as {@code Q3}; empty if none was sent
   * @param text the data after the identifier; one GS after any value is tolerated
   */
  public static Parse parse(String symbology, String text) {
    return switch (symbology) {
      case "Q3", "d2", "C1", "e0", "J1" -> parse(text);
      case "" ->
          new NotGs1(
              "the scanner sent no AIM identifier: switch on \"transmit AIM code ID\" (symbology"
                  + " identifier prefix) at the scanner");
      case "Q1" -> plain("QR code (]Q1)", "GS1 QR Code");
      case "d1" -> plain("Data Matrix (]d1)", "GS1 DataMatrix");
      case "C0" -> plain("Code 128 (]C0)", "GS1-128");
      case "J0" -> plain("DotCode (]J0)", "GS1 DotCode");
      case "E0", "E4" ->
          new NotGs1(
              "an EAN/UPC code names a product but no lot: scan the logistic label (GS1-128, GS1"
                  + " DataMatrix or GS1 QR Code), and switch EAN/UPC off at the scanner");
      default ->
          new NotGs1(
              "this symbology carries no GS1 data: switch on GS1 QR Code, GS1 DataMatrix, GS1-128,"
                  + " GS1 DataBar or GS1 DotCode at the scanner, and scan the GS1 label");
    };
  }

  private static NotGs1 plain(String scanned, String wanted) {
    return new NotGs1(
        "a plain "
            + scanned
            + " carries no GS1 data: print the label as "
            + wanted
            + " (FNC1 in first position), and switch on "
            + wanted
            + " at the scanner");
  }

  private static Parse parse(String text) {
    if (text.isEmpty()) {
      return new NotGs1("the label is empty: print it again");
    }
    if (text.length() > LONGEST) {
      return new NotGs1("the label has more than " + LONGEST + " characters");
    }
    List<Element> elements = new ArrayList<>();
    int position = 0;
    while (position < text.length()) {
      switch (elementAt(text, position)) {
        case Refused(String reason) -> {
          return new NotGs1(reason);
        }
        case Taken(Element element, int end) -> {
          Optional<String> before = new Parsed(elements).value(element.identifier());
          if (before.isEmpty()) {
            elements.add(element);
          } else if (!before.get().equals(element.value())) {
            return new NotGs1(
                "(" + element.identifier() + ") stands twice with different values: relabel");
          }
          boolean separated = end < text.length() && text.charAt(end) == SEPARATOR;
          position = separated ? end + 1 : end;
        }
      }
    }
    return new Parsed(elements);
  }

  private sealed interface Step {}

  private record Taken(Element element, int end) implements Step {}

  private record Refused(String reason) implements Step {}

  private static Step elementAt(String text, int position) {
    Optional<ApplicationIdentifier> found = ApplicationIdentifier.at(text, position);
    if (found.isEmpty()) {
      return new Refused(
          "no known application identifier at character "
              + (position + 1)
              + ": if a lot or serial number stands before it, switch on GS (FNC1) transmission at"
              + " the scanner; else print the label with identifiers Tracegram knows");
    }
    ApplicationIdentifier identifier = found.get();
    int start = position + identifier.length();
    String code = text.substring(position, start);
    int separator = text.indexOf(SEPARATOR, start);
    int available = separator < 0 ? text.length() : separator;
    int end = identifier.isFixed() ? Math.min(start + identifier.longest(), available) : available;
    String value = text.substring(start, end);
    if (value.length() < identifier.shortest()) {
      return new Refused(
          "("
              + code
              + ") has "
              + value.length()
              + " characters, expected "
              + (identifier.isFixed() ? "" : "at least ")
              + identifier.shortest()
              + ": the label is damaged or cut off, scan again or relabel");
    }
    if (value.length() > identifier.longest()) {
      return new Refused(
          "("
              + code
              + ") has "
              + value.length()
              + " characters, at most "
              + identifier.longest()
              + ": the separator after it is missing, switch on GS (FNC1) transmission at the"
              + " scanner");
    }
    return identifier
        .objection(value)
        .<Step>map(objection -> new Refused("(" + code + ") " + objection + ": relabel"))
        .orElseGet(() -> new Taken(new Element(code, value), end));
  }
}
