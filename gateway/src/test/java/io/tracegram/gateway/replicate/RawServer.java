package io.tracegram.gateway.replicate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP server by hand, which answers with whatever bytes its script writes, well-formed or not.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Script script;

  /** Writes an answer; the connection is closed when it returns. */
  interface Script {
    void answer(String path, String body, OutputStream out)
        throws IOException, InterruptedException;
  }

  RawServer(Script script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Returns the paths that were asked for. */
  List<String> asked() {
    return asked;
  }

  /** Makes an answer in due form. */
  static byte[] answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (head(status, "Content-Length: " + bytes.length) + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a status line with one header. */
  static String head(int status, String header) {
    return "HTTP/1.1 " + status + " Whatever\r\n" + header + "\r\nConnection: close\r\n\r\n";
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String request = line(in);
      int length = 0;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      String path = request.replaceAll("^\\S+ (\\S+) .*$", "$1");
      asked.add(path);
      script.answer(path, body, client.getOutputStream());
    } catch (IOException e) {
      // the client had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
