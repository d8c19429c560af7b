package io.tracegram.deploy.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was seen of a device. Immutable.
 *
 * @param device what was asked and where, for a person
 * @param search what came of looking for the display's number, if it was given
 */
public record ProbeResult(String device, List<RegisterRow> rows, Optional<Found> search) {
  private static final int MOST_SHOWN = 8;

  private static final List<String> HEADS =
      List.of("register", "fn", "address", "raw", "value", "resolution", "verdict");

  public ProbeResult {
    rows = List.copyOf(rows);
  }

  /**
   * What came of a search.
   *
   * @param fits the best first
   * @param stopped why not all registers were read, empty if all were
   */
  record Found(DisplayNumber display, AddressRange range, List<Fit> fits, String stopped) {
    Found {
      fits = List.copyOf(fits);
    }

    /** Returns the fits of which none is better than another. */
    List<Fit> best() {
      return fits.stream().filter(fit -> fit.isAsGoodAs(fits.getFirst())).toList();
    }
  }

  /** Says whether every register gave its value, and the display's number was found if given. */
  public boolean isSound() {
    return search.isPresent()
        ? !search.get().fits().isEmpty()
        : rows.stream().allMatch(RegisterRow::sound);
  }

  /** Returns lines for a person. */
  public String text() {
    StringBuilder text = new StringBuilder(device).append('\n');
    Stream.concat(Stream.of(HEADS), rows.stream().map(ProbeResult::cells))
        .map(row -> line(row, widths()))
        .forEach(line -> text.append(line).append('\n'));
    search.ifPresent(found -> text.append('\n').append(text(found)));
    return text.toString();
  }

  private static List<String> cells(RegisterRow row) {
    return List.of(
        row.name(),
        row.function(),
        row.address(),
        row.raw(),
        row.value(),
        row.resolution(),
        (row.sound() ? "✓ " : "✗ ") + row.verdict());
  }

  private List<Integer> widths() {
    return IntStream.range(0, HEADS.size())
        .mapToObj(
            column ->
                Stream.concat(Stream.of(HEADS), rows.stream().map(ProbeResult::cells))
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0))
        .toList();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size() - 1; i++) {
      line.append(cells.get(i)).repeat(' ', widths.get(i) - cells.get(i).length() + 2);
    }
    return line.append(cells.getLast()).toString();
  }

  private static String text(Found found) {
    StringBuilder text = new StringBuilder();
    if (!found.stopped().isEmpty()) {
      text.append("Not all registers were read: ").append(found.stopped()).append('\n');
    }
    if (found.fits().isEmpty()) {
      return text.append(
              "Nothing between 0x%04X and 0x%04X reads as %s: read the display again, or look further with --scan FROM..TO.\n"
                  .formatted(found.range().from(), found.range().to(), found.display()))
          .toString();
    }
    text.append("The display's %s is given by:\n".formatted(found.display()));
    List<Fit> shown = found.fits().stream().limit(MOST_SHOWN).toList();
    for (int i = 0; i < shown.size(); i++) {
      text.append(text(i + 1, shown.get(i), found));
    }
    if (found.fits().size() > MOST_SHOWN) {
      text.append("  and %d worse\n".formatted(found.fits().size() - MOST_SHOWN));
    }
    return text.append(advice(found)).toString();
  }

  private static String text(int number, Fit fit, Found found) {
    int address = fit.register().address();
    return """
      %d. %s %s, %s: %s
         address as sent 0x%04X; where a document counts from 1: %d; Modicon: %s
         %s
    """
        .formatted(
            number,
            fit.value().stripTrailingZeros().toPlainString(),
            found.display().unit().symbol(),
            fit.closeness().words(),
            fit.differences().isEmpty()
                ? "as the profile says"
                : String.join("; ", fit.differences()),
            address,
            address + 1,
            Fit.modicon(fit.register().table(), address),
            fit.yaml());
  }

  private static String advice(Found found) {
    int equal = found.best().size();
    String few =
        found.display().hasFewDigits()
            ? "A number of so few digits is met by chance: wait for a longer one.\n"
            : "";
    if (equal > 1) {
      return few
          + "%d fit equally well. Read the display again when the meter has counted on, and run this again: what still fits is right.\n"
              .formatted(equal)
          + "Two that hold the same bits go on together; between those the meter's manual decides.\n";
    }
    return few
        + (found.fits().getFirst().differences().isEmpty()
            ? "The profile fits this meter.\n"
            : "Write the first line into the profile, under addressBase: 0.\n");
  }

  /** Returns the same for programs. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode().put("device", device);
    ArrayNode registers = json.putArray("registers");
    for (RegisterRow row : rows) {
      registers
          .addObject()
          .put("name", row.name())
          .put("function", row.function())
          .put("address", row.address())
          .put("raw", row.raw())
          .put("value", row.value())
          .put("resolution", row.resolution())
          .put("verdict", row.verdict())
          .put("sound", row.sound());
    }
    search.ifPresent(found -> json.set("search", json(found)));
    return json.put("sound", isSound());
  }

  private static ObjectNode json(Found found) {
    ObjectNode json =
        new ObjectMapper()
            .createObjectNode()
            .put("display", found.display().toString())
            .put("from", found.range().from())
            .put("to", found.range().to())
            .put("stopped", found.stopped())
            .put("equallyGood", found.fits().isEmpty() ? 0 : found.best().size());
    ArrayNode fits = json.putArray("fits");
    for (Fit fit : found.fits()) {
      ArrayNode differences =
          fits.addObject()
              .put("closeness", fit.closeness().name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .put("value", fit.value().stripTrailingZeros().toPlainString())
              .put("address", fit.register().address())
              .put("type", fit.register().type().name().toLowerCase(Locale.ROOT))
              .put("byteOrder", fit.register().byteOrder().name())
              .put("yaml", fit.yaml())
              .putArray("differences");
      fit.differences().forEach(differences::add);
    }
    return json;
  }
}
