package io.tracegram.edge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.RawServer;
import io.tracegram.edge.retry.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PlantClockTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Object> ticks = new CopyOnWriteArrayList<>();

  @Test
  void readsAtEachTickBeforeItSaysDoneAndStopsAtTheEnd() {
    try (RawServer server =
            new RawServer(
                socket -> {
                  BufferedReader in = reader(socket);
                  heard.add(in.readLine());
                  say(socket, "TICK 1000\n");
                  heard.add(in.readLine());
                  say(socket, "TICK 61000\n");
                  heard.add(in.readLine());
                  say(socket, "END\n");
                });
        PlantClock clock = clock(server)) {
      follow(clock);

      await().until(() -> ticks.contains("end"));
      assertThat(ticks).containsExactly(1_000L, 61_000L, "end");
      assertThat(heard).containsExactly("HELLO agent", "DONE 1000", "DONE 61000");
      assertThat(clock.millis()).isEqualTo(61_000);
    }
    assertThat(heard).hasSize(3);
  }

  @Test
  void comesBackToAClockThatBreaksOffAndNeverLetsTimeRunBackOrBeInvented() {
    try (RawServer server =
            new RawServer(
                socket -> {
                  say(socket, "TICK 5000\n");
                  reader(socket).lines().limit(2).forEach(heard::add);
                });
        PlantClock clock = clock(server)) {
      follow(clock);
      await().until(() -> clock.millis() == 5_000);

      for (String nonsense :
          List.of("TICK 4000\n", "TICK -1\n", "HTTP/1.1 200 OK\n", "x".repeat(5_000))) {
        int before = server.connections();
        server.script(socket -> say(socket, nonsense));
        await().until(() -> server.connections() > before + 1);
      }
      assertThat(clock.millis()).isEqualTo(5_000);
      assertThat(ticks).containsOnly(5_000L);
    }
  }

  private void follow(PlantClock clock) {
    clock.start(
        new PlantClock.Listener() {
          @Override
          public void tick() {
            ticks.add(clock.millis());
          }

          @Override
          public void end() {
            ticks.add("end");
          }
        });
  }

  private static PlantClock clock(RawServer server) {
    return new PlantClock(
        "agent",
        server.address(),
        new Backoff(Duration.ofMillis(2), Duration.ofMillis(10), new Random(1)));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
  }
}
