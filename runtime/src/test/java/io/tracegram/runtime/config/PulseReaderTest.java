package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseReaderTest {
  private static final String PLANT =
      ConfigFixture.PLANT.replace(
          "scales:",
          "  - {id: press, name: Press, parent: main, role: consumption, profile: s0, serial: A-7,"
              + " accuracyClass: 1, maxPowerKw: 36, pulses: {pin: 17, perKwh: 1000, debounceMicros:"
              + " 20000, maxPerSecond: 12, start: \"1234.5\"}}\n"
              + "scales:");

  private static final String AGENT =
      """
      agent: refinery-agent
      plant: plant.yaml
      data: data
      broker: tcp://127.0.0.1:1
      gatewayKey: gateway.pub
      gpio: {mock: "tcp://127.0.0.1:21017"}
      """;

  @Test
  void readsWhatIsCounted(@TempDir Path directory) throws IOException {
    ConfigFixture fixture = new ConfigFixture(directory);
    PlantFile plant =
        PlantFile.load(fixture.write("plant.yaml", PLANT), fixture.profiles()).orThrow();

    assertThat(plant.meters().getLast())
        .isEqualTo(
            new MeterConnection(
                "press",
                new MeterAccess.Pulses(
                    new PulseInput(
                        17,
                        new BigDecimal("1000"),
                        Unit.KILOWATT_HOUR,
                        20_000,
                        new BigDecimal("12"),
                        new BigDecimal("1234.5"))),
                "A-7"));
  }

  @Test
  void countsInTheMetersUnitExactly() {
    PulseInput third =
        new PulseInput(
            1, new BigDecimal("3"), Unit.CUBIC_METRE, 0, new BigDecimal("0.5"), BigDecimal.ONE);

    assertThat(third.register(0)).isEqualTo(1_000_000);
    assertThat(third.register(1)).isEqualTo(1_333_333);
    assertThat(third.register(3)).as("nothing is lost by rounding").isEqualTo(2_000_000);
    assertThat(third.resolution()).isEqualTo(333_334);
    assertThat(third.shortestPeriod()).isEqualTo(Duration.ofSeconds(2));
  }

  @Property(tries = 300)
  void theRegisterRisesByWhatAPulseIsWorth(
      @ForAll @IntRange(min = 1, max = 100_000) int perUnit,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long pulses) {
    PulseInput input =
        new PulseInput(
            1,
            BigDecimal.valueOf(perUnit),
            Unit.KILOWATT_HOUR,
            0,
            BigDecimal.TEN,
            new BigDecimal("0.1"));

    assertThat(input.register(pulses + 1) - input.register(pulses))
        .isBetween(1_000_000L / perUnit, input.resolution());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pin: 17|pin: 64|error[bad-value] 'pin' must be from 0 to 63, not 64",
        "perKwh: 1000, ||error[missing-key] 'perKwh' is missing here",
        "perKwh: 1000|perKwh: 0|error[bad-value] 'perKwh' must be above 0 and at most 1000000",
        "perKwh: 1000|perM3: 1000|error[wrong-unit] the meter counts m3",
        "perKwh: 1000|perKwh: 10000|error[too-many-pulses] at maxPowerKw the meter gives 100.0"
            + " pulses a second, above 'maxPerSecond'",
        "debounceMicros: 20000, ||error[missing-key] 'debounceMicros' is missing here",
        "debounceMicros: 20000|debounceMicros: 50000|error[bad-value] at maxPerSecond 12 a pulse"
            + " and its pause last 83333 µs together",
        "start: \"1234.5\"|start: -1|error[bad-value] 'start' is what the meter's display says",
        "start: \"1234.5\"|stat: 1|error[unknown-key] 'stat' is not known here; did you mean"
            + " 'start'?",
        "profile: s0|profile: s0, address: \"tcp://127.0.0.1:1\"|error[unknown-key] 'address' is not"
            + " known here",
        "pulses: {pin: 17, perKwh: 1000, debounceMicros: 20000, maxPerSecond: 12, start:"
            + " \"1234.5\"}|name: x|error"
      })
  void saysWhereAPlantIsWrong(String right, String wrong, String problem, @TempDir Path directory)
      throws IOException {
    assertThat(PLANT).contains(right);

    assertThat(
            new ConfigFixture(directory)
                .check("plant.yaml", PLANT.replace(right, wrong == null ? "" : wrong)))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }

  @Test
  void readsTheLampsOfAScannerAndTheSimulatedPins(@TempDir Path directory) throws IOException {
    ConfigFixture fixture = new ConfigFixture(directory);
    fixture.write("plant.yaml", lit("{lampOk: 5, lampRefused: 6, buzzer: 13}"));
    AgentFile agent =
        AgentFile.load(fixture.write("agent.yaml", AGENT), fixture.profiles()).orThrow();

    assertThat(agent.simulatedPins()).contains(new HostPort("127.0.0.1", 21017));
    assertThat(agent.plant().scanners().getFirst().pins())
        .isEqualTo(new FeedbackPins(Optional.of(5), Optional.of(6), Optional.of(13)));
    assertThat(agent.plant().scanners().getFirst().pins().all()).isEqualTo(List.of(5, 6, 13));
  }

  /** The plant with feedback at its first scanner. */
  private static String lit(String feedback) {
    String plant = PLANT.replaceFirst("(step: \\w+)", "$1, feedback: " + feedback);
    assertThat(plant).contains("feedback");
    return plant;
  }

  @Test
  void refusesAPinOfTwoDevicesAndSimulatedPinsForOthers(@TempDir Path directory)
      throws IOException {
    ConfigFixture fixture = new ConfigFixture(directory);
    fixture.write("plant.yaml", lit("{lampOk: 17}"));

    assertThat(fixture.check("agent.yaml", AGENT))
        .anySatisfy(
            each -> assertThat(each).contains("error[duplicate-pin] pin 17 is of 'press' and of"));
    assertThat(fixture.check("agent.yaml", AGENT.replace("127.0.0.1:21017", "10.0.0.1:21017")))
        .anySatisfy(each -> assertThat(each).contains("error[not-loopback]"));
    fixture.write("plant.yaml", lit("{lampGreen: 5}"));
    assertThat(fixture.check("agent.yaml", AGENT))
        .anySatisfy(each -> assertThat(each).contains("error[unknown-key] 'lampGreen'"));
  }
}
