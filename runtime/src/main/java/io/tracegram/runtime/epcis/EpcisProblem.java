package io.tracegram.runtime.epcis;

import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.RequestRefused;

/** The standard's exceptions with their HTTP status (EPCIS 2.0 REST bindings, RFC 7807 bodies). */
public enum EpcisProblem {
  VALIDATION("ValidationException", 400, "These events cannot be captured"),
  QUERY_PARAMETER("QueryParameterException", 400, "This query cannot be answered"),
  NO_SUCH_RESOURCE("NoSuchResourceException", 404, "There is no such resource"),
  METHOD("NotSupportedException", 405, "This resource cannot be used that way"),
  NOT_ACCEPTABLE("NotAcceptableException", 406, "This is not available in the form asked"),
  SLOW_UPLOAD("ValidationException", 408, "The upload took too long"),
  ALREADY_EXISTS("ResourceAlreadyExistsException", 409, "Another event has this id"),
  CAPTURE_LIMIT("CaptureLimitExceededException", 413, "This is more than is captured at once"),
  QUERY_TOO_LARGE("QueryTooLargeException", 413, "More events match than were allowed"),
  QUERY_TOO_COMPLEX("QueryTooComplexException", 413, "This query takes too long"),
  MEDIA_TYPE("UnsupportedMediaTypeException", 415, "Events are captured as JSON-LD"),
  IMPLEMENTATION("ImplementationException", 500, "Something went wrong"),
  BUSY("ImplementationException", 503, "Busy");

  private final String exception;
  private final int status;
  private final String title;

  EpcisProblem(String exception, int status, String title) {
    this.exception = exception;
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /**
   * Describes one occurrence.
   *
   * @param detail what is wrong, and what to do
   */
  public ProblemDetails because(String detail) {
    return new ProblemDetails("epcisException:" + exception, status, title, detail);
  }

  /** Refuses a request. */
  public RequestRefused refusal(String detail) {
    return RequestRefused.of(because(detail));
  }
}
