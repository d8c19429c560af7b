package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.Instrument;
import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.evidence.statement.Document;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The certificates, contracts and supplier rates that a facility holds, in a file. Immutable. */
public record InstrumentFile(Path file, InstrumentPortfolio portfolio) {
  static final Set<String> KEYS = Set.of("id", "edition", "source", "policy", "instruments");

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

  /**
   * Reads {@code instruments.yaml} with the hours that it names.
   *
   * @param zone of the plant, in which its dates are
   */
  public static Loaded<InstrumentFile> load(Path file, ZoneId zone) {
    return Loaded.of(diagnostics -> read(file, Optional.of(zone), diagnostics));
  }

  static Optional<InstrumentFile> read(Path file, Optional<ZoneId> zone, Diagnostics diagnostics) {
    return YamlReader.read(file, diagnostics).flatMap(yaml -> read(yaml, zone));
  }

  /**
   * @param zone empty if no plant is known: then only the form is checked, as if it were UTC
   */
  static Optional<InstrumentFile> read(YamlMap yaml, Optional<ZoneId> zone) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String id =
        yaml.value(
            "id", text -> Scalars.matching(text, ID, "a-z, 0-9 and -, at most 40 characters"), "");
    String edition = yaml.text("edition");
    String source = yaml.text("source");
    Scope2Policy policy = yaml.oneOf("policy", Scope2Policy.class);
    if (!yaml.has("instruments")) {
      yaml.error(
          "instruments",
          "missing-key",
          "'instruments' is missing here; who holds none any more writes 'instruments: []'");
    }
    InstrumentReader reader = new InstrumentReader(policy, zone);
    List<Instrument> instruments = new ArrayList<>();
    for (YamlMap item : yaml.optionalList("instruments").maps()) {
      reader.read(item).ifPresent(instruments::add);
    }
    yaml.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    InstrumentPortfolio portfolio =
        new InstrumentPortfolio(id, edition, source, policy, instruments);
    if (FactorDocumentCodec.encode(portfolio).length > Document.MAX_LENGTH) {
      yaml.error(
          "instruments",
          "too-large",
          "the instruments with all their hours are larger than "
              + (Document.MAX_LENGTH >> 20)
              + " MiB: leave out those that have expired");
      return Optional.empty();
    }
    return Optional.of(new InstrumentFile(yaml.file(), portfolio));
  }
}
