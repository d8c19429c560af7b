package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.Stock;
import java.util.Locale;
import java.util.Optional;

/**
 * Which lots are looked for; immutable. What is in silos is found by a text that begins with their
 * mark, {@code ~}, and only by such.
 *
 * @param text that the lot's or serial number holds, whatever the case; empty for all
 */
public record LotSearch(String text, Optional<LotState.State> state, Optional<String> gtin) {
  public static final LotSearch ALL = new LotSearch("", Optional.empty(), Optional.empty());

  public LotSearch {
    text = text.toUpperCase(Locale.ROOT);
  }

  boolean finds(Stock stock) {
    return stock.lot().isContent() == text.startsWith("~")
        && gtin.map(stock.lot().gtin()::equals).orElse(true)
        && state.map(LotState.State.of(stock.place())::equals).orElse(true)
        && stock.lot().number().toUpperCase(Locale.ROOT).contains(text);
  }
}
