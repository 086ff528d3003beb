package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Every step that was begun, in the order of the plan, with what had to be true after it. */
final class StepsSection {

  /** As the plan counts: 10 after 9.1 after 9. */
  private static final Comparator<StepLine> PLACE_IN_PLAN =
      Comparator.comparing(StepsSection::place, Arrays::compare);

  private final RunView run;

  private StepsSection(RunView run) {
    this.run = run;
  }

  static Html of(RunView run) {
    List<StepLine> steps = run.report().steps().stream().sorted(PLACE_IN_PLAN).toList();
    if (steps.isEmpty()) {
      return Section.of("Steps", Section.quiet("No step was begun."));
    }
    StepsSection section = new StepsSection(run);
    return Section.of(
        "Steps", tag("ol", Html.of(steps.stream().map(section::step).toList())).as("steps"));
  }

  private static int[] place(StepLine step) {
    return Arrays.stream(step.path().split("\\.", -1)).mapToInt(StepsSection::number).toArray();
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private Html step(StepLine step) {
    Html head =
        tag(
                "p",
                tag("span", step.path()).as("path"),
                tag("b", step.name()),
                step.name().equals(step.kind()) ? text("") : tag("span", step.kind()).as("quiet"),
                tag(
                        "span",
                        Marker.of(step.status()).saying(word(step.status())),
                        tag("span", took(step)).as("took"))
                    .as("ends"))
            .as("cardhead");
    return tag(
            "li",
            head,
            when(step),
            step.detail().isBlank() ? text("") : tag("p", step.detail()),
            criteria(step.criteria()))
        .as(step.path().contains(".") ? "step inner" : "step");
  }

  private static String word(StepStatus status) {
    return status == StepStatus.NOT_MET ? "NOT MET" : status.text();
  }

  private static String took(StepLine step) {
    Instant endedAt = step.endedAt();
    return endedAt == null ? "did not end" : Figures.seconds(step.startedAt(), endedAt);
  }

  /** A thin bar that shows which part of the run the step took. */
  private Html when(StepLine step) {
    Instant begin = run.report().startedAt();
    double whole = millis(begin, run.report().endedAt());
    Instant endedAt = step.endedAt() == null ? run.report().endedAt() : step.endedAt();
    if (whole <= 0) {
      return text("");
    }
    double from = 100 * millis(begin, step.startedAt()) / whole;
    double width = Math.max(0.4, 100 * millis(step.startedAt(), endedAt) / whole);
    return tag(
            "svg",
            tag("rect").as("track").with("width", "100%").with("height", 3),
            tag("rect")
                .as("bar")
                .with("x", Figures.decimals(from) + "%")
                .with("width", Figures.decimals(width) + "%")
                .with("height", 3))
        .as("when")
        .with("width", "100%")
        .with("height", 3)
        .with("aria-hidden", "true");
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  private static Html criteria(List<Criterion> criteria) {
    return criteria.isEmpty()
        ? text("")
        : tag("ul", Html.of(criteria.stream().map(StepsSection::criterion).toList()))
            .as("criteria");
  }

  private static Html criterion(Criterion criterion) {
    String word = criterion.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return tag(
        "li",
        Marker.of(criterion.result()).saying(word),
        tag("span", tag("b", criterion.name()), text(": " + criterion.seen())));
  }
}
