package io.tracegram.edge.device.coap;

import static io.tracegram.edge.device.coap.CoapFixture.energies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.edge.device.Meter;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.CoapProfile.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meters played by libcoap, which we did not write. */
class ForeignCoapTest {
  /** The characters of the key, which is what libcoap takes; ours is hexadecimal. */
  private static final String KEY = "0123456789abcdef";

  private static final String HEX = "30313233343536373839616263646566";

  private final Path directory;
  private final CoapFixture agent;
  private final List<Process> started = new ArrayList<>();

  ForeignCoapTest(@TempDir Path directory) {
    this.directory = directory;
    this.agent = new CoapFixture(directory.resolve("keys"));
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    agent.close();
  }

  private CoapSecurity shared() throws IOException {
    return new CoapSecurity.PreSharedKey(
        "m1", TestAuthority.secret(directory.resolve("m1.psk"), HEX));
  }

  private Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("libcoap-" + started.size() + ".log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private void client(String method, String url, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("coap-client-openssl", "-B", "5", "-m", method, "-t", "110", "-e"));
    command.add(CoapFixture.PACK);
    command.addAll(List.of(more));
    command.add(url);
    assertThat(start(command).waitFor(20, TimeUnit.SECONDS)).as("%s", command).isTrue();
  }

  @Test
  void hearsAForeignClientPush() throws Exception {
    Meter meter = agent.pushing("/m1", new CoapSecurity.None());
    assertThat(meter.poll()).isEmpty();

    client("post", "coap://127.0.0.1:" + agent.plainPort + "/m1");

    assertThat(energies(agent.told)).containsExactly(CoapFixture.ENERGY);
  }

  @Test
  void hearsAForeignClientPushOverDtls() throws Exception {
    Meter meter = agent.pushing("/m1", shared());
    assertThat(meter.poll()).isEmpty();
    String url = "coaps://127.0.0.1:" + agent.securePort + "/m1";

    client("post", url, "-u", "m1", "-k", "another-key-0000");
    assertThat(energies(agent.told)).isEmpty();
    client("post", url, "-u", "m1", "-k", KEY);
    assertThat(energies(agent.told)).containsExactly(CoapFixture.ENERGY);
  }

  /** Serves what was PUT to it. */
  private HostPort server() throws Exception {
    int port = CoapFixture.freePort();
    start(
        List.of("coap-server-openssl", "-A", "127.0.0.1", "-p", "" + port, "-d", "10", "-k", KEY));
    String url = "coap://127.0.0.1:" + port + "/meter";
    client("put", url);
    return new HostPort("127.0.0.1", port);
  }

  @Test
  void pollsAForeignServer() throws Exception {
    Meter meter = agent.served(Mode.POLL, server(), new CoapSecurity.None());

    await()
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThat(energies(meter.poll())).containsExactly(CoapFixture.ENERGY));
  }

  @Test
  void observesAForeignServer() throws Exception {
    HostPort server = server();
    Meter meter = agent.served(Mode.OBSERVE, server, new CoapSecurity.None());
    await().until(() -> meter.poll().isEmpty());
    agent.pass(Duration.ofSeconds(5));

    client("put", "coap://" + server + "/meter");

    await()
        .untilAsserted(
            () ->
                assertThat(energies(agent.told))
                    .containsExactly(CoapFixture.ENERGY, CoapFixture.ENERGY));
  }

  @Test
  void pollsAForeignServerOverDtls() throws Exception {
    HostPort plain = server(); // which listens with DTLS one port higher
    Meter meter = agent.served(Mode.POLL, new HostPort("127.0.0.1", plain.port() + 1), shared());

    await()
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThat(energies(meter.poll())).containsExactly(CoapFixture.ENERGY));
  }
}
