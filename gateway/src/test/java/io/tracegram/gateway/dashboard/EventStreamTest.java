package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final int MOST_STREAMS = 64;

  @Test
  void tellsWhatChangedAndNothingElse() throws Exception {
    SamplePlant plant = SamplePlant.atAfternoon();
    try (SampleGateway gateway = new SampleGateway(plant, 0);
        Socket stream = open(gateway)) {
      BufferedReader in = reader(stream);
      assertThat(next(in, "event: ")).isEqualTo("event: closed");
      assertThat(next(in, "data: ")).contains("\"asOf\":12032");
      assertThat(next(in, "event: ")).isEqualTo("event: now");
      plant.grow();
      assertThat(next(in, "event: ")).isEqualTo("event: now");
      assertThat(next(in, "data: ")).contains("\"asOf\":12033");
      plant.advance();
      assertThat(next(in, "event: ")).isEqualTo("event: closed");
    }
  }

  @Test
  void boundsItsStreamsAndTakesNewOnesWhenOthersLeave() throws Exception {
    try (SampleGateway gateway = new SampleGateway(SamplePlant.atAfternoon(), 0)) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < MOST_STREAMS; i++) {
        Socket stream = open(gateway);
        assertThat(status(stream)).contains("200");
        open.add(stream);
      }
      try (Socket refused = open(gateway)) {
        assertThat(status(refused)).contains("503");
      }
      open.getFirst().close();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                try (Socket again = open(gateway)) {
                  return status(again).contains("200");
                }
              });
      for (Socket stream : open) {
        stream.close();
      }
    }
  }

  private static Socket open(SampleGateway gateway) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(gateway.url()).getPort());
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String status(Socket stream) throws IOException {
    String line = reader(stream).readLine();
    return line == null ? "" : line;
  }

  private static BufferedReader reader(Socket stream) throws IOException {
    return new BufferedReader(
        new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader in, String prefix) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new IOException("the stream ended before a line that starts with " + prefix);
  }
}
