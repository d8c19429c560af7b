package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events at {@code /api/v1/stream}: {@code now} at most once a second when something
 * changed, {@code closed} when further intervals closed, a comment to keep the connection alive.
 * Confined to the event loop of its server; a client that does not read is dropped.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long TICK_MILLIS = 1_000;
  private static final int KEEP_ALIVE_TICKS = 15;
  private static final int MOST_STREAMS = 64;
  private static final int QUEUED_BYTES = 16 * 1_024;

  /** What a client can see change. */
  private record State(
      long accounts,
      OptionalLong closedThrough,
      OptionalLong plantMillis,
      LogStatus log,
      long refused,
      int problems,
      boolean demo) {
    String event(String name) {
      return "event: "
          + name
          + "\ndata: "
          + Json.compact(
              Json.object()
                  .put("asOf", accounts)
                  .put("plantTime", AccountJson.time(plantMillis))
                  .put("closedThrough", AccountJson.time(closedThrough))
                  .put("logSize", log.size())
                  .put("demo", demo))
          + "\n\n";
    }
  }

  private final Vertx vertx;
  private final PlantReadModel plant;
  private final Set<HttpServerResponse> streams = new HashSet<>();
  private Optional<State> told = Optional.empty();
  private long timer = -1;
  private int quietTicks;
  private boolean asking;

  EventStream(Vertx vertx, PlantReadModel plant) {
    this.vertx = vertx;
    this.plant = plant;
  }

  void mount(Router router) {
    router.get("/api/v1/stream").handler(this::open);
  }

  private void open(RoutingContext request) {
    Parameters.of(request);
    if (streams.size() >= MOST_STREAMS) {
      throw RequestRefused.busy(
          "There are " + MOST_STREAMS + " live pages already. Close one, or reload by hand.");
    }
    HttpServerResponse response = request.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // A compressor would hold events back.
        .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUED_BYTES);
    response.closeHandler(closed -> drop(response));
    response.exceptionHandler(failure -> drop(response));
    streams.add(response);
    response.write("retry: 2000\n\n");
    told.ifPresent(state -> response.write(state.event("closed") + state.event("now")));
    if (timer < 0) {
      Context loop = vertx.getOrCreateContext();
      timer = vertx.setPeriodic(0, TICK_MILLIS, tick -> look(loop));
    }
  }

  private void look(Context loop) {
    if (streams.isEmpty()) {
      vertx.cancelTimer(timer);
      timer = -1;
      told = Optional.empty();
    } else if (!asking) {
      asking = true;
      CompletionStage<PlantSnapshot> asked = plant.snapshot();
      asked.whenComplete(
          (snapshot, failure) -> loop.runOnContext(ignored -> looked(snapshot, failure)));
    }
  }

  private void looked(@Nullable PlantSnapshot snapshot, @Nullable Throwable failure) {
    asking = false;
    if (snapshot != null) {
      tell(state(snapshot));
    } else {
      LOG.warn("event=stream.snapshot.failed", failure);
    }
  }

  private State state(PlantSnapshot snapshot) {
    return new State(
        snapshot.size(),
        snapshot.closedThroughMillis(),
        snapshot.plantMillis(),
        plant.log(),
        plant.intake().refused(),
        plant.problems().size(),
        snapshot.plant().map(PlantModel::simulated).orElse(false));
  }

  private void tell(State state) {
    if (told.equals(Optional.of(state))) {
      quietTicks++;
      if (quietTicks >= KEEP_ALIVE_TICKS) {
        send(": alive\n\n");
      }
      return;
    }
    boolean closed =
        told.map(before -> !before.closedThrough().equals(state.closedThrough())).orElse(true);
    told = Optional.of(state);
    send((closed ? state.event("closed") : "") + state.event("now"));
  }

  private void send(String text) {
    quietTicks = 0;
    for (HttpServerResponse stream : List.copyOf(streams)) {
      if (stream.writeQueueFull()) {
        LOG.info("event=stream.dropped reason=slow");
        drop(stream);
      } else {
        stream.write(text);
      }
    }
  }

  private void drop(HttpServerResponse stream) {
    if (streams.remove(stream) && !stream.closed()) {
      stream.reset();
    }
  }
}
