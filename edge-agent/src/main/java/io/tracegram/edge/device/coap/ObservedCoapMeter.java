package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks a meter once to tell its values from then on (RFC 7641), and again when the last of them is
 * older than it may be. What it tells is handed on when it comes; {@link #poll} tells only what is
 * wrong. Polled by one thread, told by others.
 */
final class ObservedCoapMeter implements Meter {
  /** However long a meter says that its value holds. */
  private static final Duration LONGEST_FRESH = Duration.ofMinutes(15);

  private final CoapMeterSettings settings;
  private final MeterClient client;
  private final PackReader reader;
  private final Rest rest;
  private final Told told;
  private final LongSupplier nanos;
  private @Nullable Observing current;

  /** One observation of the resource, from its registration on. */
  private final class Observing implements CoapHandler {
    private final CountDownLatch heard = new CountDownLatch(1);
    private @Nullable CoapObserveRelation relation;
    private volatile long freshUntil;
    private volatile boolean ended;

    boolean isFresh() {
      return !ended && nanos.getAsLong() - freshUntil < 0;
    }

    /** Californium gives only what is newer than what it gave before (RFC 7641 §3.4). */
    @Override
    public void onLoad(CoapResponse loaded) {
      hear(this, loaded.advanced());
    }

    @Override
    public void onError() {
      ended = true;
      heard.countDown();
    }

    void cancel() {
      ended = true;
      if (relation != null) {
        relation.reactiveCancel();
      }
    }
  }

  ObservedCoapMeter(
      CoapMeterSettings settings, MeterClient client, PackReader reader, Telling telling) {
    this.settings = settings;
    this.client = client;
    this.reader = reader;
    this.rest = telling.rest();
    this.told = telling.told();
    this.nanos = telling.nanos();
  }

  /**
   * How a meter that talks by itself is heard.
   *
   * @param nanos monotonic time
   */
  record Telling(Rest rest, Told told, LongSupplier nanos) {}

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() throws InterruptedException {
    if (rest.isResting()) {
      return List.of(rest.failure());
    }
    Observing observing = current;
    return observing != null && observing.isFresh() ? List.of() : register();
  }

  private List<Observation> register() throws InterruptedException {
    if (current != null) {
      current.cancel();
      current = null;
    }
    try {
      Request request = client.request();
      request.setObserve();
      Observing next = new Observing();
      current = next;
      CoapClient caller = new CoapClient().setEndpoint(client.endpoint());
      next.relation = caller.observe(request, next);
      if (!next.heard.await(client.patience().toMillis(), TimeUnit.MILLISECONDS)
          || request.getResponse() == null) {
        next.cancel();
        CoapFailure failure = client.unanswered(request);
        request.cancel();
        throw failure;
      }
      return rest.isResting() ? List.of(rest.failure()) : List.of();
    } catch (CoapFailure e) {
      client.forget();
      return List.of(rest.begin(e));
    }
  }

  private void hear(Observing observing, Response response) {
    if (observing.ended) {
      return;
    }
    try {
      List<Observation> read = reader.read(client.believed(response));
      if (!response.getOptions().hasObserve()) {
        throw new CoapFailure(
            "coap.not-observable",
            client.where() + " does not let itself be observed: use 'mode: poll'");
      }
      long seconds = Math.clamp(response.getOptions().getMaxAge(), 0, LONGEST_FRESH.toSeconds());
      observing.freshUntil =
          nanos.getAsLong() + Duration.ofSeconds(seconds).plus(settings.timeout()).toNanos();
      rest.end();
      told.tell(read);
    } catch (CoapFailure e) {
      observing.ended = true;
      told.refuse(rest.begin(e));
    } finally {
      observing.heard.countDown();
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.cancel();
    }
    client.close();
  }
}
