package io.tracegram.edge;

import io.tracegram.edge.clock.PlantClock;
import io.tracegram.edge.outbox.Outbox;
import io.tracegram.edge.outbox.OutboxFile;
import io.tracegram.edge.publish.Destination;
import io.tracegram.edge.publish.MqttPublisher;
import io.tracegram.edge.publish.PublishTiming;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.edge.sign.PlantTime;
import io.tracegram.edge.sign.Recorder;
import io.tracegram.edge.sign.StatementWriter;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.config.AgentFile;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One edge agent: built and started in the order of the data's journey, stopped the other way
 * round. {@link #start} and {@link #stop} are called once each, from one thread.
 */
public final class EdgeAgent {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeAgent.class);
  private static final long OUTBOX_BYTES = 1_000_000_000;
  private static final Duration LATEST_FEEDBACK = Duration.ofMinutes(10);
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final MqttPublisher publisher;
  private final Recorder recorder;
  private final Devices devices;
  private final Polling polling;
  private final Optional<PlantClock> plantClock;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  /**
   * Opens outbox and keys; connects to nothing yet.
   *
   * @throws IOException if the key cannot be read or written
   */
  public EdgeAgent(AgentFile file, InstantSource clock, SecureRandom random) throws IOException {
    String facility = file.plant().model().facility();
    OutboxFile.Opened opened = OutboxFile.open(file.data(), OUTBOX_BYTES, clock);
    this.outbox = opened.outbox();
    PrivateKey key =
        new KeyFiles(file.data().resolve("keys"), random)
            .loadOrCreate(file.agent(), Algorithm.ES256);
    this.plantClock =
        file.plantClock()
            .map(
                address ->
                    new PlantClock(
                        file.agent(),
                        address,
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random)));
    PlantTime time = plantClock.<PlantTime>map(known -> known).orElse(PlantTime.of(clock));
    StatementWriter writer =
        new StatementWriter(
            new StatementWriter.Author(
                facility, file.agent(), key, random.nextLong(Long.MAX_VALUE)),
            outbox,
            time,
            System::nanoTime,
            this::written);
    this.publisher =
        new MqttPublisher(
            outbox,
            new Destination(
                URI.create("tcp://" + file.broker()),
                facility,
                file.agent(),
                new GatewayKey(file.gatewayKey())),
            PublishTiming.DEFAULT,
            writer::quarantine,
            System::nanoTime,
            random);
    this.recorder =
        new Recorder(
            new Recorder.Settings(file.agent(), file.flush().readings(), file.flush().after()),
            writer,
            time,
            System::nanoTime);
    this.devices =
        new Devices(
            file,
            recorder,
            new Devices.Clocks(
                System::nanoTime,
                plantClock.isPresent() ? time::millis : () -> System.nanoTime() / 1_000_000,
                time::millis),
            random);
    publisher.advise(
        feedback -> {
          // after an outage, nobody stands at the scanner any more who scanned that
          if (time.millis() - feedback.scannedMillis() < LATEST_FEEDBACK.toMillis()) {
            devices.tell(feedback);
          }
        });
    this.polling =
        new Polling(file, devices, recorder, outbox, opened.loss(), failure::completeExceptionally);
    LOG.info(
        "event=agent.built agent={} facility={} key={} meters={} scales={} scanners={} portals={} clock={}",
        file.agent(),
        facility,
        key.publicKey().keyId(),
        devices.meters().size(),
        devices.scales().size(),
        devices.scanners().size(),
        devices.portals().size(),
        file.plantClock().map(address -> "plant " + address).orElse("system"));
  }

  /** Starts to deliver and to read. Returns at once; a device or gateway may come later. */
  public void start() {
    publisher.start();
    if (plantClock.isPresent()) {
      plantClock.get().start(polling);
    } else {
      polling.startOnSystemClock();
    }
  }

  /** Completes exceptionally if the outbox fails, so that the process must end. */
  public CompletionStage<Void> failure() {
    return failure;
  }

  /**
   * Reads no more, signs what was read, delivers for at most 10 s and closes everything. What is
   * undelivered stays in the outbox.
   */
  public void stop() throws InterruptedException {
    plantClock.ifPresent(PlantClock::close);
    polling.stop();
    devices.close();
    recorder.flush();
    publisher.stop(LAST_DELIVERY);
    LOG.info("event=agent.stopped undelivered={}", outbox.undelivered());
    outbox.close();
  }

  private void written() {
    publisher.wake();
  }
}
