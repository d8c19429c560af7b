package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the interfaces that take suppliers' documents share. Thread-safe.
 *
 * @param log logs something after what it was given before, and completes with its leaf's index
 * @param refusals counts what was refused because of its signature
 */
public record SupplierDesk(
    LedgerReadModel.Accounts accounts,
    PlantReadModel plant,
    Function<Body, CompletableFuture<Long>> log,
    Refusals refusals) {
  /** What a COSE_Sign1 may be larger than its document. */
  static final int ENVELOPE = 1_024;

  private static final String COSE = "application/cose";

  /** Counts refusals, where a person sees them. */
  public interface Refusals {
    /**
     * Counts one.
     *
     * @param subject which interface refused it
     */
    void refused(String subject, String reason);
  }

  /**
   * A document as it came.
   *
   * @param signed with its supplier's signature, if it came as {@code application/cose}
   */
  record Incoming(Content content, Optional<SupplierDocument> signed) {}

  /**
   * Reads what came: a supplier's document as JSON, or in the COSE_Sign1 of its supplier.
   *
   * @param most bytes of the document
   * @throws RequestRefused if it is neither
   */
  static Incoming incoming(RoutingContext request, int most) {
    byte[] body =
        Optional.ofNullable(request.body().buffer())
            .map(bytes -> bytes.getBytes())
            .orElse(new byte[0]);
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(COSE)) {
      LoggedAnswer.requireJson(request);
      return new Incoming(Content.of(body), Optional.empty());
    }
    try {
      SupplierDocument signed = SupplierDocument.parse(body, most);
      return new Incoming(signed.bytes(), Optional.of(signed));
    } catch (MalformedException e) {
      throw RequestRefused.bad("The body is no signed document: " + e.getMessage() + ".");
    }
  }

  /** Counts a refused withdrawal, and returns the refusal. */
  RequestRefused conflict(String subject, String reason) {
    refusals.refused(subject, reason);
    return RequestRefused.of(
        new ProblemDetails(
            409, "Conflict", "Nothing is withdrawn: %s. Nothing is logged.".formatted(reason)));
  }

  /** Counts a refused signature, and returns the refusal. */
  RequestRefused forged(String subject, String reason) {
    refusals.refused(subject, reason);
    return RequestRefused.of(
        new ProblemDetails(
            422,
            "Not signed by the supplier",
            "This document is not taken: %s. Nothing is logged.".formatted(reason)));
  }
}
