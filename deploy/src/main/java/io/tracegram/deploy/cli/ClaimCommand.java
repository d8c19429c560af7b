package io.tracegram.deploy.cli;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.runtime.claim.SigningDesk;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a supplier does on its own machine: makes its key, and signs what it declares. */
@Command(
    name = "claim",
    description = "Signs what a supplier claims or declares, with a key of its own.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ClaimCommand.Key.class, ClaimCommand.Sign.class})
final class ClaimCommand {
  /** Makes a key. */
  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Makes a supplier's key, and prints what a plant's 'suppliers' name of it.")
  static final class Key implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE.key",
        description = "the secret, made if there is none; its public half is written beside it")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
      String name = String.valueOf(file.getFileName());
      if (!name.endsWith(".key")) {
        throw new IOException(file + " does not end with .key");
      }
      Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
      PrivateKey key =
          new KeyFiles(directory, new SecureRandom())
              .loadOrCreate(name.replaceAll("\\.key$", ""), Algorithm.ES256);
      Console.out(spec).println("key: " + KeyFiles.format(key.publicKey()));
      Console.out(spec).flush();
      return Tracegram.FINE;
    }
  }

  /** Signs a document. */
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description =
          "Signs claims, a withdrawal or a footprint (PACT v3 JSON) as their supplier, for one"
              + " facility. The result is a COSE_Sign1 that its gateway takes as application/cose.")
  static final class Sign implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE.key",
        description = "the supplier's secret, with its .pub beside it")
    private Path key = Path.of("");

    @Option(
        names = "--document",
        required = true,
        paramLabel = "FILE.json",
        description = "the document, whose exact bytes are signed")
    private Path document = Path.of("");

    @Option(
        names = "--facility",
        required = true,
        paramLabel = "ID",
        description = "whom it is for: 'facility: id:' of the receiving plant")
    private String facility = "";

    @Option(
        names = "--lot",
        paramLabel = "01/GTIN/10/LOT",
        description = "the one lot that a footprint is for (default: every lot of its GTINs)")
    private @Nullable String lot;

    @Option(
        names = "--out",
        paramLabel = "FILE.cose",
        description = "where to write it (default: beside the document)")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      SigningDesk desk = new SigningDesk(KeyFiles.read(key), Clock.systemUTC());
      Path target = out == null ? document.resolveSibling(document.getFileName() + ".cose") : out;
      try {
        SupplierDocument signed =
            desk.sign(
                Files.readAllBytes(document), facility, Optional.ofNullable(lot).map(LotId::new));
        Files.write(target, signed.encoded());
        Console.out(spec)
            .printf(
                "%s: signed as %s for %s by key %s%n",
                target,
                signed.signature().meant().purpose().title(),
                facility,
                signed.signature().key());
        Console.out(spec).flush();
        return Tracegram.FINE;
      } catch (IllegalArgumentException e) {
        Console.err(spec).println(document + ": " + e.getMessage());
        Console.err(spec).flush();
        return Tracegram.FINDINGS;
      }
    }
  }
}
