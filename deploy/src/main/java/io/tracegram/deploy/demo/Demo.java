package io.tracegram.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tracegram.deploy.demo.DemoPlan.Plant;
import io.tracegram.deploy.verify.DirectorySource;
import io.tracegram.deploy.verify.EvidenceExport;
import io.tracegram.deploy.verify.LogVerifier;
import io.tracegram.deploy.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the programs of a demonstration from start to verified end. Single use. */
public final class Demo {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final List<String> AGENT_OPTIONS =
      List.of(
          "-Xms8m", "-Xmx40m", "-Xmn8m", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders");
  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(5);

  private final DemoPlan plan;
  private final Consumer<String> talk;
  private final JsonClient http = new JsonClient();
  private final DemoAuthority authority = new DemoAuthority(Clock.systemUTC(), new SecureRandom());
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final List<Child> agents = new ArrayList<>();
  private final List<Child> gateways = new ArrayList<>();
  private final List<Child> services = new ArrayList<>();
  private final Map<String, Child> children = new ConcurrentHashMap<>();
  private Optional<Child> simulator = Optional.empty();

  /**
   * Prepares a demonstration.
   *
   * @param talk takes one line for people at a time
   */
  public Demo(DemoPlan plan, Consumer<String> talk) {
    this.plan = plan;
    this.talk = talk;
  }

  /** Returns the process of a running program, such as {@code refinery-gateway}. Thread-safe. */
  public Optional<ProcessHandle> process(String name) {
    return Optional.ofNullable(children.get(name)).flatMap(child -> ProcessHandle.of(child.pid()));
  }

  /** Asks a running demonstration to end now, in order. Thread-safe. */
  public void stop() {
    stopAsked.countDown();
  }

  /**
   * Runs until the duration has passed, the replay has ended or {@link #stop} is called; every
   * process it started has ended when it returns.
   */
  public DemoResult run() throws IOException, InterruptedException {
    try {
      start();
      awaitReady();
      awaitEnd();
      stopSources();
      Map<Plant, JsonNode> facilities = settle();
      Map<Plant, JsonNode> balances = balances(facilities);
      List<Fraud> frauds = Fraud.read(plan.frauds(), problems());
      JsonNode declarations =
          http.get(plan.cloudUrl() + "/api/v1/declarations")
              .map(answer -> answer.isArray() ? answer : answer.path("declarations"))
              .orElseGet(() -> new ObjectMapper().createArrayNode());
      stopAll();
      return new DemoResult(
          plan,
          facilities,
          balances,
          verify(),
          verify("cloud", plan.cloudData()),
          declarations,
          frauds);
    } finally {
      stopAll();
      authority.close();
    }
  }

  private void start() throws IOException {
    new DemoFiles(plan, new SecureRandom(), Clock.systemUTC()).write(authority.anchorPem());
    authority.start(plan.authorityPort());
    talk.accept(
        "Starting the cloud, a witness, two gateways, two agents, the simulated plants and a simulated"
            + " time-stamping authority …");
    services.add(child("cloud", "512m", "cloud", "cloud/cloud.yaml"));
    services.add(child("witness", "128m", "witness", "witness/witness.yaml"));
    for (Plant plant : DemoPlan.PLANTS) {
      String gateway = plant.facility() + "/gateway.yaml";
      gateways.add(child(plant.facility() + "-gateway", "768m", "gateway", gateway));
    }
    for (Plant plant : DemoPlan.PLANTS) {
      agents.add(
          child(plant.facility() + "-agent", "48m", "agent", plant.facility() + "/agent.yaml"));
    }
  }

  private Child child(String name, String memory, String command, String file) throws IOException {
    Path config = plan.directory().resolve(file);
    Child child =
        new Child(
            name,
            command.equals("agent") ? AGENT_OPTIONS : List.of("-Xmx" + memory),
            List.of(command, config.toString()),
            plan.directory().resolve("logs/" + name + ".log"),
            command.equals("simulate"),
            talk);
    children.put(name, child);
    return child;
  }

  private void awaitReady() throws IOException, InterruptedException {
    List<String> addresses = new ArrayList<>();
    addresses.add(plan.cloudUrl() + "/health/live");
    addresses.add("http://127.0.0.1:" + plan.witnessPort() + "/health/live");
    DemoPlan.PLANTS.forEach(plant -> addresses.add(plan.url(plant) + "/health/ready"));
    await(READY_WITHIN, "ready", () -> addresses.stream().allMatch(http::isUp));
    new DemoMine(http, Clock.systemUTC())
        .declareTo(DemoPlan.REFINERY.facility(), plan.url(DemoPlan.REFINERY));
    simulator = Optional.of(child("simulator", "256m", "simulate", "simulate.yaml"));
    await(
        READY_WITHIN,
        "reading their meters",
        () ->
            DemoPlan.PLANTS.stream()
                .allMatch(plant -> facility(plant).path("statementsAdmitted").asLong() > 0));
    talk.accept("Ready. DEMO: the plants and their devices are simulated.");
    talk.accept(
        "  A dishonest hand is at work at the refinery: its frauds show among the problems.");
    for (Plant plant : DemoPlan.PLANTS) {
      talk.accept("  %-12s %s/".formatted(plant.facility(), plan.url(plant)));
    }
    talk.accept("  %-12s %s/".formatted("cloud", plan.cloudUrl()));
    talk.accept("  data         " + plan.directory());
  }

  private void awaitEnd() throws InterruptedException {
    CompletableFuture<Integer> ended = simulator.orElseThrow().ended();
    long deadline =
        System.nanoTime() + plan.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE / 4);
    while (System.nanoTime() < deadline && !ended.isDone()) {
      if (stopAsked.await(200, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private void stopSources() {
    talk.accept("Stopping the plants and their agents; the gateways finish what is on its way …");
    simulator.ifPresent(child -> child.stop(STOP_WITHIN));
    agents.forEach(child -> child.stop(STOP_WITHIN));
  }

  /** Waits until nothing moves any more: accounted, mirrored, witnessed and audited to the end. */
  private Map<Plant, JsonNode> settle() throws InterruptedException {
    Map<Plant, JsonNode> facilities = new LinkedHashMap<>();
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    String before = "";
    int calm = 0;
    while (calm < 8 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(250);
      DemoPlan.PLANTS.forEach(plant -> facilities.put(plant, facility(plant)));
      JsonNode audits =
          http.get(plan.cloudUrl() + "/api/v1/facilities")
              .orElseGet(() -> new ObjectMapper().createArrayNode());
      String now =
          sizes(facilities)
              + audits.findValuesAsText("auditedSize")
              + audits.findValuesAsText("verdict");
      boolean complete = facilities.values().stream().allMatch(Demo::isReplicated);
      calm = complete && now.equals(before) ? calm + 1 : 0;
      before = now;
    }
    if (calm < 8) {
      talk.accept(
          "The logs were not replicated to the end within " + SETTLE_WITHIN.toMinutes() + " min");
    }
    return facilities;
  }

  /** Returns where every kilogram of each plant went, from its first scan to its last. */
  private Map<Plant, JsonNode> balances(Map<Plant, JsonNode> facilities) {
    Map<Plant, JsonNode> balances = new LinkedHashMap<>();
    facilities.forEach(
        (plant, facility) -> {
          Instant end =
              Instant.parse(facility.path("plantTime").asText("1970-01-01T00:00:00Z"))
                  .truncatedTo(ChronoUnit.HOURS)
                  .plus(Duration.ofHours(1));
          http.get(plan.url(plant) + "/api/v1/balance?from=1970-01-01T00:00:00Z&to=" + end)
              .ifPresent(balance -> balances.put(plant, balance));
        });
    return balances;
  }

  private Map<String, List<JsonNode>> problems() {
    Map<String, List<JsonNode>> problems = new LinkedHashMap<>();
    for (Plant plant : DemoPlan.PLANTS) {
      List<JsonNode> listed = new ArrayList<>();
      http.get(plan.url(plant) + "/api/v1/problems")
          .ifPresent(answer -> answer.path("problems").forEach(listed::add));
      problems.put(plant.facility(), listed);
    }
    return problems;
  }

  private static String sizes(Map<Plant, JsonNode> facilities) {
    return facilities.values().stream()
        .map(facility -> facility.path("logSize").asText())
        .toList()
        .toString();
  }

  private static boolean isReplicated(JsonNode facility) {
    long size = facility.path("logSize").asLong(-1);
    return size > 0
        && size == facility.path("mirroredSize").asLong()
        && size == facility.path("witnessedSize").asLong();
  }

  private Map<Plant, VerifyReport> verify() throws IOException {
    Map<Plant, VerifyReport> reports = new LinkedHashMap<>();
    for (Plant plant : DemoPlan.PLANTS) {
      reports.put(plant, verify(plant.facility(), plan.gatewayData(plant)));
    }
    return reports;
  }

  /** Exports a log as anyone would, and verifies what was exported. */
  private VerifyReport verify(String name, Path data) throws IOException {
    Path evidence = plan.evidence().resolve(name);
    talk.accept("Exporting the log of " + name + " and verifying it from its bytes …");
    new EvidenceExport(new DirectorySource(data), Optional.empty(), (leaves, size) -> {}, talk)
        .write(evidence);
    return new LogVerifier(
            new DirectorySource(evidence),
            Optional.empty(),
            List.of(authority.trusted()),
            (leaves, size) -> {})
        .verify();
  }

  private void stopAll() {
    simulator.ifPresent(child -> child.stop(STOP_WITHIN));
    agents.forEach(child -> child.stop(STOP_WITHIN));
    gateways.forEach(child -> child.stop(STOP_WITHIN));
    services.forEach(child -> child.stop(STOP_WITHIN));
  }

  private JsonNode facility(Plant plant) {
    return http.get(plan.url(plant) + "/api/v1/facility")
        .orElseGet(() -> new ObjectMapper().createObjectNode());
  }

  private interface Condition {
    boolean holds();
  }

  private void await(Duration bound, String state, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the programs were not %s within %d s: see %s"
                .formatted(state, bound.toSeconds(), plan.directory().resolve("logs")));
      }
      if (stopAsked.await(200, TimeUnit.MILLISECONDS)) {
        throw new IOException("stopped before everything was " + state);
      }
    }
  }
}
