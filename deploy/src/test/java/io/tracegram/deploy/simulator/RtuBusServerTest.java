package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.MeterProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read by mbpoll, over a serial port that socat makes; deploy/test installs both. */
class RtuBusServerTest {
  private final int port = Ports.free();
  private final RtuBusServer bus = new RtuBusServer("hall", new HostPort("127.0.0.1", port));

  private final Path directory;

  RtuBusServerTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void start() throws IOException {
    RegisterBank eastron = new RegisterBank(profile("eastron/sdm630"), 7, "22304715");
    eastron.show(12_345_678_000L, 0);
    bus.add(7, eastron);
    RegisterBank schneider = new RegisterBank(profile("schneider/iem3155"), 8, "1409876543");
    schneider.show(123_456_789_000L, 0);
    bus.add(8, schneider);
    bus.start();
  }

  @AfterEach
  void stop() {
    bus.stop();
  }

  private static MeterProfile profile(String id) {
    return (MeterProfile) ProfileCatalog.bundled().find(id).orElseThrow();
  }

  @Test
  void answersAForeignMasterAsTheMetersWould() throws Exception {
    assertThat(mbpoll("-a", "7", "-t", "3:hex", "-r", "72", "-c", "2"))
        .contains("[72]: \t0x4640", "[73]: \t0xE6B6");
    assertThat(mbpoll("-a", "8", "-t", "4:hex", "-r", "3203", "-c", "4"))
        .contains("[3203]: \t0x0000", "[3205]: \t0x075B", "[3206]: \t0xCD15");
    assertThat(mbpoll("-a", "7", "-t", "3:hex", "-r", "4096", "-c", "2"))
        .contains("Illegal data address");
    assertThat(mbpoll("-a", "9", "-t", "3:hex", "-r", "72", "-c", "2")).contains("timed out");
  }

  @Test
  void staysSilentAtASpoiledRequestAndAnswersTheNextMaster() throws Exception {
    try (Socket hostile = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] noise = new byte[4_096];
      new Random(3).nextBytes(noise);
      hostile.getOutputStream().write(noise);
      hostile.setSoTimeout(100);

      assertThat(mbpoll("-a", "7", "-t", "3:hex", "-r", "72", "-c", "2")).contains("0xE6B6");
      assertThat(hostile.getInputStream().available()).isZero();
    }
  }

  private String mbpoll(String... options) throws IOException, InterruptedException {
    Path tty = directory.resolve("tty");
    Process socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + tty, "tcp:127.0.0.1:" + port)
            .inheritIO()
            .start();
    try {
      await().until(() -> Files.exists(tty));
      List<String> command =
          new ArrayList<>(List.of("mbpoll", "-m", "rtu", "-b", "9600", "-P", "none", "-0", "-1"));
      command.addAll(List.of(options));
      command.add(tty.toString());
      Process mbpoll = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(mbpoll.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(mbpoll.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      socat.destroy();
      socat.waitFor(5, TimeUnit.SECONDS);
    }
  }
}
