package io.tracegram.edge.device.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tracegram.edge.device.Observation;
import io.tracegram.edge.device.Reasons;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.runtime.config.PulseInput;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseMeterTest {
  private static final int PIN = 17;

  /** 800 pulses a kWh: 1.25 Wh each. */
  private static final BigDecimal PER_KWH = new BigDecimal(800);

  private final Path directory;
  private Pins pins = Pins.simulated();

  PulseMeterTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    pins.close();
  }

  private static PulseInput input(String start) {
    return new PulseInput(
        PIN, PER_KWH, Unit.KILOWATT_HOUR, 20_000, new BigDecimal("10"), new BigDecimal(start));
  }

  private PulseMeter meter(String start, String serial) {
    return new PulseMeter(
        new PulseMeter.Settings("press", input(start), serial, directory.resolve("pulses")), pins);
  }

  /** Starts the machine anew, as after a power cut: nothing is closed. */
  private PulseMeter afterKill(String start, String serial) {
    pins = Pins.simulated();
    return meter(start, serial);
  }

  private static long register(List<Observation> observations) {
    return observations.stream()
        .filter(Observation.Measured.class::isInstance)
        .map(Observation.Measured.class::cast)
        .findFirst()
        .orElseThrow()
        .values()
        .getFirst()
        .baseUnits();
  }

  private static Observation.Refused refused(List<Observation> observations) {
    return (Observation.Refused) observations.getLast();
  }

  private static Observation.Bad bad(List<Observation> observations) {
    assertThat(observations).hasSize(1);
    Reasons.isOne(((Observation.Bad) observations.getFirst()).reason());
    return (Observation.Bad) observations.getFirst();
  }

  private Path file() {
    return directory.resolve("pulses").resolve("press.pulses");
  }

  @Test
  void addsItsPulsesToWhatTheDisplaySaid() {
    try (PulseMeter meter = meter("1234.5", "A-7")) {
      assertThat(meter.poll())
          .containsExactly(
              new Observation.Good("press", "pulses at pin 17, which is simulated"),
              new Observation.Measured(
                  "press",
                  "A-7",
                  List.of(new Observation.Value(Register.ENERGY_IMPORT, 1_234_500_000, 1_250))));

      pins.pulse(PIN, 1_000);

      // 1000 pulses are 1.25 kWh
      assertThat(register(meter.poll())).isEqualTo(1_235_750_000);
      assertThat(register(meter.poll())).isEqualTo(1_235_750_000);
    }
  }

  @Test
  void aKillLosesThePulsesSinceTheLastPollAndTheNextStartSaysThatSomeAreUnknown() {
    PulseMeter killed = meter("10", "A-7");
    assertThat(killed.poll()).hasSize(2);
    pins.pulse(PIN, 80);
    assertThat(register(killed.poll())).isEqualTo(10_100_000);
    pins.pulse(PIN, 8);

    try (PulseMeter meter = afterKill("10", "A-7")) {
      List<Observation> said = meter.poll();

      assertThat(register(said)).isEqualTo(10_100_000);
      assertThat(refused(said).code()).isEqualTo("s0.uncounted");
      assertThat(refused(said).reason()).contains("unknown", "10.1 kWh", "'start'");
      assertThat(meter.poll()).as("said once").hasSize(2);
    }
  }

  @Test
  void anOrderlyStopKeepsEveryPulse() {
    try (PulseMeter meter = meter("10", "A-7")) {
      assertThat(meter.poll()).hasSize(2);
      pins.pulse(PIN, 80);
    }
    try (PulseMeter meter = afterKill("10", "A-7")) {
      assertThat(register(meter.poll())).isEqualTo(10_100_000);
    }
  }

  @Test
  void theRegisterNeverFallsWhereverTheAgentIsKilled() {
    Random random = new Random(7);
    long last = 0;
    long sent = 0;
    for (int life = 0; life < 30; life++) {
      PulseMeter meter = afterKill("10", "A-7");
      for (int poll = 0; poll < random.nextInt(4); poll++) {
        long now = register(meter.poll());
        assertThat(now).isGreaterThanOrEqualTo(last);
        last = now;
        int more = random.nextInt(100);
        sent += pins.pulse(PIN, more) ? more : 0;
      }
    }
    assertThat(last).isLessThanOrEqualTo(input("10").register(sent)).isGreaterThan(10_000_000);
  }

  @Test
  void givesNoRegisterThatIsNotOnDisk() throws IOException {
    try (PulseMeter meter = meter("10", "A-7")) {
      assertThat(meter.poll()).hasSize(2);
      pins.pulse(PIN, 80);
      Files.delete(file());
      Files.delete(file().getParent());
      Files.writeString(file().getParent(), "in the way");

      assertThat(bad(meter.poll()).code()).isEqualTo("s0.not-kept");
      pins.pulse(PIN, 80);
      assertThat(bad(meter.poll()).code()).isEqualTo("s0.not-kept");

      Files.delete(file().getParent());
      assertThat(register(meter.poll())).as("nothing was lost").isEqualTo(10_200_000);
    }
  }

  @Test
  void countsOnFromNoDamagedFile() throws IOException {
    try (PulseMeter meter = meter("10", "A-7")) {
      assertThat(meter.poll()).hasSize(2);
    }
    byte[] sound = Files.readAllBytes(file());
    for (int i = 0; i < sound.length; i++) {
      byte[] spoiled = sound.clone();
      spoiled[i] ^= 1;
      Files.write(file(), spoiled);
      assertThat(bad(afterKill("10", "A-7").poll()).code()).isEqualTo("s0.count-damaged");
    }
    Files.write(file(), new byte[100_000]);
    Observation.Bad bad = bad(afterKill("10", "A-7").poll());
    assertThat(bad.reason()).contains("press.pulses", "'start'", "remove");
    assertThat(Files.size(file())).as("left as it was found").isEqualTo(100_000);
  }

  @Test
  void beginsAnewAtAStartThatWasReadFromTheDisplay() {
    try (PulseMeter meter = meter("10", "A-7")) {
      assertThat(meter.poll()).hasSize(2);
      pins.pulse(PIN, 80);
    }
    try (PulseMeter behind = afterKill("10.05", "A-7")) {
      Observation.Bad bad = bad(behind.poll());
      assertThat(bad.code()).isEqualTo("s0.start-behind");
      assertThat(bad.reason()).contains("10.05 kWh", "10.1 kWh");
    }
    try (PulseMeter corrected = afterKill("10.2", "A-7")) {
      List<Observation> said = corrected.poll();
      assertThat(register(said)).isEqualTo(10_200_000);
      assertThat(said).as("a person has told what is known").hasSize(2);
    }
    try (PulseMeter another = afterKill("0", "B-1")) {
      assertThat(register(another.poll())).isZero();
    }
  }

  @Test
  void aMachineWithoutPinsIsBadAndSaysWhatToLookAt() throws IOException {
    try (var devices = Files.list(Path.of("/dev"))) {
      assumeThat(devices).noneMatch(device -> device.toString().startsWith("/dev/gpiochip"));
    }
    pins = Pins.ofMachine(System::nanoTime);
    try (PulseMeter meter = meter("10", "A-7")) {
      Observation.Bad bad = bad(meter.poll());
      assertThat(bad.code()).isEqualTo("s0.no-pin");
      assertThat(bad.reason()).contains("pin 17", "/dev/gpiochip");
      assertThat(bad(meter.poll()).code()).isEqualTo("s0.no-pin");
    }
  }
}
