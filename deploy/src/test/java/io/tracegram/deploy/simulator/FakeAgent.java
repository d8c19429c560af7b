package io.tracegram.deploy.simulator;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.ScannerConnection;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Does what an edge agent does towards a simulated plant, and keeps what it read in memory. */
final class FakeAgent implements AutoCloseable {
  private final String agent;
  private final PlantFile plant;
  private final int clockPort;
  private final List<String> scans = new CopyOnWriteArrayList<>();
  private final Map<String, List<Long>> energy = new HashMap<>();
  private final List<Long> ticks = new ArrayList<>();
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile long now;

  FakeAgent(String agent, PlantFile plant, int clockPort) {
    this.agent = agent;
    this.plant = plant;
    this.clockPort = clockPort;
  }

  void start() throws IOException {
    for (ScannerConnection scanner : plant.scanners()) {
      Socket socket = connect(scanner.address());
      Thread.ofVirtual().start(() -> quietly(() -> serve(scanner.id(), socket)));
    }
    Thread.ofVirtual().start(() -> quietly(this::live));
  }

  /** Waits for END and returns the plant times at which it read. */
  List<Long> awaitTicks() throws Exception {
    ended.get(120, TimeUnit.SECONDS);
    return List.copyOf(ticks);
  }

  /** Returns mWh by tick. */
  List<Long> energy(String meter) {
    return energy.getOrDefault(meter, List.of());
  }

  /** Returns {@code <minutes since the first tick> <scanner> <label> <weight>} in order. */
  List<String> scans() {
    return List.copyOf(scans);
  }

  private interface Work {
    void run() throws Exception;
  }

  private void quietly(Work work) {
    try {
      work.run();
    } catch (Exception e) {
      ended.completeExceptionally(e);
    }
  }

  private Socket connect(HostPort address) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port());
    open.add(socket);
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private void live() throws Exception {
    Map<MeterConnection, ModbusTcpClient> meters = new HashMap<>();
    CoapReader coap = new CoapReader();
    open.add(coap);
    for (MeterConnection meter : plant.meters()) {
      if (meter.access() instanceof MeterAccess.Coap access) {
        coap.add(meter, access);
      } else if (meter.access() instanceof MeterAccess.ModbusTcp access) {
        ModbusTcpClient client = MeterServerTest.client(access);
        open.add(client::disconnect);
        meters.put(meter, client);
      }
    }
    Socket clock = connect(new HostPort("127.0.0.1", clockPort));
    clock.getOutputStream().write(("HELLO " + agent + "\n").getBytes(StandardCharsets.US_ASCII));
    BufferedReader in = lines(clock);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("END")) {
        ended.complete(null);
        return;
      }
      now = Long.parseLong(line.substring("TICK ".length()));
      ticks.add(now);
      for (Map.Entry<MeterConnection, ModbusTcpClient> meter : meters.entrySet()) {
        Decoded read =
            MeterServerTest.read(
                meter.getValue(),
                (MeterAccess.ModbusTcp) meter.getKey().access(),
                Quantity.ENERGY_IMPORT);
        energy
            .computeIfAbsent(meter.getKey().id(), id -> new ArrayList<>())
            .add(((Decoded.Value) read).baseUnits());
      }
      coap.read()
          .forEach(
              (id, baseUnits) ->
                  energy.computeIfAbsent(id, known -> new ArrayList<>()).add(baseUnits));
      clock.getOutputStream().write(("DONE " + now + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    throw new IOException("the clock went away without END");
  }

  private void serve(String scanner, Socket socket) throws IOException {
    BufferedReader in = lines(socket);
    for (String label = in.readLine(); label != null; label = in.readLine()) {
      long minutes = TimeUnit.MILLISECONDS.toMinutes(now - ticks.getFirst());
      scans.add(minutes + " " + scanner + " " + label + " " + weight());
      socket.getOutputStream().write(0x06);
    }
  }

  private String weight() throws IOException {
    ScaleConnection scale = plant.scales().getFirst();
    try (Socket socket = connect(((LineAddress.Tcp) scale.line()).address())) {
      socket.getOutputStream().write("S\r\n".getBytes(StandardCharsets.US_ASCII));
      return String.valueOf(lines(socket).readLine()).replaceFirst("S S +", "");
    }
  }

  @Override
  public void close() {
    open.forEach(LoopbackListener::closeQuietly);
  }
}
