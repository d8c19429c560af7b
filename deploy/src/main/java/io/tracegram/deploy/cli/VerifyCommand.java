package io.tracegram.deploy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.deploy.verify.LogSource;
import io.tracegram.deploy.verify.LogVerifier;
import io.tracegram.deploy.verify.Receipt;
import io.tracegram.deploy.verify.ReceiptVerifier;
import io.tracegram.deploy.verify.VerifyReport;
import io.tracegram.ledger.account.Totals;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.runtime.timestamp.TimestampAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a log for anyone, without trust in whoever holds it. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Checks a log from its bytes to its figures (hashes, signatures, chain, recomputed accounts),"
            + " or the receipt of one figure.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "DIR|URL|RECEIPT",
      description =
          "the data directory of a gateway or of the cloud, an exported one, the address of a gateway or a tlog-tiles"
              + " log, or a receipt that prove made")
  private String source = "";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "whose log and witness keys to trust (C2SP tlog-policy)")
  private @Nullable Path policy;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--log-key",
      paramLabel = "VKEY",
      description = "trust this log key, and ask for no cosignature")
  private @Nullable String logKey;

  @Option(
      names = "--timestamp-anchor",
      paramLabel = "NAME=FILE",
      description =
          "trust the time-stamping authority of this name under the certificates in this PEM file")
  private Map<String, Path> anchors = new TreeMap<>();

  @Override
  public Integer call() throws IOException {
    Optional<TlogPolicy> rules = rules();
    VerifyReport report = Receipt.isAt(Path.of(source)) ? receipt(rules) : log(rules);
    PrintWriter out = Console.out(spec);
    out.print(json ? json(report) + "\n" : text(report));
    out.flush();
    return report.verified() ? Tracegram.FINE : Tracegram.FINDINGS;
  }

  private Optional<TlogPolicy> rules() throws IOException {
    if (logKey == null) {
      return Sources.policy(policy);
    }
    if (policy != null) {
      throw usage("name either --policy or --log-key");
    }
    try {
      return Optional.of(TlogPolicy.parse("log " + logKey.strip() + "\nquorum none\n"));
    } catch (MalformedException e) {
      throw usage("--log-key is no vkey: " + e.getMessage());
    }
  }

  private VerifyReport receipt(Optional<TlogPolicy> rules) throws IOException {
    TlogPolicy policyOfReader =
        rules.orElseThrow(
            () -> usage("a receipt brings no keys along: name --policy FILE or --log-key VKEY"));
    return new ReceiptVerifier(Path.of(source), policyOfReader).verify();
  }

  private VerifyReport log(Optional<TlogPolicy> rules) throws IOException {
    Progress progress = new Progress(Console.err(spec), "leaves checked");
    try (LogSource log = Sources.open(source)) {
      VerifyReport report = new LogVerifier(log, rules, authorities(), progress::reached).verify();
      progress.done();
      return report;
    }
  }

  private List<TimestampAuthority> authorities() throws IOException {
    List<TimestampAuthority> authorities = new ArrayList<>();
    for (Map.Entry<String, Path> anchor : anchors.entrySet()) {
      try {
        authorities.add(
            new TimestampAuthority(
                anchor.getKey(),
                TimestampAuthority.readAnchors(anchor.getValue()),
                Optional.empty()));
      } catch (IllegalArgumentException e) {
        throw usage("--timestamp-anchor: " + e.getMessage());
      }
    }
    return authorities;
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private static String text(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    text.append("log       ").append(report.origin()).append('\n');
    text.append("from      ").append(report.source()).append('\n');
    text.append("size      ").append(report.size()).append(" leaves\n");
    text.append("root      ").append(report.root()).append('\n');
    report.steps().forEach(step -> text.append("✓ ").append(step).append('\n'));
    report.notProven().forEach(gap -> text.append("· not proven: ").append(gap).append('\n'));
    report.notes().forEach(note -> text.append("· ").append(note).append('\n'));
    report.findings().forEach(finding -> text.append("✗ ").append(finding).append('\n'));
    return text.append(report.verified() ? "VERIFIED\n" : "NOT VERIFIED\n").toString();
  }

  private static String json(VerifyReport report) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("source", report.source());
    root.put("origin", report.origin());
    root.put("size", report.size());
    root.put("root", report.root());
    root.put("witnessed", report.witnessed());
    report.cosigners().forEach(root.putArray("cosigners")::add);
    if (report.totals().isPresent()) {
      Totals totals = report.totals().get();
      root.put("readings", totals.readings());
      root.put("energyKwh", totals.total().energy().kilowattHours());
      root.putObject("co2eKg").put("locationBased", totals.total().co2e().kilograms());
      root.put("conservationErrorUg", Long.toString(totals.conservationError().micrograms()));
    }
    report.steps().forEach(root.putArray("proven")::add);
    report.notProven().forEach(root.putArray("notProven")::add);
    report.notes().forEach(root.putArray("notes")::add);
    ArrayNode findings = root.putArray("findings");
    report
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("leaf", finding.leaf())
                    .put("file", finding.file().orElse(null))
                    .put("step", finding.step().name())
                    .put("reason", finding.reason()));
    root.put("verified", report.verified());
    return root.toString();
  }
}
