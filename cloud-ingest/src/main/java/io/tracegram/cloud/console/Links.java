package io.tracegram.cloud.console;

import io.tracegram.ledger.custody.LotId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages on this service. Stateless. */
final class Links {
  private Links() {}

  static String item(LotId item) {
    int number = item.path().length() - item.number().length();
    return "/"
        + item.path().substring(0, number)
        + URLEncoder.encode(item.number(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
