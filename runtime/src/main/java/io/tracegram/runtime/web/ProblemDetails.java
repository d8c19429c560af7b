package io.tracegram.runtime.web;

import io.tracegram.runtime.json.Fault;
import java.util.List;

/**
 * Why a request was not served, for people and programs (RFC 9457 §3.1). Immutable.
 *
 * @param type URI of the kind of problem, {@code about:blank} if the status says it all
 * @param status HTTP status, 400 to 599
 * @param title of the kind of problem
 * @param detail of this occurrence: what is wrong, and what to do
 * @param faults each by its place in what was sent, where there are several (RFC 9457 §3)
 */
public record ProblemDetails(
    String type, int status, String title, String detail, List<Fault> faults) {
  public ProblemDetails {
    faults = List.copyOf(faults);
  }

  /** A problem that has no place in what was sent. */
  public ProblemDetails(String type, int status, String title, String detail) {
    this(type, status, title, detail, List.of());
  }

  /** A problem whose status says what kind it is. */
  public ProblemDetails(int status, String title, String detail) {
    this("about:blank", status, title, detail);
  }

  static ProblemDetails of(int status) {
    return switch (status) {
      case 400 -> new ProblemDetails(400, "Bad request", "The request could not be read.");
      case 404 -> new ProblemDetails(404, "Not found", "There is nothing here. Check the address.");
      case 405 ->
          new ProblemDetails(405, "Method not allowed", "This address cannot be used that way.");
      case 406 ->
          new ProblemDetails(406, "Not acceptable", "This is not available in the format asked.");
      case 413 -> new ProblemDetails(413, "Too large", "The request is larger than is accepted.");
      default ->
          status < 500
              ? new ProblemDetails(status, "Refused", "The request was refused.")
              : new ProblemDetails(
                  status,
                  "Something went wrong",
                  "The service could not answer. Nothing was lost; try again, and see its log.");
    };
  }
}
