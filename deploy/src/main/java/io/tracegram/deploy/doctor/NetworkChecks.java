package io.tracegram.deploy.doctor;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;

/** What listens where. Stateless. */
final class NetworkChecks {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /**
   * CONNECT (MQTT 5 §3.1) by a name of its own: by an agent's it could push that agent's session
   * aside. A gateway refuses it, which is an answer too.
   */
  private static final byte[] GREETING =
      HexFormat.of()
          .parseHex(
              "101d"
                  + "00044d515454"
                  + "05"
                  + "02"
                  + "000a"
                  + "00"
                  + "0010"
                  + "747261636567"
                  + "72616d20646f63746f72");

  private static final int CONNACK = 0x20;

  private NetworkChecks() {}

  /** Says whether a broker answers. */
  static Check broker(HostPort address) {
    String name = "broker " + address;
    return new Check(name, () -> answers(name, address));
  }

  private static Finding answers(String name, HostPort address) {
    String fix = "start the gateway (deploy/tracegram gateway FILE), or correct 'broker'";
    try (Socket socket = connected(address)) {
      socket.getOutputStream().write(GREETING);
      InputStream in = socket.getInputStream();
      int first = in.read();
      return first >= 0 && (first & 0xF0) == CONNACK
          ? Finding.fine(name, "answers MQTT")
          : Finding.bad(name, "something listens there that is no MQTT broker", fix);
    } catch (SocketTimeoutException e) {
      return Finding.bad(name, "no answer within " + ANSWER.toSeconds() + " s", fix);
    } catch (IOException e) {
      return Finding.bad(name, String.valueOf(e.getMessage()), fix);
    }
  }

  private static Socket connected(HostPort address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout((int) ANSWER.toMillis());
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) ANSWER.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Says whether a device takes connections, where more would disturb it. */
  static Check takesConnections(String device, HostPort address) {
    return new Check(
        device,
        () -> {
          try (Socket socket = connected(address)) {
            return Finding.fine(device, "takes connections at " + socket.getRemoteSocketAddress());
          } catch (IOException e) {
            return Finding.bad(
                device,
                "cannot connect to " + address + " (" + e.getMessage() + ")",
                "check its supply, cable and address, and that no other program holds it");
          }
        });
  }

  /** Says whether a gateway's port for pages is free, or its own. */
  static Check http(HostPort address) {
    String name = "port http " + address;
    return new Check(
        name,
        () -> {
          if (isFree(address)) {
            return Finding.fine(name, "free: the gateway does not run");
          }
          return isGateway(address)
              ? Finding.fine(name, "a gateway runs there and answers /health/ready")
              : taken(name, address);
        });
  }

  /** Says whether a gateway's port for statements is free, or that of a gateway that runs. */
  static Check mqtt(HostPort address, HostPort http) {
    String name = "port mqtt " + address;
    return new Check(
        name,
        () -> {
          if (isFree(address)) {
            return isFree(http)
                ? Finding.fine(name, "free: the gateway does not run")
                : Finding.warning(
                    name, "nothing listens there", "what runs at " + http + " is not this gateway");
          }
          return isGateway(http) ? answers(name, address) : taken(name, address);
        });
  }

  private static Finding taken(String name, HostPort address) {
    return Finding.bad(
        name,
        "another program has the port, or a gateway that is not ready",
        "see which one with ss -ltnp 'sport = :" + address.port() + "'");
  }

  private static boolean isFree(HostPort address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address.host(), address.port()));
      return true;
    } catch (IOException e) {
      return false; // taken
    }
  }

  private static boolean isGateway(HostPort address) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      URI health = URI.create("http://" + reachable(address) + "/health/ready");
      HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it speaks no HTTP
    }
  }

  /** Who listens everywhere is asked here. */
  private static HostPort reachable(HostPort address) {
    return switch (address.host()) {
      case "0.0.0.0" -> new HostPort("127.0.0.1", address.port());
      case "::" -> new HostPort("::1", address.port());
      default -> address;
    };
  }
}
