package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.epcis.LotClass;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Addresses of pages on this gateway. Stateless. */
final class Links {
  private Links() {}

  static String lot(LotId lot) {
    int number = lot.path().length() - lot.number().length();
    return "/lots/" + lot.path().substring(0, number) + encoded(lot.number());
  }

  /** Returns the address of a lot's custody events at its plant. */
  static String custody(PlantModel plant, LotId lot) {
    return "/epcis/events?"
        + (lot.isSerialised() ? "MATCH_anyEPC=" : "MATCH_anyEPCClass=")
        + encoded(LotClass.uri(plant, lot));
  }

  static String evidence(long leaf) {
    return leaf < 0 ? "" : "/evidence/" + leaf;
  }

  static String evidence(OptionalLong leaf) {
    return evidence(leaf.orElse(-1));
  }

  /** Returns the leaf that opened an order: its id is {@code workstation@leaf}. */
  static String order(String id) {
    String leaf = id.substring(id.lastIndexOf('@') + 1);
    return leaf.matches("\\d{1,18}") ? "/evidence/" + leaf : "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
