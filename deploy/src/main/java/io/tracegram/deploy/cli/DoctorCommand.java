package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.deploy.doctor.Doctor;
import io.tracegram.deploy.doctor.Finding;
import io.tracegram.deploy.doctor.Finding.Grade;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what stands in the way of a program that is to start, and what to do about it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Examines what agent.yaml, gateway.yaml or plant.yaml rests on: clock, JDK, disk, keys, ports,"
            + " broker, and every device, read once. Changes nothing.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "agent.yaml, gateway.yaml or plant.yaml")
  private List<Path> files = List.of();

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "longest time of a check; they are made side by side (default: 30)")
  private int deadlineSeconds = 30;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter talk = Console.err(spec);
    Doctor doctor =
        new Doctor(
            Clock.systemUTC(),
            Duration.ofSeconds(Math.clamp(deadlineSeconds, 1, 600)),
            line -> {
              talk.println(line);
              talk.flush();
            });
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      // the machine is the same for all of them
      doctor.examine(file).stream()
          .filter(finding -> !isKnown(finding, findings))
          .forEach(findings::add);
    }
    PrintWriter out = Console.out(spec);
    if (json) {
      out.println(json(findings));
    } else {
      findings.forEach(out::println);
      out.println(total(findings));
    }
    out.flush();
    return count(findings, Grade.BAD) == 0 ? Tracegram.FINE : Tracegram.FINDINGS;
  }

  private static boolean isKnown(Finding finding, List<Finding> findings) {
    return findings.stream().anyMatch(known -> known.name().equals(finding.name()))
        && !finding.name().equals("configuration");
  }

  private static String total(List<Finding> findings) {
    return "%d fine, %d to look at, %d in the way"
        .formatted(
            count(findings, Grade.FINE),
            count(findings, Grade.WARNING),
            count(findings, Grade.BAD));
  }

  private static long count(List<Finding> findings, Grade grade) {
    return findings.stream().filter(finding -> finding.grade() == grade).count();
  }

  private static ObjectNode json(List<Finding> findings) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    var checks = json.putArray("checks");
    for (Finding finding : findings) {
      checks
          .addObject()
          .put("name", finding.name())
          .put("grade", finding.grade().name().toLowerCase(Locale.ROOT))
          .put("found", finding.found())
          .put("fix", finding.fix());
    }
    return json.put("fine", count(findings, Grade.FINE))
        .put("warnings", count(findings, Grade.WARNING))
        .put("bad", count(findings, Grade.BAD));
  }
}
