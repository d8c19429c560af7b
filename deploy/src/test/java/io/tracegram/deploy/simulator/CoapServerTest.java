package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.CoapProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Read by libcoap. */
class CoapServerTest {
  private final int port = Ports.free();
  private final CoapServer server = new CoapServer(new HostPort("127.0.0.1", port));

  @BeforeEach
  void start() throws IOException {
    CoapProfile profile =
        (CoapProfile) ProfileCatalog.bundled().find("generic/coap-senml").orElseThrow();
    server.add(profile, "/utilities", "22304716").show(12_345_678_900L, 68_000_400);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void answersAForeignClientAsTheMeterWould() throws Exception {
    assertThat(client("get", "/utilities"))
        .isEqualTo(
            "[{\"n\":\"energy\",\"u\":\"kWh\",\"v\":12345.678},"
                + "{\"n\":\"power\",\"u\":\"W\",\"v\":68000},"
                + "{\"n\":\"serial\",\"vs\":\"22304716\"}]");
  }

  @Test
  void turnsAwayWhatItIsNotAskedFor() throws Exception {
    assertThat(client("get", "/other")).contains("4.04");
    assertThat(client("delete", "/utilities")).contains("4.05");
    assertThat(client("get", "/utilities", "-A", "112")).contains("4.06");
  }

  private String client(String method, String path, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("coap-client-notls", "-B", "5", "-m", method));
    command.addAll(List.of(more));
    command.add("coap://127.0.0.1:" + port + path);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
