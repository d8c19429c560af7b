package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST bindings of EPCIS 2.0 for capture and events, over a {@link CaptureDesk}: top level,
 * {@code capture}, {@code capture/{id}}, {@code events}, {@code events/{eventID}}. What is not
 * offered is refused with the standard's exceptions; {@code OPTIONS} says what is.
 */
public final class EpcisRoutes implements AutoCloseable {
  /** Most events on a page. */
  static final int LARGEST_PAGE = 1_000;

  /** Most bytes of a document. */
  static final int LARGEST_DOCUMENT = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EpcisRoutes.class);
  private static final int THREADS = 2;
  private static final int WAITING = 64;
  private static final String HOME = "/epcis";
  private static final String CAPTURE = HOME + "/capture";
  private static final String EVENTS = HOME + "/events";

  private final Vertx vertx;
  private final CaptureDesk desk;
  private final Clock clock;
  private final Refusals refusals;
  private final PageToken tokens;
  private final AtomicLong uploading = new AtomicLong();
  private final ExecutorService queries = pool("epcis-query");
  private final ExecutorService judging = pool("epcis-judge");

  /** Hears of requests and captures that were refused; on any thread. */
  public interface Refusals {
    /**
     * Counts a refusal.
     *
     * @param subject {@code capture} or {@code query}
     */
    void refused(String subject, ProblemDetails why);
  }

  /**
   * Builds the interface.
   *
   * @param clock system time, for a document's creation date
   */
  public EpcisRoutes(Vertx vertx, CaptureDesk desk, Clock clock, Refusals refusals) {
    this.vertx = vertx;
    this.desk = desk;
    this.clock = clock;
    this.refusals = refusals;
    tokens = desk.tokens();
  }

  private static ExecutorService pool(String name) {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(WAITING),
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  public void mount(Router router) {
    router.route(HOME + "/*").handler(this::watch);
    router.options(HOME).handler(request -> options(request, "OPTIONS, GET"));
    router.get(HOME).handler(this::home);
    router.options(CAPTURE).handler(request -> options(request, "OPTIONS, GET, POST"));
    router.post(CAPTURE).handler(this::capture);
    router.get(CAPTURE).handler(this::jobs);
    router.options(CAPTURE + "/:id").handler(request -> options(request, "OPTIONS, GET"));
    router.get(CAPTURE + "/:id").handler(this::job);
    router.options(EVENTS).handler(request -> options(request, "OPTIONS, GET, POST"));
    router.post(EVENTS).handler(this::captureOne);
    router.get(EVENTS).handler(this::events);
    router.options(EVENTS + "/*").handler(request -> options(request, "OPTIONS, GET"));
    router.get(EVENTS + "/*").handler(this::event);
    router.route(HOME + "/*").handler(EpcisRoutes::elsewhere);
  }

  @Override
  public void close() {
    queries.shutdownNow();
    judging.shutdownNow();
  }

  /** Sets the headers of every answer, and has refusals counted. */
  private void watch(RoutingContext request) {
    request
        .response()
        .putHeader("GS1-EPCIS-Version", "2.0.0")
        .putHeader("GS1-CBV-Version", "2.0.0")
        .putHeader("GS1-Extensions", QueryDocument.PREFIX + "=" + QueryDocument.NAMESPACE);
    request.addEndHandler(
        ended -> {
          if (request.failure() instanceof RequestRefused refused) {
            HttpMethod method = request.request().method();
            refusals.refused(
                method.equals(HttpMethod.POST) ? "capture" : "query", refused.problem());
          }
        });
    request.next();
  }

  private static void elsewhere(RoutingContext request) {
    String path = request.normalizedPath();
    boolean known =
        List.of(HOME, CAPTURE, EVENTS).contains(path)
            || path.startsWith(CAPTURE + "/")
            || path.startsWith(EVENTS + "/");
    if (known) {
      boolean writable = path.equals(CAPTURE) || path.equals(EVENTS);
      String allowed = writable ? "OPTIONS, GET, POST" : "OPTIONS, GET";
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      throw EpcisProblem.METHOD.refusal("here are " + allowed);
    }
    throw EpcisProblem.NO_SUCH_RESOURCE.refusal(
        "there are capture and events; other top-level resources, named queries and subscriptions"
            + " are not offered here");
  }

  private static void options(RoutingContext request, String allowed) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(204)
            .putHeader(HttpHeaders.ALLOW, allowed)
            .putHeader("GS1-EPCIS-Min", "2.0.0")
            .putHeader("GS1-EPCIS-Max", "2.0.0")
            .putHeader("GS1-CBV-Min", "2.0.0")
            .putHeader("GS1-CBV-Max", "2.0.0")
            .putHeader("GS1-EPC-Format", "Never_Translates");
    if (request.normalizedPath().startsWith(CAPTURE)) {
      limits(response).putHeader("GS1-Capture-Error-Behaviour", "all");
    }
    response.end();
  }

  private static HttpServerResponse limits(HttpServerResponse response) {
    return response
        .putHeader("GS1-EPCIS-Capture-Limit", Integer.toString(Body.EpcisCapture.MAX_EVENTS))
        .putHeader("GS1-EPCIS-Capture-File-Size-Limit", Integer.toString(LARGEST_DOCUMENT));
  }

  private void home(RoutingContext request) {
    String type = Negotiation.accepted(request.request());
    Answer.text(
        request,
        type,
        Json.compact(
            Json.object()
                .put("@context", QueryDocument.CONTEXT)
                .put("type", "Collection")
                .set("member", Json.array().add("capture").add("events"))));
  }

  private void capture(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    boolean proceed = Negotiation.proceed(request.request());
    submit(
        request,
        proceed,
        submission -> {
          request
              .response()
              .setStatusCode(202)
              .putHeader(HttpHeaders.LOCATION, CAPTURE + "/" + submission.job().id());
          limits(request.response())
              .putHeader("GS1-Capture-Error-Behaviour", proceed ? "proceed" : "rollback")
              .end();
        });
  }

  private void captureOne(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    submit(
        request,
        false,
        submission -> {
          if (submission.document().events().size() != 1) {
            throw EpcisProblem.VALIDATION.refusal(
                "this takes one event; send a document of several to " + CAPTURE);
          }
          Answer.with(
              request,
              submission.ended(),
              job -> {
                if (!job.success()) {
                  throw RequestRefused.of(job.errors().getFirst());
                }
                created(request, type, submission.document());
              });
        });
  }

  private void created(RoutingContext request, String type, JudgedDocument.Read document) {
    String id = ((JudgedEvent.Valid) document.events().getFirst()).eventId();
    request
        .response()
        .setStatusCode(201)
        .putHeader(
            HttpHeaders.LOCATION,
            EVENTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
    later(
        request,
        queries,
        () -> desk.event(id),
        page -> Answer.text(request, type, page.events().getFirst().json()));
  }

  private interface Submitted {
    void then(Submission submission);
  }

  private record Submission(
      JudgedDocument.Read document, CaptureJob job, CompletableFuture<CaptureJob> ended) {}

  /** Takes the body, has it judged, and begins a job. */
  private void submit(RoutingContext request, boolean proceed, Submitted submitted) {
    Negotiation.requireJson(request.request());
    Upload.of(vertx, request.request(), LARGEST_DOCUMENT, uploading)
        .onFailure(request::fail)
        .onSuccess(
            bytes ->
                later(request, judging, () -> submission(bytes, proceed), submitted::then)
                    .exceptionally(
                        failure -> {
                          uploading.addAndGet(-bytes.length);
                          return null;
                        }));
  }

  private Submission submission(byte[] bytes, boolean proceed) {
    return switch (desk.judge(bytes)) {
      case JudgedDocument.Refused refused ->
          throw EpcisProblem.VALIDATION.refusal(Admission.told(refused.faults()));
      case JudgedDocument.Read read -> {
        if (read.events().size() > Body.EpcisCapture.MAX_EVENTS) {
          throw EpcisProblem.CAPTURE_LIMIT.refusal(
              "a document has at most %,d events here: send it in parts"
                  .formatted(Body.EpcisCapture.MAX_EVENTS));
        }
        CaptureDesk.Submission submitted = desk.submit(bytes, read, proceed);
        submitted
            .ended()
            .whenComplete(
                (job, failure) -> {
                  uploading.addAndGet(-bytes.length);
                  if (job != null && !job.success()) {
                    refusals.refused("capture", job.errors().getFirst());
                  }
                });
        yield new Submission(read, submitted.job(), submitted.ended());
      }
    };
  }

  private void jobs(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    Map<String, String> query = parameters(request);
    for (String name : query.keySet()) {
      if (!List.of("perPage", "nextPageToken").contains(name)) {
        throw EventQueryReader.refused("there is no parameter " + EventQueryReader.shown(name));
      }
    }
    int perPage =
        Math.toIntExact(
            EventQueryReader.count(
                "perPage", query.getOrDefault("perPage", "30"), 1, LARGEST_PAGE));
    OptionalLong before =
        query.containsKey("nextPageToken")
            ? OptionalLong.of(tokens.read(query.get("nextPageToken"), CAPTURE).number())
            : OptionalLong.empty();
    later(
        request,
        queries,
        () -> desk.jobs(before.orElse(Long.MAX_VALUE), perPage),
        jobs -> {
          List<String> all = new ArrayList<>();
          if (before.isEmpty()) {
            desk.running().forEach(job -> all.add(EventText.write(job.json())));
          }
          all.addAll(jobs.json());
          if (jobs.next().isPresent()) {
            EventQuery.Position end = new EventQuery.Position(0, jobs.next().getAsLong(), 0);
            next(request, CAPTURE + "?", perPage, tokens.write(end, CAPTURE));
          }
          Answer.text(request, type, "[" + String.join(",", all) + "]");
        });
  }

  private void job(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    String id = request.pathParam("id");
    later(
        request,
        queries,
        () -> desk.job(id),
        job ->
            Answer.text(
                request,
                type,
                job.orElseThrow(
                    () ->
                        EpcisProblem.NO_SUCH_RESOURCE.refusal(
                            "there is no such capture job; one that a power cut ended before"
                                + " anything was captured is forgotten: send the document again"))));
  }

  private void events(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    Negotiation.EpcFormat format = Negotiation.epcFormat(request.request());
    Map<String, String> parameters = parameters(request);
    EventQuery query = EventQueryReader.read(parameters, tokens);
    later(
        request,
        queries,
        () -> desk.page(query),
        page -> {
          page.next()
              .ifPresent(
                  end -> {
                    StringBuilder link = new StringBuilder(EVENTS + "?");
                    parameters.forEach(
                        (name, value) -> {
                          if (!List.of("perPage", "nextPageToken").contains(name)) {
                            link.append(encoded(name))
                                .append('=')
                                .append(encoded(value))
                                .append('&');
                          }
                        });
                    next(
                        request,
                        link.toString(),
                        query.perPage(),
                        tokens.write(end, query.fingerprint()));
                  });
          answer(request, type, format, page);
        });
  }

  private void event(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    Negotiation.EpcFormat format = Negotiation.epcFormat(request.request());
    String rest = Parameters.rest(request, EVENTS + "/");
    // an ni: URI (RFC 6920) has a question mark, which senders forget to encode
    String query = request.request().query();
    String id = query == null || query.isEmpty() ? rest : rest + "?" + query;
    later(
        request,
        queries,
        () -> desk.event(id),
        page -> {
          if (page.events().isEmpty()) {
            throw EpcisProblem.NO_SUCH_RESOURCE.refusal(
                "there is no event " + EventQueryReader.shown(id));
          }
          answer(request, type, format, page);
        });
  }

  private void answer(
      RoutingContext request, String type, Negotiation.EpcFormat format, EventPage page) {
    request
        .response()
        .putHeader("GS1-EPC-Format", format.word())
        .putHeader(HttpHeaders.VARY, "Accept, GS1-EPC-Format");
    Answer.text(request, type, QueryDocument.of(page, clock.millis()));
  }

  private static void next(RoutingContext request, String link, int perPage, String token) {
    request
        .response()
        .putHeader(
            "Link",
            "<%sperPage=%d&nextPageToken=%s>; rel=\"next\"".formatted(link, perPage, token));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> parameters(RoutingContext request) {
    MultiMap given = request.queryParams();
    Map<String, String> parameters = new HashMap<>();
    for (String name : given.names()) {
      if (given.getAll(name).size() > 1) {
        throw EventQueryReader.refused(
            EventQueryReader.shown(name)
                + " is given more than once: write several values as one, with | between them");
      }
      parameters.put(name, String.valueOf(given.get(name)));
    }
    return parameters;
  }

  /** Has work done by a pool, then goes on with the request on its event loop. */
  private <T> CompletableFuture<T> later(
      RoutingContext request, ExecutorService pool, Callable<T> work, Answered<T> then) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            try {
              done.complete(work.call());
            } catch (Exception e) {
              done.completeExceptionally(new CompletionException(refusal(e)));
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          EpcisProblem.BUSY.refusal("too many requests at once: try again in a second"));
    }
    Answer.with(request, done, then::take);
    return done;
  }

  private interface Answered<T> {
    void take(T value);
  }

  private static RuntimeException refusal(Exception e) {
    if (e instanceof RequestRefused refused) {
      return refused;
    }
    LOG.error("event=epcis.request-failed", e);
    return EpcisProblem.IMPLEMENTATION.refusal(
        "The service could not answer. Nothing was lost; try again, and see its log.");
  }
}
