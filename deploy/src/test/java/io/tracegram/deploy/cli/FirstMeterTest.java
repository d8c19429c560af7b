package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.runtime.config.ConfigCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows README's "Connect your first meter" word for word, in a network namespace of its own
 * where its addresses are: the meter there is a slave that is libmodbus. Needs unshare, ip and
 * curl, which deploy/test installs.
 */
class FirstMeterTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String DONE = "-- done ";
  private static final Pattern SECTION =
      Pattern.compile("## Connect your first meter\\n.*?\\n```\\n(.*?)```\\n", Pattern.DOTALL);
  private static final Pattern METER = Pattern.compile("--address ([0-9.]+):([0-9]+)");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java")
          + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow -cp "
          + System.getProperty("java.class.path");

  @Test
  void theFirstMetersReadingIsSeen(@TempDir Path directory) throws Exception {
    Matcher section = SECTION.matcher(Files.readString(README));
    assertThat(section.find()).isTrue();
    List<String> lines = section.group(1).lines().toList();
    Matcher meter = METER.matcher(section.group(1));
    assertThat(meter.find()).isTrue();
    launcher(directory);
    try (Shell shell = new Shell(directory)) {
      assertThat(shell.run("ip link set lo up && ip addr add " + meter.group(1) + "/32 dev lo"))
          .endsWith(DONE + "0");
      shell.background(
          JAVA + " io.tracegram.deploy.cli.FirstMeter " + meter.group(1) + " " + meter.group(2));
      await().until(() -> shell.run("ss -ltn").contains(meter.group(1) + ":" + meter.group(2)));

      for (String line : lines.subList(0, lines.size() - 1)) {
        if (line.endsWith("&")) {
          shell.background(line.substring(0, line.length() - 1));
        } else {
          assertThat(shell.run(line)).as(line).endsWith(DONE + "0");
        }
      }
      assertThat(shell.run(lines.get(1)).replaceAll(" +", " "))
          .contains("energy-import 04 0x0048 30073 46 40 E6 B6 12345.677734 kWh");
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() -> assertThat(shell.run(lines.getLast())).contains("12345.677734"));
      assertThat(shell.run("deploy/tracegram doctor press-shop/gateway.yaml"))
          .contains("a gateway runs there", " 0 in the way");
    }
    assertThat(ConfigCheck.check(List.of(directory.resolve("press-shop")))).isEmpty();
  }

  /** Stands where the reader's launcher is, and starts the same program from this class path. */
  private static void launcher(Path directory) throws IOException {
    Path launcher = directory.resolve("deploy/tracegram");
    Files.createDirectories(directory.resolve("deploy"));
    Files.writeString(
        launcher, "#!/bin/sh\nexec " + JAVA + " io.tracegram.deploy.cli.Tracegram \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  /** A shell in a network namespace of its own, into which a test types. */
  private static final class Shell implements AutoCloseable {
    private final Path log;
    private final Process bash;
    private final PrintWriter in;
    private final BufferedReader out;

    Shell(Path directory) throws IOException {
      log = directory.resolve("programs.log");
      bash =
          new ProcessBuilder("unshare", "-rn", "bash")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      in = new PrintWriter(bash.outputWriter(StandardCharsets.UTF_8), true);
      out = bash.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns all that a line prints, and how it ended. */
    String run(String line) throws IOException {
      in.println(line + "; printf '\\n" + DONE + "%s\\n' $?");
      StringBuilder text = new StringBuilder();
      for (String read = out.readLine(); read != null; read = out.readLine()) {
        text.append(read);
        if (read.startsWith(DONE)) {
          return text.toString();
        }
        text.append('\n');
      }
      throw new IOException("the shell ended: " + text);
    }

    void background(String line) {
      in.println(line + " >>" + log + " 2>&1 &");
    }

    @Override
    public void close() throws IOException {
      in.println("kill $(jobs -p); wait; exit");
      try {
        if (!bash.waitFor(30, TimeUnit.SECONDS)) {
          bash.descendants().forEach(ProcessHandle::destroyForcibly);
          bash.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.out.print(Files.readString(log));
    }
  }
}
