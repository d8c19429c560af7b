package io.tracegram.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a log's accounts come to after an import. Immutable.
 *
 * @param rows of the file that are in the log
 * @param unknownSlots intervals that are in no sum, on the basis that lacks most of them; a basis
 *     of which nothing is known counts only if nothing is known on any
 */
public record ImportResult(
    long rows,
    Energy supplied,
    Energy residual,
    Map<Basis, Totals.OfBasis> bases,
    long conservationError,
    long unknownSlots) {

  public static ImportResult of(long rows, Totals totals) {
    return new ImportResult(
        rows,
        totals.total().energy(),
        totals.residual(),
        new TreeMap<>(totals.bases()),
        totals.conservationError().micrograms(),
        unknownSlots(totals));
  }

  private static long unknownSlots(Totals totals) {
    return totals.bases().values().stream()
        .filter(ImportResult::known)
        .mapToLong(sum -> totals.intervals() - sum.intervals() + sum.unknown())
        .max()
        .orElse(totals.intervals());
  }

  /** Returns it as the command and the interface give it. */
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("rows", rows)
            .put("suppliedKwh", supplied.kilowattHours())
            .put("onSubmetersKwh", supplied.minus(residual).kilowattHours())
            .put("residualKwh", residual.kilowattHours());
    ObjectNode co2e = json.putObject("co2eKg");
    bases.forEach(
        (basis, sum) -> co2e.put(basis.name(), known(sum) ? sum.co2e().kilograms() : null));
    return json.put("conservationErrorUg", conservationError).put("unknownSlots", unknownSlots);
  }

  /** A sum of which every interval lacks a factor is unknown, not zero. */
  private static boolean known(Totals.OfBasis sum) {
    return sum.unknown() < sum.intervals();
  }
}
