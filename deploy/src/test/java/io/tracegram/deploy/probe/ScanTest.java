package io.tracegram.deploy.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.device.RegisterReader;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** At a meter that writes down what it is asked. */
class ScanTest {
  private static final Duration GAP = Duration.ofMillis(20);

  /**
   * @param restedNanos since the last answer
   */
  private record Asked(int function, int address, int count, long restedNanos) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  @Test
  void asksForNothingButRegistersAndNeverSoonerThanTheMeterCanBear() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        RegisterReader device =
            RegisterReader.of(
                new HostPort("127.0.0.1", server.getLocalPort()), 1, GAP, System::nanoTime)) {
      Thread.ofVirtual().start(() -> serve(server));

      Scan.Result read =
          new Scan(device, 8, address -> {}).read(Table.INPUT, new AddressRange(0, 31));

      assertThat(read.stopped()).isEmpty();
      // all but the one that the meter does not have
      assertThat(read.image().addresses()).hasSize(31).doesNotContain(13);
      assertThat(read.image().words()).containsEntry(12, 12).containsEntry(14, 14);
      assertThat(asked)
          .allSatisfy(
              each -> {
                assertThat(each.function()).isEqualTo(4);
                assertThat(each.count()).isBetween(1, 8);
                assertThat(each.restedNanos()).isGreaterThanOrEqualTo(GAP.toNanos());
              });
      assertThat(asked).hasSizeLessThan(12);
    }
  }

  private void serve(ServerSocket server) {
    long answered = System.nanoTime() - Duration.ofDays(1).toNanos();
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        ByteBuffer request = ByteBuffer.wrap(in.readNBytes(12));
        if (request.remaining() < 12) {
          return;
        }
        int function = request.get(7);
        int address = request.getShort(8);
        int count = request.getShort(10);
        asked.add(new Asked(function, address, count, System.nanoTime() - answered));
        answered = System.nanoTime();
        socket.getOutputStream().write(answer(request, function, address, count));
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  private static byte[] answer(ByteBuffer request, int function, int address, int count) {
    boolean refused = address <= 13 && 13 < address + count;
    ByteBuffer answer = ByteBuffer.allocate(refused ? 9 : 9 + 2 * count);
    answer.putInt(request.getInt(0)).putShort((short) (answer.capacity() - 6)).put(request.get(6));
    if (refused) {
      return answer.put((byte) (function | 0x80)).put((byte) 2).array();
    }
    answer.put((byte) function).put((byte) (2 * count));
    for (int i = 0; i < count; i++) {
      answer.putShort((short) (address + i));
    }
    return answer.array();
  }
}
