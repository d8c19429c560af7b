package io.tracegram.runtime.web;

/** Ends a request with problem details; thrown by handlers for what the caller can correct. */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ProblemDetails problem;

  private RequestRefused(ProblemDetails problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** A request that is wrong in itself (400). */
  public static RequestRefused bad(String detail) {
    return new RequestRefused(new ProblemDetails(400, "Bad request", detail));
  }

  /** A thing that is not known here (404). */
  public static RequestRefused notFound(String detail) {
    return new RequestRefused(new ProblemDetails(404, "Not found", detail));
  }

  /** More than this service takes at once (503). */
  public static RequestRefused busy(String detail) {
    return new RequestRefused(new ProblemDetails(503, "Busy", detail));
  }

  public static RequestRefused of(ProblemDetails problem) {
    return new RequestRefused(problem);
  }

  public ProblemDetails problem() {
    return problem;
  }
}
