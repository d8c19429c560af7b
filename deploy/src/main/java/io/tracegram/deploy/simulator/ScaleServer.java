package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A floor scale that speaks MT-SICS levels 0 and 1 in steps of 10 g, up to 2,000 kg. Thread-safe.
 */
final class ScaleServer {
  private static final long CAPACITY_GRAMS = 2_000_000;
  private static final int MAX_COMMAND = 64;
  private static final String SERIAL = "DEMO-0001";

  private final HostPort listen;
  private volatile Pan pan = new Pan(0, Motion.STILL);
  private volatile long tareGrams;
  private Optional<LoopbackListener> listener = Optional.empty();

  /** Whether what lies on the scale has come to rest. */
  enum Motion {
    STILL,
    MOVING
  }

  /**
   * What lies on the scale.
   *
   * @param grams gross weight, g
   */
  record Pan(long grams, Motion motion) {}

  ScaleServer(HostPort listen) {
    this.listen = listen;
  }

  void start() throws IOException {
    listener = Optional.of(LoopbackListener.open("scale", listen, this::converse));
  }

  int port() {
    return listener.orElseThrow().port();
  }

  void stop() {
    listener.ifPresent(LoopbackListener::close);
  }

  void load(Pan loaded) {
    pan = loaded;
  }

  private void converse(Socket socket) throws IOException {
    BoundedLines commands = new BoundedLines(socket.getInputStream(), MAX_COMMAND);
    OutputStream out = socket.getOutputStream();
    Optional<String> command = commands.next();
    while (command.isPresent()) {
      out.write((reply(command.get()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      command = commands.next();
    }
  }

  private String reply(String command) {
    return switch (command) {
      case "S" -> weight("S", pan, false);
      case "SI" -> weight("S", pan, true);
      case "Z" -> zero(pan);
      case "T" -> tare(pan);
      case "I2" -> "I2 A \"DEMO simulated scale 2000 kg\"";
      case "I4" -> "I4 A \"" + SERIAL + "\"";
      default -> "ES";
    };
  }

  /**
   * @param immediately whether a weight in motion is told as it is
   */
  private String weight(String command, Pan now, boolean immediately) {
    if (now.grams() > CAPACITY_GRAMS) {
      return command + " +";
    }
    if (now.grams() < 0) {
      return command + " -";
    }
    return switch (now.motion()) {
      case STILL -> command + " S " + kilograms(now.grams() - tareGrams);
      case MOVING ->
          immediately ? command + " D " + kilograms(now.grams() - tareGrams) : command + " I";
    };
  }

  private String zero(Pan now) {
    if (now.motion() == Motion.MOVING || now.grams() != 0) {
      return "Z I";
    }
    tareGrams = 0;
    return "Z A";
  }

  private String tare(Pan now) {
    if (now.motion() == Motion.MOVING || now.grams() > CAPACITY_GRAMS || now.grams() < 0) {
      return "T I";
    }
    tareGrams = now.grams();
    return "T S " + kilograms(now.grams());
  }

  /** Returns the weight in ten columns, as MT-SICS aligns it. */
  private static String kilograms(long grams) {
    return String.format(
        Locale.ROOT, "%10s kg", BigDecimal.valueOf(Math.floorDiv(grams, 10), 2).toPlainString());
  }
}
