package io.tracegram.deploy.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Asks what was not said, each with a default; a wrong answer is asked for again. */
public final class Interview {
  private static final int MOST_ATTEMPTS = 3;

  private final BufferedReader in;
  private final PrintWriter out;

  /**
   * @param in one answer a line; an empty line, or its end, means the default
   */
  public Interview(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Returns an answer to every question.
   *
   * @param said before, whose questions are not asked
   * @throws IllegalArgumentException if what was said before is wrong, or an answer is wrong three
   *     times
   */
  public Map<Question, String> answers(Map<Question, String> said, Map<Question, String> defaults)
      throws IOException {
    Map<Question, String> answers = new EnumMap<>(Question.class);
    for (Question question : Question.values()) {
      String before = said.get(question);
      answers.put(
          question,
          before == null
              ? ask(question, String.valueOf(defaults.get(question)))
              : checked(question, before));
    }
    return answers;
  }

  /** Returns what was said before, else the defaults, and asks nothing. */
  public static Map<Question, String> unasked(
      Map<Question, String> said, Map<Question, String> defaults) {
    Map<Question, String> answers = new EnumMap<>(defaults);
    answers.putAll(said);
    answers.forEach(Interview::checked);
    return answers;
  }

  private static String checked(Question question, String answer) {
    Optional<String> problem = question.problem(answer);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
    return answer;
  }

  private String ask(Question question, String byDefault) throws IOException {
    String problem = "";
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      out.print(question.text() + " [" + byDefault + "] ");
      out.flush();
      String line = in.readLine();
      String answer = line == null || line.isBlank() ? byDefault : line.strip();
      Optional<String> wrong = question.problem(answer);
      if (wrong.isEmpty()) {
        return answer;
      }
      problem = wrong.get();
      out.println("  " + problem);
    }
    throw new IllegalArgumentException(problem);
  }
}
