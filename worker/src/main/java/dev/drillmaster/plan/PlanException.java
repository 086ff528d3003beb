package dev.drillmaster.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan or a policy that is not there or not right; the message says what would be. */
public final class PlanException extends RuntimeException {

  /** Nobody reads more, and a file may be wrong in each of its lines. */
  private static final int MOST_LINES = 50;

  private final List<String> lines;

  /** One problem. */
  public PlanException(String problem) {
    this(problem, List.of(problem));
  }

  private PlanException(String message, List<String> lines) {
    super(message);
    this.lines = List.copyOf(lines);
  }

  /** Problems with their places in a text. */
  static PlanException of(String source, List<PlanProblem> problems) {
    List<String> lines = new ArrayList<>();
    problems.stream().limit(MOST_LINES).forEach(problem -> lines.add(problem.line(source)));
    if (problems.size() > MOST_LINES) {
      lines.add(source + ": and " + (problems.size() - MOST_LINES) + " problems more");
    }
    if (lines.size() == 1) {
      return new PlanException(lines.get(0));
    }
    String head = source + " has " + problems.size() + " problems:";
    return new PlanException(head + "\n  " + String.join("\n  ", lines), lines);
  }

  /** A line for each problem, each with its place. */
  public List<String> lines() {
    return lines;
  }
}
