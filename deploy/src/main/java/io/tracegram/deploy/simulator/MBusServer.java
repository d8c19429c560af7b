package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.MBusEncoder;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Meters on one M-Bus behind a level converter with a socket: each answers to its primary address,
 * nobody to others or to what is no request. Thread-safe.
 */
final class MBusServer implements DeviceServer {
  private static final int REQUEST_BYTES = 5;
  private static final int SND_NKE = 0x40;
  private static final int REQ_UD2 = 0x5B;
  private static final int FRAME_COUNT_BIT = 0x20;
  private static final String DEFAULT_SERIAL = "10000001";

  private final String name;
  private final HostPort listen;
  private final Map<Integer, byte[]> telegrams = new ConcurrentHashMap<>();
  private @Nullable LoopbackListener listener;

  MBusServer(String name, HostPort listen) {
    this.name = name;
    this.listen = listen;
  }

  /**
   * Returns a meter's display.
   *
   * @param unit primary address
   * @param declaredSerial empty if none is declared
   */
  MeterDisplay add(MBusProfile profile, int unit, String declaredSerial) {
    String serial = declaredSerial.isEmpty() ? DEFAULT_SERIAL : declaredSerial;
    MeterDisplay display =
        (energy, power) ->
            telegrams.put(
                unit,
                MBusEncoder.encode(
                    profile,
                    unit,
                    serial,
                    Map.of(Quantity.ENERGY_IMPORT, energy, Quantity.POWER, power)));
    display.show(0, 0);
    return display;
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
      int control = request[1] & ~FRAME_COUNT_BIT;
      int unit = request[2] & 0xFF;
      byte[] telegram = telegrams.get(unit);
      if (!Arrays.equals(request, MBusFrame.ofShort(request[1] & 0xFF, unit))) {
        in.skipNBytes(in.available());
      } else if (telegram != null && control == SND_NKE) {
        socket.getOutputStream().write(MBusFrame.ACK);
      } else if (telegram != null && control == (REQ_UD2 & ~FRAME_COUNT_BIT)) {
        socket.getOutputStream().write(telegram);
      }
    }
  }
}
