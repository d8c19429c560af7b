package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.retry.Backoff;
import io.tracegram.ledger.evidence.statement.Feedback;
import io.tracegram.ledger.quantity.Mass;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpScannerTest {
  private static final int ACK = 0x06;
  private static final int NAK = 0x15;
  private static final String LABEL = "]Q3010952000000001110LOT1";
  private static final Observation.Scanned SCANNED =
      new Observation.Scanned("dock-in", "Q3", "010952000000001110LOT1");

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
  private final BlockingQueue<Integer> answers = new ArrayBlockingQueue<>(10);
  private final List<Observation> kept = new CopyOnWriteArrayList<>();
  private final List<Observation> noted = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> shown = new ArrayBlockingQueue<>(10);
  private final List<TcpScanner> scanners = new ArrayList<>();
  private boolean displays;
  private volatile boolean room = true;
  private volatile Observation onScale =
      new Observation.Weighed("floor-scale", new Mass(25_000_000));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void acknowledgesALabelOnlyAfterScanAndWeightAreKeptTogether() throws InterruptedException {
    scanner(Optional.of(new FakeScale()));

    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);
    assertThat(kept).containsExactly(SCANNED, onScale);
  }

  @Test
  void refusesALineThatIsNotGs1WithAnExcerptThatIsSafeToShow() throws InterruptedException {
    scanner(Optional.empty());

    assertThat(scan("]Q1<script>\u0007\r\n")).isEqualTo(NAK);
    assertThat(scan("just a number\n")).isEqualTo(NAK);
    assertThat(kept).isEmpty();
    assertThat(refusals())
        .satisfiesExactly(
            first -> {
              assertThat(first.code()).isEqualTo("scan.not-gs1");
              assertThat(first.reason()).startsWith("\"]Q1<script>\\x07\": a plain QR code");
            },
            second -> assertThat(second.reason()).contains("transmit AIM code ID"));
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);
  }

  @Test
  void refusesAnEndlessLineAndTakesTheNextOne() throws InterruptedException {
    scanner(Optional.empty());

    assertThat(scan("]Q3" + "9".repeat(100_000) + "\r\n")).isEqualTo(NAK);
    assertThat(refusals().getFirst().code()).isEqualTo("scan.too-long");
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);
    assertThat(kept).containsExactly(SCANNED);
  }

  @Test
  void keepsNothingOfAScanWhoseWeightIsRefused() throws InterruptedException {
    scanner(Optional.of(new FakeScale()));
    onScale = new Observation.Refused("floor-scale", "weight.unstable", "still moves");

    assertThat(scan(LABEL + "\r\n")).isEqualTo(NAK);
    assertThat(kept).isEmpty();
    assertThat(refusals()).containsExactly((Observation.Refused) onScale);
  }

  @Test
  void countsEveryScanThatADeadScaleCosts() throws InterruptedException {
    scanner(Optional.of(new FakeScale()));
    onScale = new Observation.Bad("floor-scale", "scale.timeout", "silent");

    assertThat(scan(LABEL + "\r\n")).isEqualTo(NAK);
    assertThat(scan(LABEL + "\r\n")).isEqualTo(NAK);
    assertThat(refusals()).hasSize(2).allMatch(each -> each.code().equals("scan.no-weight"));
    assertThat(noted).contains(onScale);
  }

  @Test
  void refusesAScanThatTheOutboxCannotTake() throws InterruptedException {
    scanner(Optional.empty());
    room = false;
    assertThat(scan(LABEL + "\r\n")).isEqualTo(NAK);
  }

  @Test
  void saysWhenTheScannerIsGoneAndComesBackToIt() throws InterruptedException {
    RawServer server = scanner(Optional.empty());
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);

    lines.add("]Q3half a la");
    lines.add("");
    await().until(() -> server.connections() == 2);
    assertThat(refusals()).anyMatch(each -> each.code().equals("scan.truncated"));
    assertThat(noted).anyMatch(Observation.Bad.class::isInstance);
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);
  }

  @Test
  void keepsAnActionCardWithoutItsWeight() throws InterruptedException {
    scanner(Optional.of(new FakeScale()));

    assertThat(scan("]Q1TGM:START\r\n")).isEqualTo(ACK);
    assertThat(kept).containsExactly(new Observation.Scanned("dock-in", "Q1", "TGM:START"));
  }

  @Test
  void showsWhatBecameOfAScanOnADisplayInOneSafeLine() throws InterruptedException {
    displays = true;
    scanner(Optional.empty());
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);

    scanners
        .getFirst()
        .tell(feedback(Feedback.Verdict.REFUSED, "Refused: too\r\nmuch \u2192 less"));
    lines.add("show");
    assertThat(shown.poll(5, TimeUnit.SECONDS)).isEqualTo("NO Refused: too??much ? less");

    scanners.getFirst().tell(feedback(Feedback.Verdict.ACCEPTED, "x".repeat(500)));
    lines.add("show");
    assertThat(shown.poll(5, TimeUnit.SECONDS)).isEqualTo("OK " + "x".repeat(200));
  }

  @Test
  void sendsNothingToAScannerWithoutADisplay() throws InterruptedException {
    scanner(Optional.empty());
    assertThat(scan(LABEL + "\r\n")).isEqualTo(ACK);

    scanners.getFirst().tell(feedback(Feedback.Verdict.REFUSED, "no"));
    assertThat(scan("nothing\r\n")).as("the next byte is the next answer").isEqualTo(NAK);
  }

  private static Feedback feedback(Feedback.Verdict verdict, String text) {
    return new Feedback("dock-in", 1, 2, verdict, text, "");
  }

  private RawServer scanner(Optional<Scale> scale) {
    RawServer server = new RawServer(this::serve);
    TcpScanner scanner =
        new TcpScanner(
            new TcpScanner.Settings("dock-in", server.address(), true, displays, 1_024),
            scale,
            new Handler(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), new Random(1)),
            System::nanoTime);
    open.add(scanner);
    scanners.add(scanner);
    open.add(server);
    scanner.start();
    return server;
  }

  /** Sends each queued line; an empty one hangs up. */
  private void serve(Socket socket) throws java.io.IOException {
    try {
      for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
        if (!line.equals("show")) {
          socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (line.equals("show")) {
          shown.add(
              new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                  .readLine());
        } else if (line.endsWith("\n")) {
          answers.add(socket.getInputStream().read());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int scan(String line) throws InterruptedException {
    lines.add(line);
    Integer answer = answers.poll(5, TimeUnit.SECONDS);
    return answer == null ? -1 : answer;
  }

  private List<Observation.Refused> refusals() {
    return noted.stream()
        .filter(Observation.Refused.class::isInstance)
        .map(Observation.Refused.class::cast)
        .toList();
  }

  private final class Handler implements ScanHandler {
    @Override
    public boolean keep(List<Observation> scanAndWeight) {
      kept.addAll(room ? scanAndWeight : List.of());
      return room;
    }

    @Override
    public void note(Observation observation) {
      noted.add(observation);
    }
  }

  private final class FakeScale implements Scale {
    @Override
    public Observation weigh() {
      return onScale;
    }

    @Override
    public Observation probe() {
      return new Observation.Good("floor-scale", "fake");
    }

    @Override
    public void close() {}
  }
}
