package io.tracegram.edge.device;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.tracegram.runtime.config.LineAddress;
import java.io.IOException;
import java.time.Duration;

/**
 * A serial port of this machine. Waits between looks instead of inside the driver, where a virtual
 * thread would hold its carrier.
 */
final class SerialByteLine implements ByteLine {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final SerialPort port;

  private SerialByteLine(SerialPort port) {
    this.port = port;
  }

  static SerialByteLine open(LineAddress.Serial address) throws IOException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(address.device());
    } catch (SerialPortInvalidPortException e) {
      throw new IOException("there is no such serial port", e);
    }
    port.setComPortParameters(address.baud(), 8, stopBits(address), parity(address));
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    if (!port.openPort(0)) {
      throw new IOException(
          "the serial port does not open, error "
              + port.getLastErrorCode()
              + ": see that this user may use it, and that no other program does");
    }
    return new SerialByteLine(port);
  }

  private static int stopBits(LineAddress.Serial address) {
    return address.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
  }

  private static int parity(LineAddress.Serial address) {
    return switch (address.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw new IOException("the serial port takes no bytes any more");
    }
  }

  @Override
  public int read(byte[] into, int from, Duration wait) throws IOException, InterruptedException {
    for (long looks = 1 + wait.dividedBy(BETWEEN_LOOKS); looks > 0; looks--) {
      int waiting = port.bytesAvailable();
      if (waiting < 0) {
        throw new IOException("the serial port is gone");
      }
      if (waiting > 0) {
        int count = port.readBytes(into, Math.min(waiting, into.length - from), from);
        if (count < 0) {
          throw new IOException("the serial port is gone");
        }
        return count;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return 0;
  }

  @Override
  public void close() {
    port.closePort();
  }
}
