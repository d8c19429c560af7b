package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.epcis.EpcisRoutes.Refusals;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Captures documents as jobs, and single events at once. On the event loop, with workers. */
final class CaptureRoutes implements AutoCloseable {
  /** Most bytes of a document. */
  static final int LARGEST_DOCUMENT = 4 << 20;

  private final Vertx vertx;
  private final EventProjection projection;
  private final CaptureDesk desk;
  private final Refusals refusals;
  private final PageToken tokens;
  private final AtomicLong uploading = new AtomicLong();
  private final Workers judging = new Workers("epcis-judge");
  private final Workers reading = new Workers("epcis-jobs");

  private record Submission(JudgedDocument.Read document, CaptureDesk.Submission submitted) {}

  CaptureRoutes(Vertx vertx, EventProjection projection, CaptureDesk desk, Refusals refusals) {
    this.vertx = vertx;
    this.projection = projection;
    this.desk = desk;
    this.refusals = refusals;
    tokens = projection.tokens();
  }

  void mount(Router router) {
    router.post(Exchange.CAPTURE).handler(this::capture);
    router.get(Exchange.CAPTURE).handler(this::jobs);
    router.get(Exchange.CAPTURE + "/:id").handler(this::job);
    router.post(Exchange.EVENTS).handler(this::captureOne);
  }

  @Override
  public void close() {
    judging.close();
    reading.close();
  }

  private void capture(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    boolean proceed = Negotiation.proceed(request.request());
    submit(
        request,
        submission(proceed, Integer.MAX_VALUE),
        submission -> {
          String job = Exchange.CAPTURE + "/" + submission.submitted.job().id();
          request.response().setStatusCode(202).putHeader(HttpHeaders.LOCATION, job);
          Exchange.limits(request.response())
              .putHeader("GS1-Capture-Error-Behaviour", proceed ? "proceed" : "rollback")
              .end();
        });
  }

  private void captureOne(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    submit(
        request,
        submission(false, 1),
        submission ->
            Answer.with(
                request,
                submission.submitted.ended(),
                job -> {
                  if (!job.success()) {
                    throw RequestRefused.of(job.errors().getFirst());
                  }
                  created(request, type, submission.document);
                }));
  }

  private void created(RoutingContext request, String type, JudgedDocument.Read document) {
    String id = ((JudgedEvent.Valid) document.events().getFirst()).eventId();
    request
        .response()
        .setStatusCode(201)
        .putHeader(HttpHeaders.LOCATION, Exchange.EVENTS + "/" + Exchange.encoded(id));
    Answer.with(
        request,
        reading.done(() -> projection.event(id)),
        page -> Answer.text(request, type, page.events().getLast().json()));
  }

  /** Begins a job with a document's bytes. */
  private interface Begin {
    Submission with(byte[] bytes);
  }

  /** Takes the body, has it judged, and begins a job. */
  private void submit(RoutingContext request, Begin begin, Consumer<Submission> then) {
    Negotiation.requireJson(request.request());
    Upload.of(vertx, request.request(), LARGEST_DOCUMENT, uploading)
        .onFailure(request::fail)
        .onSuccess(
            bytes -> {
              CompletableFuture<Submission> judged = judging.done(() -> begin.with(bytes));
              CompletableFuture<Submission> unused =
                  judged.whenComplete((submission, failure) -> release(bytes, submission));
              Answer.with(request, judged, then);
            });
  }

  /** Gives an upload's memory back when its job has ended, at once if there is none. */
  private void release(byte[] bytes, @Nullable Submission submission) {
    if (submission == null) {
      uploading.addAndGet(-bytes.length);
      return;
    }
    CompletableFuture<CaptureJob> unused =
        submission
            .submitted
            .ended()
            .whenComplete(
                (job, failure) -> {
                  uploading.addAndGet(-bytes.length);
                  if (job != null && !job.success()) {
                    refusals.refused("capture", job.errors().getFirst());
                  }
                });
  }

  private Begin submission(boolean proceed, int most) {
    return bytes ->
        switch (desk.judge(bytes)) {
          case JudgedDocument.Refused refused ->
              throw EpcisProblem.VALIDATION.refusal(Admission.told(refused.faults()));
          case JudgedDocument.Read read -> {
            if (read.events().size() > Body.EpcisCapture.MAX_EVENTS) {
              throw EpcisProblem.CAPTURE_LIMIT.refusal(
                  "a document has at most %,d events here: send it in parts"
                      .formatted(Body.EpcisCapture.MAX_EVENTS));
            }
            if (most == 1 && read.events().size() != 1) {
              throw EpcisProblem.VALIDATION.refusal(
                  "this takes one event; send a document of several to " + Exchange.CAPTURE);
            }
            yield new Submission(read, desk.submit(bytes, read, proceed));
          }
        };
  }

  private void jobs(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    Map<String, String> query = Exchange.parameters(request);
    for (String name : query.keySet()) {
      if (!List.of("perPage", "nextPageToken").contains(name)) {
        throw EventQueryReader.refused("there is no parameter " + EventQueryReader.shown(name));
      }
    }
    int perPage = EventQueryReader.perPage(query.getOrDefault("perPage", "30"));
    String token = query.get("nextPageToken");
    OptionalLong before =
        token == null
            ? OptionalLong.empty()
            : OptionalLong.of(tokens.read(token, Exchange.CAPTURE).number());
    Answer.with(
        request,
        reading.done(() -> desk.jobs(before.orElse(Long.MAX_VALUE), perPage)),
        jobs -> {
          List<String> all = new ArrayList<>();
          if (before.isEmpty()) {
            desk.running().forEach(job -> all.add(EventText.write(job.json())));
          }
          all.addAll(jobs.json());
          if (jobs.next().isPresent()) {
            EventQuery.Position end = new EventQuery.Position(0, jobs.next().getAsLong(), 0);
            Exchange.next(request, query, perPage, tokens.write(end, Exchange.CAPTURE));
          }
          Answer.text(request, type, "[" + String.join(",", all) + "]");
        });
  }

  private void job(RoutingContext request) {
    Negotiation.requireVersions(request.request());
    String type = Negotiation.accepted(request.request());
    String id = request.pathParam("id");
    Answer.with(
        request,
        reading.done(() -> desk.job(id)),
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
}
