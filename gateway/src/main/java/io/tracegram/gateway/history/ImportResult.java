package io.tracegram.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.runtime.web.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a log's accounts come to after an import. Immutable.
 *
 * @param rows of the file that are in the log
 * @param unknownSlots intervals that are in no sum, on the basis that lacks most of them; a basis
 *     of which nothing is known counts only if nothing is known on any
 * @param notes what of the file counts otherwise than it says
 */
public record ImportResult(
    long rows,
    Energy supplied,
    Energy residual,
    Map<Basis, Totals.OfBasis> bases,
    long conservationError,
    long unknownSlots,
    List<String> notes) {
  public ImportResult {
    bases = Map.copyOf(bases);
    notes = List.copyOf(notes);
  }

  public static ImportResult of(long rows, Totals totals, List<String> notes) {
    return new ImportResult(
        rows,
        totals.total().energy(),
        totals.residual(),
        totals.bases(),
        totals.conservationError().micrograms(),
        unknownSlots(totals),
        notes);
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
    new TreeMap<>(bases)
        .forEach(
            (basis, sum) -> co2e.put(basis.name(), known(sum) ? sum.co2e().kilograms() : null));
    json.put("conservationErrorUg", conservationError).put("unknownSlots", unknownSlots);
    notes.forEach(json.putArray("notes")::add);
    return json;
  }

  /** A sum of which every interval lacks a factor is unknown, not zero. */
  private static boolean known(Totals.OfBasis sum) {
    return sum.unknown() < sum.intervals();
  }
}
