package io.tracegram.deploy.bench;

import com.digitalpetri.modbus.Crc16;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterEncoder;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The devices of an {@link EdgePlant}, in a process of their own: prints {@code READY <ports>};
 * {@code MEASURE} on its input forgets what came, {@code REPORT} prints for each meter when its
 * polls came, and the input's end ends it. A bus takes the time of a line of 9600 baud.
 */
public final class EdgeDevices {
  private static final double NANOS_PER_BYTE = 11e9 / 9_600;
  private static final int CHECKSUM = 2;
  private static final long WATTS = 10_000;

  private final MeterProfile profile;
  private final long started = System.nanoTime();
  private final Map<String, List<Long>> polls = new ConcurrentHashMap<>();

  private EdgeDevices(MeterProfile profile) {
    this.profile = profile;
  }

  public static void main(String[] arguments) throws IOException {
    EdgePlant plant =
        new EdgePlant(
            Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Duration.ofSeconds(10));
    ProfileCatalog catalog = ProfileCatalog.bundled();
    EdgeDevices tcp =
        new EdgeDevices((MeterProfile) catalog.find(EdgePlant.TCP_PROFILE).orElseThrow());
    EdgeDevices bus =
        new EdgeDevices((MeterProfile) catalog.find(EdgePlant.BUS_PROFILE).orElseThrow());
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < plant.addresses(); i++) {
      String address = "tcp-" + i + "-";
      ports.add(listen(socket -> tcp.serveTcp(socket, address)));
    }
    ports.add(listen(socket -> bus.serveBus(socket, "whole-", -1)));
    ports.add(listen(socket -> bus.serveBus(socket, "broken-", plant.deadUnit())));
    System.out.println(
        "READY " + ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "MEASURE" -> {
          tcp.polls.clear();
          bus.polls.clear();
        }
        case "REPORT" -> {
          tcp.report();
          bus.report();
          System.out.println("END");
        }
        default -> throw new IOException("nobody says " + line);
      }
    }
    System.exit(0);
  }

  private void report() {
    polls.forEach(
        (meter, arrivals) -> {
          synchronized (arrivals) {
            System.out.println(
                "POLLS "
                    + meter
                    + " "
                    + arrivals.stream().map(String::valueOf).collect(Collectors.joining(" ")));
          }
        });
  }

  private interface Service {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private static int listen(Service service) throws IOException {
    ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(server, service));
    return server.getLocalPort();
  }

  private static void accept(ServerSocket server, Service service) {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket, service));
      } catch (IOException e) {
        throw new IllegalStateException("the devices cannot be reached", e);
      }
    }
  }

  private static void serve(Socket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      return; // the agent hung up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveTcp(Socket socket, String address) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      byte[] request = new byte[12];
      in.readFully(request);
      ByteBuffer asked = ByteBuffer.wrap(request);
      arrived(address + request[6], asked.getShort(8) & 0xFFFF);
      byte[] words = words(asked.getShort(8) & 0xFFFF, asked.getShort(10));
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(9 + words.length)
                  .putInt(asked.getInt(0))
                  .putShort((short) (3 + words.length))
                  .put(request, 6, 2)
                  .put((byte) words.length)
                  .put(words)
                  .array());
    }
  }

  private void serveBus(Socket socket, String bus, int dead)
      throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      byte[] request = new byte[8];
      in.readFully(request);
      ByteBuffer asked = ByteBuffer.wrap(request);
      if (request[0] == dead) {
        continue;
      }
      arrived(bus + request[0], asked.getShort(2) & 0xFFFF);
      byte[] words = words(asked.getShort(2) & 0xFFFF, asked.getShort(4));
      ByteBuffer reply = ByteBuffer.allocate(3 + words.length + CHECKSUM);
      reply.put(request, 0, 2).put((byte) words.length).put(words);
      Crc16 crc = new Crc16();
      crc.update(ByteBuffer.wrap(reply.array(), 0, reply.position()));
      reply.putShort(Short.reverseBytes((short) crc.getValue()));
      Thread.sleep(Duration.ofNanos((long) ((request.length + reply.capacity()) * NANOS_PER_BYTE)));
      socket.getOutputStream().write(reply.array());
    }
  }

  /** Notes a request that begins a poll: that for the power. */
  private void arrived(String meter, int address) {
    if (address == profile.register(Quantity.POWER).orElseThrow().address()) {
      List<Long> arrivals = polls.computeIfAbsent(meter, unused -> new ArrayList<>());
      synchronized (arrivals) {
        arrivals.add(System.nanoTime() - started);
      }
    }
  }

  /** Returns registers of a meter that takes 10 kW. */
  private byte[] words(int address, int count) {
    ByteBuffer words = ByteBuffer.allocate(2 * count);
    for (RegisterDefinition register : profile.registers()) {
      int offset = 2 * (register.address() - address);
      if (offset >= 0 && offset < words.capacity()) {
        byte[] bytes = bytes(register);
        words.put(offset, bytes, 0, Math.min(bytes.length, words.capacity() - offset));
      }
    }
    return words.array();
  }

  private byte[] bytes(RegisterDefinition register) {
    long milliwattSeconds = (System.nanoTime() - started) / 1_000_000 * WATTS;
    return switch (register.quantity()) {
      case ENERGY_IMPORT ->
          RegisterEncoder.encode(register, 1_000_000_000L + milliwattSeconds / 3_600);
      case POWER -> RegisterEncoder.encode(register, WATTS * 1_000);
      case SERIAL -> RegisterEncoder.encode(register, "10000001");
      default -> new byte[2 * register.words()];
    };
  }
}
