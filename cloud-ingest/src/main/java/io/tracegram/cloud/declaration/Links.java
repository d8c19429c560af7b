package io.tracegram.cloud.declaration;

import io.tracegram.ledger.custody.LotId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses of pages on this service. Stateless. */
public final class Links {
  private Links() {}

  /**
   * Returns the path of a lot's custody events; empty for what is in a silo, which its plant names
   * there in its own way.
   */
  public static Optional<String> custody(LotId lot) {
    return lot.isContent()
        ? Optional.empty()
        : Optional.of(
            "/epcis/events?"
                + (lot.isSerialised() ? "MATCH_anyEPC=" : "MATCH_anyEPCClass=")
                + URLEncoder.encode("https://id.gs1.org" + item(lot), StandardCharsets.UTF_8));
  }

  /** Returns the path of an item's declaration. */
  public static String item(LotId item) {
    int number = item.path().length() - item.number().length();
    return "/"
        + item.path().substring(0, number)
        + URLEncoder.encode(item.number(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
