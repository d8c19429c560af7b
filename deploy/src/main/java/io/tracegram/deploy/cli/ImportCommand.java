package io.tracegram.deploy.cli;

import io.tracegram.gateway.Gateway;
import io.tracegram.gateway.GatewayConfig;
import io.tracegram.gateway.history.HistoryImport;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.history.Finding;
import io.tracegram.runtime.history.History;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a file of past registers or interval energy into a gateway's log. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Brings past registers or interval energy into a gateway's log and says what they come to."
            + " What is in the log already is not said again.")
final class ImportCommand implements Callable<Integer> {
  /** What becomes of a file that has bad rows. */
  enum OnBadRow {
    refuse,
    skip
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "written as the plant's 'import' says")
  private Path file = Path.of("");

  @Option(names = "--plant", required = true, paramLabel = "PLANT.yaml", description = "the plant")
  private Path plantFile = Path.of("");

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "GATEWAY-DATA",
      description = "data directory of a gateway that does not run; made if there is none")
  private Path directory = Path.of("");

  @Mixin private IntensityOptions intensity = new IntensityOptions();

  @Option(
      names = "--on-bad-row",
      defaultValue = "refuse",
      description = "refuse the whole file, or skip the row (default: ${DEFAULT-VALUE})")
  private OnBadRow onBadRow = OnBadRow.refuse;

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      defaultValue = "operator",
      description = "who answers for it, by an id that names nobody (default: ${DEFAULT-VALUE})")
  private String person = "operator";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter talk = Console.err(spec);
    PlantFile read = PlantFile.load(plantFile, ProfileCatalog.bundled()).orThrow();
    PlantModel plant = read.model();
    Optional<IntensitySeries> series = intensity.series(plant.grid().intensity());
    Optional<History> history = judged(read, talk);
    if (history.isEmpty()) {
      return Tracegram.FINDINGS;
    }
    long bytes = Files.size(file);
    Progress progress = new Progress(talk, "bytes imported");
    Gateway gateway = open(read);
    try {
      gateway.startAlone();
      long said =
          new HistoryImport(gateway.log(), gateway.accounts(), plant)
              .run(history.get(), person, series, done -> progress.reached(done, bytes));
      gateway.settleWholly();
      progress.done();
      say(talk, said == 0 ? "nothing new: the log holds this file" : said + " leaves imported");
      ImportResult result =
          ImportResult.of(
              history.get().survey().rows(), gateway.accounts().ask(FacilityLedger::totals).join());
      PrintWriter out = Console.out(spec);
      out.print(json ? result.json() + "\n" : result.text());
      out.flush();
    } finally {
      gateway.stop();
    }
    return Tracegram.FINE;
  }

  private Optional<History> judged(PlantFile plant, PrintWriter talk) throws IOException {
    long bytes = Files.size(file);
    Progress progress = new Progress(talk, "bytes checked");
    List<String> meters = plant.model().meters().stream().map(PlantModel.Meter::id).toList();
    History.Judged judged =
        History.judge(
            new History.Source(file, plant.history(), meters, Clock.systemUTC().instant()),
            done -> progress.reached(done, bytes));
    return switch (judged) {
      case History.Judged.Unusable(List<Finding> findings) -> {
        findings.forEach(finding -> say(talk, file + ": " + finding));
        say(talk, "nothing was imported");
        yield Optional.empty();
      }
      case History.Judged.Usable(History history) -> {
        history.survey().bad().forEach(finding -> say(talk, file + ": " + finding));
        history.survey().fallen().forEach(finding -> say(talk, file + ": " + finding));
        long bad = history.survey().badRows();
        boolean refused = bad > 0 && onBadRow == OnBadRow.refuse;
        if (bad > 0) {
          say(
              talk,
              bad
                  + " bad rows"
                  + (refused
                      ? ": nothing was imported; correct them, or give --on-bad-row skip"
                      : " are left out"));
        }
        yield refused ? Optional.empty() : Optional.of(history);
      }
    };
  }

  private Gateway open(PlantFile plant) throws IOException {
    SecureRandom random = new SecureRandom();
    KeyFiles keys = new KeyFiles(directory.resolve("keys"), random);
    GatewayConfig config =
        new GatewayConfig(
                plant.model(),
                directory,
                new GatewayConfig.Address("127.0.0.1", 0),
                Map.of(),
                List.of(),
                keys.loadOrCreate("gateway", Algorithm.ES256),
                keys.loadOrCreateCheckpointSigner(plant.model().origin()),
                false)
            .with(plant.factorSets());
    return Gateway.open(config, Clock.systemUTC(), random, System::exit);
  }

  private static void say(PrintWriter talk, String line) {
    talk.println(line);
    talk.flush();
  }
}
