package io.tracegram.runtime.web;

/** Shows problem details to a person. */
public interface ProblemPage {
  /** Returns a whole HTML page. */
  String render(ProblemDetails problem);
}
