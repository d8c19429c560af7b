package io.tracegram.deploy.bench;

import io.tracegram.runtime.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures one agent that reads a thousand points: a process of its own as the launcher starts it,
 * with its devices in another process and its gateway in a third. Single-threaded to its caller.
 */
public final class EdgeBench {
  /** Fits beside other things on a small machine; the same stands in {@code deploy/tracegram}. */
  private static final List<String> AGENT_OPTIONS =
      List.of(
          "-Xms8m", "-Xmx40m", "-Xmn8m", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders");

  private static final int WARM_UP_INTERVALS = 3;
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Path directory;
  private final EdgePlant plant;
  private final String launcher;
  private final Consumer<String> talk;

  /** What is measured. */
  public record Load(int points, int busMeters, Duration poll) {
    /** What issue 6 asks for. */
    public static final Load FULL = new Load(1_000, 32, Duration.ofSeconds(10));
  }

  /**
   * @param launcher {@code deploy/tracegram}, empty to start Java as that does
   * @param talk told how far it is
   */
  public EdgeBench(Path directory, Load load, String launcher, Consumer<String> talk) {
    this.directory = directory;
    this.plant =
        new EdgePlant(
            Math.ceilDiv(load.points(), EdgePlant.POINTS_PER_METER), load.busMeters(), load.poll());
    this.launcher = launcher;
    this.talk = talk;
  }

  /**
   * Measures for so long, after a warm-up.
   *
   * @throws IOException if a program does not start, or an outage spoils the measurement
   */
  public EdgeResult run(Duration measured) throws IOException, InterruptedException {
    List<Process> programs = new ArrayList<>();
    try {
      Process devices =
          BenchProcess.launch(
              EdgeDevices.class,
              "256m",
              Integer.toString(plant.tcpMeters()),
              Integer.toString(plant.busMeters()));
      programs.add(devices);
      try (BufferedReader said = devices.inputReader(StandardCharsets.UTF_8);
          PrintWriter tell = new PrintWriter(devices.outputWriter(StandardCharsets.UTF_8), true)) {
        List<Integer> ports =
            Arrays.stream(BenchProcess.expect(said, "READY ").substring(6).split(" ", -1))
                .map(Integer::valueOf)
                .toList();
        int http = free();
        plant.write(directory, ports, http, free());
        programs.add(launch(List.of(), "gateway"));
        awaitReadings(http, 0);
        Process agent = launch(AGENT_OPTIONS, "agent");
        programs.add(agent);
        awaitReadings(http, 1);
        talk.accept("warming up …");
        watch(agent, plant.poll().multipliedBy(WARM_UP_INTERVALS));
        return measure(agent, http, measured, new Devices(said, tell));
      }
    } finally {
      for (Process program : programs.reversed()) {
        program.destroy();
        if (!program.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
          program.destroyForcibly().waitFor();
        }
      }
    }
  }

  private record Devices(BufferedReader said, PrintWriter tell) {
    /** Returns when each meter was polled, by its name. */
    Map<String, List<Long>> polls() throws IOException {
      tell.println("REPORT");
      Map<String, List<Long>> polls = new TreeMap<>();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.equals("END")) {
          return polls;
        }
        String[] words = line.split(" ", -1);
        polls.put(words[1], Arrays.stream(words).skip(2).map(Long::valueOf).toList());
      }
      throw new IOException("the devices ended");
    }
  }

  private EdgeResult measure(Process agent, int http, Duration measured, Devices devices)
      throws IOException, InterruptedException {
    talk.accept("measuring for " + measured.toSeconds() + " s …");
    devices.tell().println("MEASURE");
    long readingsBefore = readings(http);
    ProcessUsage before = ProcessUsage.of(agent.pid());
    long begun = System.nanoTime();
    long resident = watch(agent, measured);
    ProcessUsage after = ProcessUsage.of(agent.pid());
    double seconds = (System.nanoTime() - begun) / 1e9;
    long readings = readings(http) - readingsBefore;
    Map<String, List<Long>> polls = devices.polls();
    return new EdgeResult(
        EdgePlant.POINTS_PER_METER * (plant.tcpMeters() + 2 * plant.busMeters()),
        plant.poll().toSeconds(),
        seconds,
        readings,
        resident,
        after.cpuNanos() - before.cpuNanos(),
        schedule(polls, "tcp-"),
        schedule(polls, "whole-"),
        schedule(polls, "broken-"));
  }

  private PollSchedule schedule(Map<String, List<Long>> polls, String group) {
    Collection<List<Long>> ofGroup =
        polls.entrySet().stream()
            .filter(meter -> meter.getKey().startsWith(group))
            .map(Map.Entry::getValue)
            .toList();
    return PollSchedule.of(ofGroup, plant.poll().toNanos());
  }

  /** Looks at a program for a time, and returns the most memory it had, bytes. */
  private static long watch(Process program, Duration time)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long most = 0;
    while (System.nanoTime() - end < 0) {
      if (program.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the agent ended with " + program.exitValue());
      }
      most = Math.max(most, ProcessUsage.of(program.pid()).residentBytes());
    }
    return most;
  }

  private Process launch(List<String> options, String command) throws IOException {
    List<String> line = new ArrayList<>();
    if (launcher.isEmpty()) {
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(options);
      line.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              "io.tracegram.deploy.cli.Tracegram"));
    } else {
      line.add(launcher);
    }
    line.add(command);
    line.add(directory.resolve(command + ".yaml").toString());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(command + ".log").toFile())
        .start();
  }

  private void awaitReadings(int http, long least) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (readings(http) < least) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("nothing is ready after " + START.toSeconds() + " s; see above");
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  /** Returns how many readings a gateway has admitted, −1 if it does not answer. */
  private static long readings(int http) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI facility = URI.create("http://127.0.0.1:" + http + "/api/v1/facility");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(facility).build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Json.parse(answer.body()).path("readings").asLong() : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
