package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.runtime.claim.ClaimReader;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClaimCommandTest {
  private static final String CLAIM =
      """
      {"company": "Mine Oy", "role": "quality manager", "person": "p-7",
       "lot": "01/09520000000011/10/A", "custodyModel": "segregated",
       "claims": [{"origin": {"country": "FI", "site": "Sotkamo"}}]}""";

  private final Path directory;
  private final StringWriter said = new StringWriter();

  ClaimCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aSupplierMakesItsKeyAndSignsWithoutAnyServerOfOurs() throws IOException {
    Path key = directory.resolve("mine.key");
    Path document = Files.writeString(directory.resolve("claim.json"), CLAIM);

    assertThat(run("claim", "key", "--key", key.toString())).isZero();
    assertThat(said.toString())
        .contains("key: " + Files.readString(directory.resolve("mine.pub")).strip());
    assertThat(sign(key, document)).isZero();

    SupplierDocument signed =
        SupplierDocument.parse(
            Files.readAllBytes(directory.resolve("claim.json.cose")), ClaimReader.MOST_BYTES);
    assertThat(signed.bytes().bytes()).isEqualTo(Files.readAllBytes(document));
    assertThat(signed.signature().meant().facility()).isEqualTo("refinery");
    assertThat(
            signed
                .signature()
                .isOf(KeyFiles.readPublic(directory.resolve("mine.pub")), signed.bytes().bytes()))
        .isTrue();
  }

  @Test
  void saysWhyItSignsNothing() throws IOException {
    Path key = directory.resolve("mine.key");
    Path document = Files.writeString(directory.resolve("claim.json"), CLAIM);
    assertThat(sign(key, document)).isEqualTo(Tracegram.WRONG_USAGE);
    assertThat(said.toString()).contains("mine.key is no key");
    run("claim", "key", "--key", key.toString());
    Files.writeString(document, CLAIM.replace("FI", "XX"));
    assertThat(sign(key, document)).isEqualTo(Tracegram.FINDINGS);
    assertThat(said.toString()).contains("ISO 3166-1");
    assertThat(directory.resolve("claim.json.cose")).doesNotExist();
  }

  private int sign(Path key, Path document) {
    return run(
        "claim",
        "sign",
        "--key",
        key.toString(),
        "--document",
        document.toString(),
        "--facility",
        "refinery");
  }

  private int run(String... arguments) {
    CommandLine line = Tracegram.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    return line.execute(arguments);
  }
}
