package io.tracegram.edge.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.edge.Chains;
import io.tracegram.edge.device.Observation;
import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.outbox.OutboxFile;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Body.DeviceStatus;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Reading;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.SignedStatement;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.quantity.Mass;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Observation.Scanned SCAN =
      new Observation.Scanned("dock-in", "Q3", "010952000000001110LOT1");
  private static final Observation.Weighed WEIGHT =
      new Observation.Weighed("floor-scale", new Mass(25_000_000));

  private final Outbox outbox;
  private long plantMillis = 1_700_000_000_000L;
  private long nanos = 5;
  private Recorder recorder;

  RecorderTest(@TempDir Path directory) {
    outbox =
        OutboxFile.open(directory, 1_000_000, InstantSource.fixed(Instant.ofEpochMilli(77)))
            .outbox();
    recorder = recorder(1);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void makesOneStatementOfSixtyReadingsWithTheLatestPowerOnly() {
    for (int i = 0; i < 60; i++) {
      assertThat(statements()).isEmpty();
      recorder.note(measured("main", 1_000L * i, 10L + i));
      plantMillis += 1_000;
    }

    Body.Readings body = (Body.Readings) statements().getFirst().body();
    assertThat(body.series()).hasSize(2);
    Series energy = body.series().getFirst();
    assertThat(energy.readings()).hasSize(60);
    assertThat(energy.readings().get(1)).isEqualTo(new Reading(1_700_000_001_000L, 1_000));
    assertThat(body.series().getLast())
        .isEqualTo(
            new Series(
                "main", Register.POWER, "4711", 1, List.of(new Reading(1_700_000_059_000L, 69))));
  }

  @Test
  void makesAStatementOfFewReadingsAfterASecondOfSystemTime() {
    recorder.note(measured("main", 5, 1));
    recorder.tick();
    assertThat(statements()).isEmpty();

    pass(Duration.ofSeconds(1));
    recorder.tick();
    assertThat(kinds()).containsExactly("READINGS");
  }

  @Test
  void startsANewSeriesWhenTheMeterIsSwapped() {
    recorder.note(measured("main", 5, 1));
    recorder.note(
        new Observation.Measured(
            "main", "4712", List.of(new Observation.Value(Register.ENERGY_IMPORT, 9, 1))));
    recorder.flush();

    assertThat(((Body.Readings) statements().getFirst().body()).series())
        .extracting(Series::serial)
        .containsExactly("4711", "4712", "4711");
  }

  @Test
  void keepsScanAndWeightAtOnePlantTimeAfterTheReadingsBeforeThem() {
    recorder.note(measured("main", 5, 1));

    assertThat(recorder.keep(List.of(SCAN, WEIGHT))).isTrue();
    assertThat(statements())
        .extracting(Statement::body)
        .satisfiesExactly(
            readings -> assertThat(readings).isInstanceOf(Body.Readings.class),
            scan ->
                assertThat(scan)
                    .isEqualTo(
                        new Body.Scan("dock-in", plantMillis, "Q3", "010952000000001110LOT1")),
            weight ->
                assertThat(weight)
                    .isEqualTo(new Body.Weight("floor-scale", plantMillis, WEIGHT.mass())));
  }

  @Test
  void chainsEveryStatementAcrossARestart() {
    recorder.keep(List.of(SCAN));
    recorder = recorder(2);
    pass(Duration.ofMillis(30));
    recorder.keep(List.of(SCAN, WEIGHT));

    Hash previous = Hash.ZERO;
    long sequence = 0;
    for (Outbox.Entry entry : outbox.unacknowledged(0, 10)) {
      SignedStatement signed = SignedStatement.parse(entry.statement().bytes());
      assertThat(signed.isSignedBy(Chains.KEY.publicKey())).isTrue();
      assertThat(signed.statement().previous()).isEqualTo(previous);
      assertThat(signed.statement().sequence()).isEqualTo(++sequence);
      assertThat(signed.statement().epoch()).isEqualTo(77);
      assertThat(signed.statement().clockStatus()).isEqualTo(ClockStatus.RELATIVE);
      previous = signed.chainHash();
    }
    assertThat(statements()).extracting(Statement::boot).containsExactly(1L, 2L, 2L);
    assertThat(statements()).extracting(Statement::monoMillis).containsExactly(0L, 30L, 30L);
  }

  @Test
  void saysOnceThatADeviceIsBadAndOnceThatItIsGoodAgain() {
    recorder.note(new Observation.Good("main", "found"));
    recorder.note(bad("modbus.timeout"));
    recorder.note(bad("modbus.timeout"));
    recorder.note(bad("modbus.timeout"));
    pass(Duration.ofSeconds(11));
    recorder.note(new Observation.Good("main", "found"));
    recorder.note(new Observation.Good("main", "found"));
    recorder.tick();
    pass(Duration.ofSeconds(11));
    recorder.tick();

    assertThat(statuses())
        .extracting(status -> status.state() + " " + status.code())
        .containsExactly("GOOD device.good", "BAD modbus.timeout", "GOOD device.good");
  }

  @Test
  void countsRepeatedRefusalsInsteadOfRepeatingThem() {
    for (int i = 0; i < 1_000; i++) {
      recorder.note(new Observation.Refused("dock-in", "scan.not-gs1", "line " + i + " ]\u0007é"));
    }
    assertThat(statuses()).hasSize(1);

    pass(Duration.ofSeconds(10));
    recorder.tick();
    recorder.tick();

    assertThat(statuses()).extracting(DeviceStatus::count).containsExactly(1L, 999L);
    assertThat(statuses().getLast().reason()).isEqualTo("line 999 ]??");
  }

  @Test
  void endsAFlappingDevicesStatusesWithTheStateItIsIn() {
    for (int i = 0; i < 50; i++) {
      recorder.note(new Observation.Good("main", "found"));
      recorder.note(bad("modbus.timeout"));
    }
    pass(Duration.ofSeconds(10));
    recorder.tick();

    assertThat(statuses()).hasSize(4);
    assertThat(statuses().getLast().state()).isEqualTo(DeviceStatus.State.BAD);
    assertThat(statuses().getLast().count()).isEqualTo(49);
  }

  @Test
  void beatsWhenNothingIsReadOrADeviceIsBadButNotAfterTheEnd() {
    pass(Duration.ofSeconds(10));
    recorder.tick();
    assertThat(kinds()).containsExactly("HEARTBEAT");

    pass(Duration.ofSeconds(9));
    recorder.note(measured("main", 5, 1));
    pass(Duration.ofSeconds(1));
    recorder.tick();
    assertThat(kinds()).containsExactly("HEARTBEAT", "READINGS");

    recorder.note(bad("modbus.timeout"));
    recorder.tick();
    assertThat(kinds()).endsWith("DEVICE_STATUS", "HEARTBEAT");

    recorder.quieten();
    pass(Duration.ofMinutes(10));
    recorder.tick();
    assertThat(kinds()).hasSize(4);
  }

  @Test
  void refusesScansWhileTheOutboxIsFullAndThenSaysHowMuchWasDropped() {
    while (outbox.append(Chains.heartbeats(outbox, 100))) {
      // filled up
    }
    while (outbox.append(Chains.heartbeats(outbox, 1))) {
      // to the brim
    }
    recorder = recorder(3);
    recorder.note(measured("main", 5, 1));
    assertThat(recorder.keep(List.of(SCAN, WEIGHT))).isFalse();

    outbox.deleteThrough(77, outbox.head().sequence());
    assertThat(recorder.keep(List.of(SCAN, WEIGHT))).isTrue();
    assertThat(kinds()).containsExactly("DEVICE_STATUS", "SCAN", "WEIGHT");
    assertThat(statuses().getFirst().code()).isEqualTo("outbox.full");
  }

  private Recorder recorder(long boot) {
    PlantTime time =
        new PlantTime() {
          @Override
          public long millis() {
            return plantMillis;
          }

          @Override
          public ClockStatus status() {
            return ClockStatus.RELATIVE;
          }
        };
    StatementWriter writer =
        new StatementWriter(
            new StatementWriter.Author("plant", "agent", Chains.KEY, boot),
            outbox,
            time,
            () -> nanos,
            () -> {});
    return new Recorder(
        new Recorder.Settings("agent", 60, Duration.ofSeconds(1)), writer, time, () -> nanos);
  }

  private void pass(Duration duration) {
    nanos += TimeUnit.MILLISECONDS.toNanos(duration.toMillis());
  }

  private static Observation.Measured measured(String meter, long energy, long power) {
    return new Observation.Measured(
        meter,
        "4711",
        List.of(
            new Observation.Value(Register.ENERGY_IMPORT, energy, 1_000),
            new Observation.Value(Register.POWER, power, 1)));
  }

  private static Observation.Bad bad(String code) {
    return new Observation.Bad("main", code, "no reply: check the wiring");
  }

  private List<Statement> statements() {
    return outbox.unacknowledged(0, 100_000).stream()
        .map(entry -> SignedStatement.parse(entry.statement().bytes()).statement())
        .toList();
  }

  private List<String> kinds() {
    return statements().stream().map(statement -> statement.body().kind().name()).toList();
  }

  private List<DeviceStatus> statuses() {
    return statements().stream()
        .map(Statement::body)
        .filter(DeviceStatus.class::isInstance)
        .map(DeviceStatus.class::cast)
        .toList();
  }
}
