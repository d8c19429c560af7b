package io.tracegram.deploy.simulator;

import com.digitalpetri.modbus.Crc16;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Meters on one Modbus RTU bus behind a serial device server: each answers to its unit, nobody to
 * others or to a spoiled request. Thread-safe.
 */
final class RtuBusServer implements DeviceServer {
  private static final int REQUEST_BYTES = 8;
  private static final int CHECKSUM = 2;

  private final String name;
  private final HostPort listen;
  private final Map<Integer, RegisterBank> meters = new ConcurrentHashMap<>();
  private @Nullable LoopbackListener listener;

  RtuBusServer(String name, HostPort listen) {
    this.name = name;
    this.listen = listen;
  }

  void add(int unit, RegisterBank registers) {
    meters.put(unit, registers);
  }

  @Override
  public void start() throws IOException {
    listener = LoopbackListener.open(name, listen, this::serve);
  }

  @Override
  public void stop() {
    if (listener != null) {
      listener.close();
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    for (byte[] request = in.readNBytes(REQUEST_BYTES);
        request.length == REQUEST_BYTES;
        request = in.readNBytes(REQUEST_BYTES)) {
      if (isSound(request)) {
        socket.getOutputStream().write(reply(request));
      } else {
        // a device waits for silence; here that is what has come until now
        in.skipNBytes(in.available());
      }
    }
  }

  private byte[] reply(byte[] request) {
    RegisterBank registers = meters.get(request[0] & 0xFF);
    if (registers == null) {
      return new byte[0];
    }
    int address = ByteBuffer.wrap(request).getShort(2) & 0xFFFF;
    int quantity = ByteBuffer.wrap(request).getShort(4) & 0xFFFF;
    try {
      byte[] words =
          switch (request[1]) {
            case 0x03 ->
                registers.read(
                    Table.HOLDING, FunctionCode.READ_HOLDING_REGISTERS, address, quantity);
            case 0x04 ->
                registers.read(Table.INPUT, FunctionCode.READ_INPUT_REGISTERS, address, quantity);
            default -> throw illegalFunction();
          };
      return sealed(
          ByteBuffer.allocate(3 + words.length)
              .put(request, 0, 2)
              .put((byte) words.length)
              .put(words)
              .array());
    } catch (ModbusResponseException e) {
      return sealed(
          new byte[] {request[0], (byte) (request[1] | 0x80), (byte) e.getExceptionCode()});
    }
  }

  private static ModbusResponseException illegalFunction() {
    return new ModbusResponseException(0, 1);
  }

  private static boolean isSound(byte[] frame) {
    return checksum(frame, frame.length - CHECKSUM)
        == ByteBuffer.wrap(frame).getShort(frame.length - CHECKSUM);
  }

  private static byte[] sealed(byte[] frame) {
    return ByteBuffer.allocate(frame.length + CHECKSUM)
        .put(frame)
        .putShort(checksum(frame, frame.length))
        .array();
  }

  /** Returns the checksum, its low byte first, as it is sent. */
  private static short checksum(byte[] bytes, int length) {
    Crc16 crc = new Crc16();
    crc.update(ByteBuffer.wrap(bytes, 0, length));
    return Short.reverseBytes((short) crc.getValue());
  }
}
