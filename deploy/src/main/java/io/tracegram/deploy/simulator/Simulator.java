package io.tracegram.deploy.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.ConfigurationException;
import io.tracegram.runtime.config.SimulationFile;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs simulated plants in plant time, which first ticks when every agent has said hello.
 * Thread-safe for {@link #stop} against {@link #awaitEnd}; otherwise used by one thread.
 */
public final class Simulator {
  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
  private static final Duration LATE = Duration.ofSeconds(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration ROAD = Duration.ofDays(3);

  private final SimulationFile file;
  private final LongSupplier nanoTime;
  private final PrintStream talk;
  private final Span span;
  private final EventLoopGroup eventLoop;
  private final ExecutorService executor;
  private final PlantClockServer clock;
  private final List<SimulatedPlant> plants = new ArrayList<>();
  private final Map<SimulatedPlant, Operator> operators = new HashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread run = Thread.ofPlatform().name("simulator").unstarted(this::run);

  /**
   * Plant time of the run.
   *
   * @param end of the last tick, empty for a run without end
   */
  private record Span(Instant start, Duration tick, Optional<Instant> end) {}

  /**
   * Prepares the plants; nothing listens yet.
   *
   * @param nanoTime system time that paces the run, ns
   * @param talk where progress is told, usually stderr
   * @throws ConfigurationException if a file to replay, or a plant for its scenario, is not as
   *     expected
   * @throws IOException if a file to replay cannot be read
   */
  public Simulator(SimulationFile file, LongSupplier nanoTime, PrintStream talk)
      throws IOException {
    this.file = file;
    this.nanoTime = nanoTime;
    this.talk = talk;
    Map<PlantModel, Slots> replays = new HashMap<>();
    for (SimulationFile.Plant plant : file.plants()) {
      if (plant.replay().isPresent()) {
        PlantModel model = plant.plant().model();
        replays.put(
            model, new SlotsFile(plant.replay().get().file()).read(ZoneId.of(model.timeZone())));
      }
    }
    span = span(file, replays);
    clock =
        new PlantClockServer(
            file.clock().listen(),
            file.plants().stream()
                .map(SimulationFile.Plant::agent)
                .collect(Collectors.toUnmodifiableSet()));
    eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    executor = Executors.newVirtualThreadPerTaskExecutor();
    Shipments shipments = new Shipments();
    Optional<PlantedFrauds> frauds =
        file.frauds().isPresent()
            ? Optional.of(new PlantedFrauds(file.frauds().get()))
            : Optional.empty();
    for (SimulationFile.Plant plant : file.plants()) {
      PlantModel model = plant.plant().model();
      SimulatedPlant simulated =
          new SimulatedPlant(
              plant, energy(plant, Optional.ofNullable(replays.get(model))), eventLoop, executor);
      plants.add(simulated);
      plant
          .scenario()
          .ifPresent(
              scenario ->
                  operators.put(
                      simulated,
                      new Operator(
                          simulated, scenario, timetable(!replays.isEmpty()), shipments, frauds)));
    }
  }

  /**
   * Starts all devices and the plant clock; time runs on a thread of its own.
   *
   * @throws IOException if an address is taken; {@link #stop} then frees the others
   */
  public void start() throws IOException, InterruptedException {
    for (SimulatedPlant plant : plants) {
      plant.start();
    }
    clock.start();
    run.start();
    LOG.info(
        "event=simulator.started plants={} clock={} start={}",
        plants.size(),
        file.clock().listen(),
        span.start());
  }

  /**
   * Waits until plant time has ended and every agent was told; devices still answer.
   *
   * @throws IllegalStateException if the simulation failed
   */
  public void awaitEnd() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulation failed", e.getCause());
    }
  }

  /** Stops plant time and all devices. */
  public void stop() throws InterruptedException {
    run.interrupt();
    run.join();
    clock.stop();
    for (SimulatedPlant plant : plants.reversed()) {
      plant.stop();
    }
    executor.shutdown();
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    ended.complete(null);
  }

  private void run() {
    try {
      awaitAgents();
      tick();
      clock.end();
      LOG.info("event=simulator.ended");
      ended.complete(null);
    } catch (InterruptedException e) {
      clock.end();
      Thread.currentThread().interrupt();
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      LOG.error("event=simulator.failed", e);
      ended.completeExceptionally(e);
    }
  }

  private void awaitAgents() throws InterruptedException {
    Set<String> missing = clock.missing();
    if (!missing.isEmpty()) {
      talk.println("simulator: waiting for the agents " + String.join(", ", missing));
    }
    clock.awaitAgents();
  }

  private void tick() throws InterruptedException {
    long tickMillis = span.tick().toMillis();
    long end = span.end().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    long start = span.start().toEpochMilli();
    Optional<Progress> progress =
        span.end().isPresent() && file.clock().speed().isEmpty()
            ? Optional.of(new Progress(talk, nanoTime, Math.max(1, (end - start) / tickMillis)))
            : Optional.empty();
    long nextNanos = nanoTime.getAsLong();
    for (long now = start; ; now += tickMillis) {
      clock.tick(now);
      awaitDone();
      for (SimulatedPlant plant : plants) {
        Operator operator = operators.get(plant);
        if (operator != null) {
          operator.act(now);
        }
      }
      long done = (now - start) / tickMillis;
      progress.ifPresent(shown -> shown.show(done));
      if (now > end - tickMillis) {
        return;
      }
      nextNanos = pace(nextNanos, tickMillis);
      advance(now, now + tickMillis);
    }
  }

  private void advance(long fromMillis, long toMillis) {
    for (SimulatedPlant plant : plants) {
      Operator operator = operators.get(plant);
      plant.advance(fromMillis, toMillis, operator == null ? Set.of() : operator.busy());
    }
  }

  private void awaitDone() throws InterruptedException {
    if (file.clock().speed().isEmpty()) {
      clock.awaitAllDone();
    } else if (!clock.awaitConnectedDone(LATE)) {
      LOG.warn("event=simulator.agent-late reason=\"an agent has not read all within 5 s\"");
    }
  }

  /** Waits until the next tick is due by system time; a late tick does not hurry those after it. */
  private long pace(long previousNanos, long tickMillis) throws InterruptedException {
    if (file.clock().speed().isEmpty()) {
      return previousNanos;
    }
    long due =
        previousNanos + TimeUnit.MILLISECONDS.toNanos(tickMillis) / file.clock().speed().getAsInt();
    long now = nanoTime.getAsLong();
    if (due > now) {
      TimeUnit.NANOSECONDS.sleep(due - now);
      return due;
    }
    return now;
  }

  private static Span span(SimulationFile file, Map<PlantModel, Slots> replays) {
    if (replays.isEmpty()) {
      return new Span(file.clock().start(), file.clock().tick(), file.until());
    }
    Slots first = replays.values().iterator().next();
    for (Slots other : replays.values()) {
      if (!other.start().equals(first.start()) || !other.end().equals(first.end())) {
        throw new ConfigurationException(
            file.file() + ": files that are replayed together must cover the same time");
      }
    }
    Instant end = file.until().filter(first.end()::isAfter).orElse(first.end());
    return new Span(first.start(), Duration.ofMillis(Slots.SLOT_MILLIS), Optional.of(end));
  }

  private Operator.Timetable timetable(boolean replay) {
    Duration cycle = file.cycle().orElse(replay ? WEEK : HOUR);
    Duration minute =
        span.tick().compareTo(Duration.ofMinutes(1)) > 0 ? span.tick() : Duration.ofMinutes(1);
    return new Operator.Timetable(
        span.start(), cycle, new Round.Pace(minute, replay ? ROAD : Duration.ZERO));
  }

  private static EnergySource energy(SimulationFile.Plant plant, Optional<Slots> slots) {
    PlantModel model = plant.plant().model();
    if (slots.isPresent() && plant.replay().isPresent()) {
      return new Replay(model, slots.get(), plant.replay().get().sharePercent());
    }
    return new LoadProfile(model, plant.load());
  }
}
