package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.FactorSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A set of emission factors in a file. Immutable. */
public record FactorSetFile(Path file, FactorSet set) {
  static final Set<String> KEYS = Set.of("id", "publisher", "url", "sha256", "factors");

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern URL = Pattern.compile("https?://[\\x21-\\x7E]{1,240}");

  /** Reads {@code <publisher>-<edition>.yaml}. */
  public static Loaded<FactorSetFile> load(Path file) {
    return Loaded.of(
        diagnostics -> YamlReader.read(file, diagnostics).flatMap(FactorSetFile::read));
  }

  static Optional<FactorSetFile> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String id =
        yaml.value(
            "id", text -> Scalars.matching(text, ID, "a-z, 0-9 and -, at most 40 characters"), "");
    String publisher = yaml.text("publisher");
    String url =
        yaml.value(
            "url", text -> Scalars.matching(text, URL, "an http or https URL for people"), "");
    Optional<String> sha256 =
        yaml.optionalValue(
            "sha256",
            text -> Scalars.matching(text, SHA256, "64 hexadecimal digits in lower case"));
    References ids = new References("factor");
    CalorificBases bases = new CalorificBases();
    List<FactorSet.Entry> entries = new ArrayList<>();
    for (YamlMap entry : yaml.list("factors").maps()) {
      FactorEntryReader.read(entry, ids)
          .ifPresent(
              read -> {
                bases.check(entry, read.factor());
                entries.add(read);
              });
    }
    yaml.close();
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(
            new FactorSetFile(yaml.file(), new FactorSet(id, publisher, url, sha256, entries)));
  }
}
