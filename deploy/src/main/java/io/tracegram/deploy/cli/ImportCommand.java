package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.Gateway;
import io.tracegram.gateway.GatewayConfig;
import io.tracegram.gateway.history.Admission;
import io.tracegram.gateway.history.HistoryImport;
import io.tracegram.gateway.history.ImportResult;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.history.History;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  /** Whose log it goes into. */
  static final class Into {
    @Option(
        names = "--dir",
        paramLabel = "GATEWAY-DATA",
        description = "data directory of a gateway that does not run; made if there is none")
    private @Nullable Path directory;

    @Option(
        names = "--gateway",
        paramLabel = "URL",
        description = "a running gateway of that plant, such as http://127.0.0.1:8080")
    private @Nullable URI gateway;
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "written as the plant's 'import' says")
  private Path file = Path.of("");

  @Option(names = "--plant", required = true, paramLabel = "PLANT.yaml", description = "the plant")
  private Path plantFile = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Into into = new Into();

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
    PlantFile plant = PlantFile.load(plantFile, ProfileCatalog.bundled()).orThrow();
    Optional<IntensitySeries> series = intensity.series(plant.model().grid().intensity());
    boolean skip = onBadRow == OnBadRow.skip;
    Optional<? extends JsonNode> result;
    if (into.gateway != null) {
      if (series.isPresent()) {
        throw new IOException(
            "a running gateway takes intensities from 'intensities' in its gateway.yaml:"
                + " --intensity goes with --dir");
      }
      try (GatewayClient gateway = new GatewayClient(into.gateway)) {
        result = new GatewayImport(gateway, talk).run(file, plant.model().facility(), skip, person);
      }
    } else {
      result = alone(plant, series, skip, talk).map(ImportResult::json);
    }
    if (result.isEmpty()) {
      return Tracegram.FINDINGS;
    }
    PrintWriter out = Console.out(spec);
    out.print(json ? result.get() + "\n" : ImportText.of(result.get()));
    out.flush();
    return Tracegram.FINE;
  }

  private Optional<ImportResult> alone(
      PlantFile plant, Optional<IntensitySeries> series, boolean skip, PrintWriter talk)
      throws IOException {
    Optional<History> history = judged(plant, skip, talk);
    if (history.isEmpty()) {
      return Optional.empty();
    }
    long bytes = Files.size(file);
    Progress progress = new Progress(talk, "bytes imported");
    Gateway gateway = open(plant, Objects.requireNonNull(into.directory));
    try {
      gateway.startAlone();
      HistoryImport.Said said =
          new HistoryImport(gateway.log(), gateway.accounts(), plant.model())
              .run(history.get(), person, series, done -> progress.reached(done, bytes));
      gateway.settleWholly();
      progress.done();
      say(talk, said.news());
      return Optional.of(
          ImportResult.of(
              history.get().survey().rows(),
              gateway.accounts().ask(FacilityLedger::totals).join(),
              said.notes()));
    } finally {
      gateway.stop();
    }
  }

  private Optional<History> judged(PlantFile plant, boolean skip, PrintWriter talk)
      throws IOException {
    long bytes = Files.size(file);
    Progress progress = new Progress(talk, "bytes checked");
    List<String> meters = plant.model().meters().stream().map(PlantModel.Meter::id).toList();
    Admission admission =
        Admission.of(
            History.judge(
                new History.Source(file, plant.history(), meters, Clock.systemUTC().instant()),
                done -> progress.reached(done, bytes)),
            skip);
    admission.notes().forEach(note -> say(talk, file + ": " + note));
    return admission.history();
  }

  private static Gateway open(PlantFile plant, Path directory) throws IOException {
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
