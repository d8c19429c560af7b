package io.tracegram.edge.device;

import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.LineAddress;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Modbus RTU devices behind a serial device server, of whose replies a test decides. */
public final class RtuPeer implements AutoCloseable {
  /** Gives the bytes to send for a request, with what a sound device would say. */
  interface Habit extends BiFunction<byte[], byte[], byte[]> {}

  private final Map<Integer, Integer> words = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final RawServer server = new RawServer(this::serve);
  private volatile Habit habit = (request, sound) -> sound;

  /** Registers of every unit. */
  public RtuPeer(MeterProfile profile, String serial, long energy) {
    for (RegisterDefinition register : profile.registers()) {
      byte[] bytes =
          switch (register.quantity()) {
            case ENERGY_IMPORT -> RegisterEncoder.encode(register, energy);
            case ENERGY_EXPORT, POWER -> RegisterEncoder.encode(register, 0);
            case SERIAL -> RegisterEncoder.encode(register, serial);
          };
      put(register, bytes);
    }
  }

  private void put(RegisterDefinition register, byte[] bytes) {
    for (int i = 0; i < register.words(); i++) {
      words.put(
          key(register.table().functionCode(), register.address() + i),
          (int) ByteBuffer.wrap(bytes).getShort(2 * i));
    }
  }

  void habit(Habit next) {
    habit = next;
  }

  /** Returns the units that were asked, in order, each request once. */
  public List<Integer> asked() {
    return requests.stream().map(request -> HexFormat.fromHexDigits(request, 0, 2)).toList();
  }

  public int connections() {
    return server.connections();
  }

  public HostPort address() {
    return server.address();
  }

  BusConnection bus(long timeoutMillis) {
    return new BusConnection(
        "hall",
        BusConnection.Protocol.MODBUS_RTU,
        new LineAddress.Tcp(server.address()),
        Duration.ofMillis(timeoutMillis),
        Duration.ofMillis(2));
  }

  private static int key(int function, int address) {
    return function << 16 | address;
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    for (byte[] request = in.readNBytes(8); request.length == 8; request = in.readNBytes(8)) {
      requests.add(HexFormat.of().formatHex(request));
      out.write(habit.apply(request, sound(request)));
    }
  }

  private byte[] sound(byte[] request) {
    int function = request[1];
    int address = ByteBuffer.wrap(request).getShort(2) & 0xFFFF;
    int count = request[5];
    ByteBuffer reply = ByteBuffer.allocate(3 + 2 * count);
    reply.put(request[0]).put(request[1]).put((byte) (2 * count));
    for (int i = 0; i < count; i++) {
      Integer word = words.get(key(function, address + i));
      if (word == null) {
        return sealed(request[0], (byte) (function | 0x80), (byte) 2);
      }
      reply.putShort(word.shortValue());
    }
    return sealed(reply.array());
  }

  /** Returns a frame with its checksum, computed bit by bit. */
  static byte[] sealed(byte... frame) {
    int crc = 0xFFFF;
    for (byte each : frame) {
      crc ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    return ByteBuffer.allocate(frame.length + 2)
        .put(frame)
        .put((byte) crc)
        .put((byte) (crc >> 8))
        .array();
  }

  public static long energyOf(Observation.Measured measured) {
    return measured.values().stream()
        .filter(value -> Quantity.ENERGY_IMPORT.register().orElseThrow() == value.register())
        .mapToLong(Observation.Value::baseUnits)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    server.close();
  }
}
