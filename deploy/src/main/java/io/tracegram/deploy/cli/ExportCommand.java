package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.verify.EvidenceExport;
import io.tracegram.deploy.verify.LogSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a directory of evidence that verifies elsewhere. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes a log at its newest checkpoint into a directory that verifies by itself, offline.")
final class ExportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DIR|URL",
      description =
          "a gateway's data directory, a mirrored log (<cloud data>/mirror/logs/<hash>), or an"
              + " address")
  private String source = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "the directory to make")
  private Path out = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the policy to give along; an address and a mirrored log have none of their own")
  private @Nullable Path policy;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter talk = Console.err(spec);
    Progress progress = new Progress(talk, "leaves written");
    EvidenceExport.Result result;
    try (LogSource log = Sources.open(source)) {
      result =
          new EvidenceExport(
                  log,
                  Sources.policyText(policy),
                  progress::reached,
                  line -> {
                    talk.println(line);
                    talk.flush();
                  })
              .write(out);
    }
    progress.done();
    PrintWriter print = Console.out(spec);
    print.print(json ? json(result) + "\n" : text(result));
    print.flush();
    return Tracegram.FINE;
  }

  private static String text(EvidenceExport.Result result) {
    return """
        %s: %d leaves, root %s
        %d files, %d bytes in %s
        Verify it, there or anywhere: tracegram verify %s
        The keys in it prove nothing about whose they are: bring your own with --policy.
        """
        .formatted(
            result.origin(),
            result.size(),
            result.root(),
            result.files(),
            result.bytes(),
            result.directory(),
            result.directory());
  }

  private static String json(EvidenceExport.Result result) {
    return new ObjectMapper()
        .createObjectNode()
        .put("origin", result.origin())
        .put("size", result.size())
        .put("root", result.root())
        .put("accepted", result.accepted())
        .put("files", result.files())
        .put("bytes", result.bytes())
        .put("directory", result.directory().toString())
        .toString();
  }
}
