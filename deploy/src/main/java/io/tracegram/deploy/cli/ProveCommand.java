package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.deploy.verify.LeafFigures;
import io.tracegram.deploy.verify.LogSource;
import io.tracegram.deploy.verify.Prover;
import io.tracegram.deploy.verify.Receipt;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Leaf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the receipt of one figure. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Makes the receipt of one figure: its leaf, and the proof that it stands in the log.")
final class ProveCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "DIR|URL",
      description = "a gateway's data directory, an exported one, or an address")
  private String source = "";

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  /** Exactly one of these is given. */
  private static final class Choice {
    @Option(names = "--leaf", paramLabel = "N", description = "the leaf of this index")
    private @Nullable Long leaf;

    @Option(
        names = "--lot",
        paramLabel = "ID",
        description =
            "a lot's newest account: 01/<gtin>/10/<lot>, or its GS1 Digital Link; of what is in a"
                + " silo, ~<silo>.<leaf>, the event that poured it")
    private @Nullable String lot;

    @Option(
        names = "--interval",
        paramLabel = "ISO-TIME",
        description = "the account of the quarter of an hour this instant lies in")
    private @Nullable String interval;
  }

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "wait for the cosignatures that this policy asks for, if the log is growing")
  private @Nullable Path policy;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "makes FILE.leaf and FILE.tlog-proof; by default named after facility and leaf, here")
  private @Nullable Path out;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Prover.Wanted wanted = wanted();
    Receipt receipt;
    try (LogSource log = Sources.open(source)) {
      receipt = Prover.of(log, Sources.policy(policy)).prove(wanted);
    }
    Leaf leaf = Leaf.parse(receipt.leaf().bytes());
    Path file =
        out != null
            ? out
            : Path.of(
                "%s-leaf-%d"
                    .formatted(
                        leaf.statement().statement().facility().replaceAll("[^\\w.-]", "_"),
                        receipt.proof().index()));
    receipt.write(file);
    PrintWriter print = Console.out(spec);
    print.print(json ? json(receipt, leaf, file) + "\n" : text(receipt, leaf, file));
    print.flush();
    return Tracegram.FINE;
  }

  private Prover.Wanted wanted() {
    try {
      if (choice.leaf != null) {
        return new Prover.Wanted.OfLeaf(choice.leaf);
      }
      if (choice.lot != null) {
        return new Prover.Wanted.OfLot(
            new LotId(choice.lot.replaceFirst("^(https?://[^/]*)?/", "")));
      }
      return new Prover.Wanted.OfInterval(Instant.parse(Objects.requireNonNull(choice.interval)));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          e instanceof DateTimeParseException
              ? "not an instant such as 2026-01-31T14:15:00Z: " + choice.interval
              : String.valueOf(e.getMessage()),
          e);
    }
  }

  private static String text(Receipt receipt, Leaf leaf, Path file) {
    StringBuilder text = new StringBuilder();
    Checkpoint head = Checkpoint.parse(receipt.proof().checkpoint().text());
    text.append(
        "leaf %d of %s, of %d\n".formatted(receipt.proof().index(), head.origin(), head.size()));
    LeafFigures.of(leaf).lines().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append(
            """
            %s
            %s
            Check it anywhere: tracegram verify %s --policy FILE
            """
                .formatted(
                    Receipt.leafFile(file), Receipt.proofFile(file), Receipt.proofFile(file)))
        .toString();
  }

  private static String json(Receipt receipt, Leaf leaf, Path file) {
    Checkpoint head = Checkpoint.parse(receipt.proof().checkpoint().text());
    LeafFigures said = LeafFigures.of(leaf);
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("origin", head.origin());
    root.put("size", head.size());
    root.put("root", head.root().hex());
    root.put("leaf", receipt.proof().index());
    root.put("subject", said.subject());
    root.put("period", said.period());
    ArrayNode figures = root.putArray("figures");
    said.figures()
        .forEach(
            figure ->
                figures
                    .addObject()
                    .put("name", figure.name())
                    .put("value", figure.value())
                    .put("unit", figure.unit()));
    root.put("leafFile", Receipt.leafFile(file).toString());
    root.put("proofFile", Receipt.proofFile(file).toString());
    return root.toString();
  }
}
