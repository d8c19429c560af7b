package io.tracegram.edge;

import io.tracegram.edge.device.Profiles;
import io.tracegram.edge.device.RawServer;
import io.tracegram.edge.device.SimulatedMeter;
import io.tracegram.edge.device.llrp.FakeReader;
import io.tracegram.runtime.config.AgentFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two meters, a scale, a scanner, a portal and a plant clock, all on real sockets. */
final class FakePlant implements AutoCloseable {
  final SimulatedMeter main = new SimulatedMeter(Profiles.meter("schneider/iem3155"), "1409876543");
  final SimulatedMeter calciner = new SimulatedMeter(Profiles.meter("eastron/sdm630"), "22304715");

  final FakeReader reader = new FakeReader();

  private final RawServer scale = new RawServer(FakePlant::weigh);
  private final RawServer scanner = new RawServer(this::scanner);
  private final RawServer clock = new RawServer(this::clock);
  private final BlockingQueue<String> labels = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private final BlockingDeque<String> ticks = new LinkedBlockingDeque<>();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  /** Sends a tick and returns what the agent answers to it. */
  @Nullable String tick(long millis) throws InterruptedException {
    ticks.add("TICK " + millis);
    return done.poll(20, TimeUnit.SECONDS);
  }

  void end() {
    ticks.add("END");
  }

  /** Scans a label and returns the agent's one-byte answer. */
  int scan(String line) throws InterruptedException {
    labels.add(line + "\r\n");
    Integer answer = answers.poll(20, TimeUnit.SECONDS);
    return answer == null ? -1 : answer;
  }

  /** Writes the plant's and the agent's file and loads them. */
  AgentFile agentFile(Path directory, int gatewayPort, boolean simulatedTime) throws IOException {
    Files.writeString(
        directory.resolve("plant.yaml"),
        """
        facility: {id: refinery, name: R, operator: refinery.example, timeZone: Europe/Helsinki, simulated: true}
        agents: [refinery-agent]
        grid:
          factor: {id: grid-fi, kgCo2ePerKwh: "0.03589", edition: "2024", boundary: generation, gwp: AR5, source: s, licence: l}
        workstations:
          - {id: dock, name: Dock}
        meters:
          - {id: main, name: Grid, role: grid-import, profile: schneider/iem3155, address: "tcp://%s", unit: 1, serial: "1409876543", accuracyClass: "0.5", maxPowerKw: 2000, minGapMillis: 0}
          - {id: calciner-meter, name: C, parent: main, role: consumption, workstation: dock, profile: eastron/sdm630, address: "tcp://%s", unit: 1, serial: "22304715", accuracyClass: "1", maxPowerKw: 1500, minGapMillis: 0}
        scales:
          - {id: floor-scale, profile: mettler-toledo/mt-sics, address: "tcp://%s"}
        scanners:
          - {id: dock-in, workstation: dock, step: receive, scale: floor-scale, address: "tcp://%s"}
        portals:
          - {id: gate, workstation: dock, step: ship, destination: cell-plant, visit: 24h, address: "tcp://%s"}
        materials:
          - {gtin: "09520000000011", name: Cobalt hydroxide}
        """
            .formatted(
                main.address(),
                calciner.address(),
                scale.address(),
                scanner.address(),
                reader.address()));
    Path file = directory.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        agent: refinery-agent
        plant: plant.yaml
        data: data
        broker: tcp://127.0.0.1:%d
        gatewayKey: gateway.pub
        poll: 1s
        """
                .formatted(gatewayPort)
            + (simulatedTime ? "clock: {plant: \"tcp://" + clock.address() + "\"}\n" : ""));
    return AgentFile.load(file, Profiles.CATALOG).orThrow();
  }

  private static void weigh(Socket socket) throws IOException {
    BufferedReader in = reader(socket);
    while ("S".equals(in.readLine())) {
      say(socket, "S S    25.000 kg\r\n");
    }
  }

  private void scanner(Socket socket) throws IOException {
    try {
      while (true) {
        say(socket, labels.take());
        answers.add(socket.getInputStream().read());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clock(Socket socket) throws IOException {
    BufferedReader in = reader(socket);
    in.readLine();
    try {
      while (true) {
        String tick = ticks.take();
        String answer = tell(socket, in, tick);
        if (answer == null) {
          // this agent is gone: the tick is for the next one
          ticks.addFirst(tick);
          return;
        }
        done.add(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable String tell(Socket socket, BufferedReader in, String tick) {
    try {
      say(socket, tick + "\n");
      return tick.startsWith("TICK") ? in.readLine() : "";
    } catch (IOException e) {
      return null;
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    reader.close();
    clock.close();
    scanner.close();
    scale.close();
    calciner.close();
    main.close();
  }
}
