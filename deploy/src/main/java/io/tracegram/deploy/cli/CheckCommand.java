package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tracegram.runtime.config.ConfigCheck;
import io.tracegram.runtime.config.Diagnostic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks configuration files without starting anything. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Checks profiles, plants, configurations, factor sets, intensities and instruments: every"
            + " problem of every file at once.")
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "YAML files, intensities as CSV or JSON, or directories of them")
  private List<Path> paths = List.of();

  @Option(names = "--json", description = "print one JSON array")
  private boolean json;

  @Override
  public Integer call() {
    List<Diagnostic> diagnostics = ConfigCheck.check(paths);
    PrintWriter out = Console.out(spec);
    if (json) {
      out.println(json(diagnostics));
    } else {
      diagnostics.forEach(out::println);
    }
    out.flush();
    boolean wrong =
        diagnostics.stream()
            .anyMatch(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR);
    PrintWriter talk = Console.err(spec);
    talk.println(diagnostics.isEmpty() ? "no problems" : diagnostics.size() + " problem(s)");
    talk.flush();
    return wrong ? Tracegram.FINDINGS : Tracegram.FINE;
  }

  private static ArrayNode json(List<Diagnostic> diagnostics) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (Diagnostic diagnostic : diagnostics) {
      all.addObject()
          .put("file", diagnostic.file().toString())
          .put("line", diagnostic.line())
          .put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT))
          .put("code", diagnostic.code())
          .put("message", diagnostic.message());
    }
    return all;
  }
}
