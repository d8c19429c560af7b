package io.tracegram.runtime.epcis.identifier;

import io.tracegram.runtime.epcis.identifier.EpcUrnReader.Reading;
import java.util.List;
import java.util.Optional;

/**
 * GS1 identifiers in their two URI forms. At rest, and for matching, an identifier is its canonical
 * Digital Link {@code https://id.gs1.org/…} at the finest level it names; identifiers that are not
 * GS1's stay as they are. Stateless.
 */
public final class Gs1Uri {
  /** Schemes of EPC URNs that name no GS1 key. */
  private static final List<String> OTHER_SCHEMES = List.of("gid", "usdod", "adi", "bic", "imovn");

  private Gs1Uri() {}

  /**
   * Returns the canonical Digital Link of an EPC URN (id, class or pattern) or of a Digital Link of
   * any domain, its check digit not verified; empty if a text is neither.
   */
  public static Optional<String> canonical(String uri) {
    return key(uri).map(Gs1Key::link);
  }

  static Optional<Gs1Key> key(String uri) {
    return uri.startsWith(EpcUrnReader.PREFIX)
        ? EpcUrnReader.read(uri, Reading.STANDARD)
        : DigitalLinkReader.read(uri);
  }

  /** Returns the form the event hash takes; empty where the reference implementation has none. */
  public static Optional<String> forHash(String text) {
    return text.startsWith(EpcUrnReader.PREFIX)
        ? EpcUrnReader.read(text, Reading.REFERENCE).map(Gs1Key::link)
        : ReferenceLink.of(text);
  }

  /** Says why a URI, being of GS1's form, names nothing; empty if it is right or not GS1's. */
  public static Optional<String> objection(String uri) {
    Optional<Gs1Key> key = key(uri);
    if (key.isPresent()) {
      return key.get().objection();
    }
    if (uri.startsWith(EpcUrnReader.PREFIX)) {
      if (OTHER_SCHEMES.stream().anyMatch(scheme -> uri.startsWith("id:" + scheme + ":", 8))) {
        return Optional.empty();
      }
      return Optional.of(
          "is no EPC URN of the EPC Tag Data Standard: see to the digits of company prefix and"
              + " reference, and to the characters of the serial number");
    }
    return uri.startsWith(Gs1Key.RESOLVER)
        ? Optional.of("is no GS1 Digital Link: see to the key, its length, and its qualifiers")
        : Optional.empty();
  }
}
