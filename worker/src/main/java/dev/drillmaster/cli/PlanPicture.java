package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.wire.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a plan as a picture: from top to bottom as they are done, each with the longest that
 * it may take, and a bracket from where a fault is injected to where it is healed. Of plain
 * characters, so that it is the same in every terminal, mail and ticket.
 */
final class PlanPicture {

  private static final int ROOMY = 60;
  private static final String OPENS = "+-- ";
  private static final String STEP = "o   ";
  private static final String HELD = "|   ";

  private final Roles roles;
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private int numbers;

  private PlanPicture(Roles roles, int width) {
    this.roles = roles;
    this.width = width;
  }

  /**
   * The picture, without a line end after its last line.
   *
   * @param width the columns that no line exceeds, at least 40
   */
  static String of(DrillPlan plan, Roles roles, int width) {
    PlanPicture picture = new PlanPicture(roles, width);
    picture.numbers = longestNumber(plan.steps(), 0);
    picture.steps(plan.steps(), "", "");
    picture.line(
        "", "", picture.words("all of it, rollback not counted", "all of it"), plan.maxDuration());
    return String.join("\n", picture.lines);
  }

  private static int longestNumber(List<Step> steps, int before) {
    int longest = 0;
    for (int index = 0; index < steps.size(); index++) {
      int length = before + Integer.toString(index + 1).length();
      longest = Math.max(longest, length);
      longest = Math.max(longest, longestNumber(steps.get(index).during(), length + 1));
    }
    return longest;
  }

  private void steps(List<Step> steps, String prefix, String rails) {
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      String number = prefix + (index + 1);
      boolean injects = step instanceof InjectStep;
      String words = words(PlanText.step(step, roles), step.name());
      line(number, rails + (injects ? OPENS : STEP), words, step.limit());
      steps(step.during(), number + ".", rails + HELD);
      if (step instanceof InjectStep inject) {
        Duration bound = inject.fault().bound(inject.lease());
        String end = words("healed; whatever dies, it is over after", "healed; at worst after");
        line("", rails + OPENS, end, bound);
      }
    }
  }

  /** Where a sentence would lose its end, a name still says something. */
  private String words(String all, String few) {
    return width < ROOMY ? few : all;
  }

  private void line(String number, String rails, String words, Duration atMost) {
    String right = "  " + DurationText.format(atMost);
    String left = "  " + number + " ".repeat(numbers - number.length()) + "  " + rails;
    // So deep that nothing else would fit: the number still tells where the step belongs.
    left = left.substring(0, Math.min(left.length(), width / 2));
    int room = width - left.length() - right.length();
    String shown = PlainText.oneLine(words);
    if (shown.length() > room) {
      shown = shown.substring(0, room - 3).stripTrailing() + "...";
    }
    lines.add(left + shown + " ".repeat(room - shown.length()) + right);
  }
}
