package io.tracegram.runtime.epcis;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.plant.PlantModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names lots and items in EPCIS events. Stateless. */
public final class LotClass {
  private LotClass() {}

  /**
   * Returns the Digital Link of a lot or item; for what is in a silo, which GS1 cannot name, an
   * identifier of the plant's own.
   */
  public static String uri(PlantModel plant, LotId lot) {
    int number = lot.path().length() - lot.number().length();
    return lot.isContent()
        ? "https://%s/%s/silo/%s/%s"
            .formatted(
                plant.operator(),
                encoded(plant.facility()),
                encoded(lot.silo()),
                lot.number().substring(lot.silo().length() + 2))
        : "https://id.gs1.org/" + lot.path().substring(0, number) + encoded(lot.number());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
