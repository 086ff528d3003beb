package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well a system stood the faults of a run, computed from its report alone: the same report
 * gives the same score. What was not looked at counts as nothing, and lowers the coverage too.
 *
 * @param score 0 to 1
 * @param coverage which share of the weights was looked at, 0 to 1
 * @param parts what it is made of, each once
 */
public record Resilience(double score, double coverage, List<Part> parts) {

  /** What resilience is made of, with its weight beside the others'. */
  public enum Aspect {
    STEADY("steady state before", 1),
    AVAILABLE("availability during, as the plan wants it", 3),
    DETECTED("detection", 1),
    RECOVERED("recovery within objective", 2),
    INTACT("data intact", 2),
    HEALED("healing verified", 1);

    private final String text;
    private final int weight;

    Aspect(String text, int weight) {
      this.text = text;
      this.weight = weight;
    }

    /** For people, and in the ledger. */
    @JsonValue
    public String text() {
      return text;
    }

    Part of(@Nullable Double value) {
      return new Part(this, weight, value);
    }
  }

  /**
   * One of them.
   *
   * @param weight how much it counts beside the others
   * @param value 0 to 1; null if nobody looked
   */
  public record Part(Aspect aspect, int weight, @Nullable Double value) {}

  public Resilience {
    parts = List.copyOf(parts);
  }

  /** Empty if no fault was in force: a run that did nothing to a system says nothing of it. */
  public static Optional<Resilience> of(DrillReport report) {
    List<DrillReport.InjectionLine> inForce =
        report.injections().stream().filter(each -> each.injectedAt() != null).toList();
    if (inForce.isEmpty()) {
      return Optional.empty();
    }
    List<Part> parts =
        List.of(
            Aspect.STEADY.of(steady(report, inForce)),
            Aspect.AVAILABLE.of(available(report)),
            Aspect.DETECTED.of(met(steps(report, "detect"))),
            Aspect.RECOVERED.of(recovered(report, inForce)),
            Aspect.INTACT.of(intact(report)),
            Aspect.HEALED.of(healed(inForce)));
    double all = 0;
    double looked = 0;
    double reached = 0;
    for (Part part : parts) {
      all += part.weight();
      looked += part.value() == null ? 0 : part.weight();
      reached += part.value() == null ? 0 : part.weight() * part.value();
    }
    return Optional.of(new Resilience(rounded(reached / all), rounded(looked / all), parts));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static List<DrillReport.StepLine> steps(DrillReport report, String kind) {
    return report.steps().stream().filter(step -> step.kind().equals(kind)).toList();
  }

  private static @Nullable Double steady(
      DrillReport report, List<DrillReport.InjectionLine> inForce) {
    Instant first =
        inForce.stream()
            .map(DrillReport.InjectionLine::injectedAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElseThrow();
    return met(
        steps(report, "steady-state").stream()
            .filter(step -> !step.startedAt().isAfter(first))
            .toList());
  }

  /** What the load saw and what was watched: whichever is worse. */
  private static @Nullable Double available(DrillReport report) {
    List<Double> seen = new ArrayList<>();
    Measurement measured = report.measurement();
    if (measured != null && measured.attempts() > 0) {
      seen.add((double) measured.acknowledged() / measured.attempts());
    }
    for (DrillReport.StepLine watch : steps(report, "watch")) {
      long met =
          watch.criteria().stream().filter(each -> each.result() == Criterion.Result.MET).count();
      if (!watch.criteria().isEmpty()) {
        seen.add((double) met / watch.criteria().size());
      }
    }
    return seen.stream().min(Double::compare).orElse(null);
  }

  private static @Nullable Double recovered(
      DrillReport report, List<DrillReport.InjectionLine> inForce) {
    DrillReport.Rto rto = report.rto();
    if (rto != null) {
      return withinObjective(rto);
    }
    Instant last =
        inForce.stream()
            .map(DrillReport.InjectionLine::healedAt)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(Instant.MAX);
    return met(
        steps(report, "steady-state").stream()
            .filter(step -> step.endedAt() != null && step.endedAt().isAfter(last))
            .toList());
  }

  private static double withinObjective(DrillReport.Rto rto) {
    Long millis = rto.millis();
    Long objective = rto.objectiveMillis();
    if (millis == null) {
      return 0;
    }
    long atWorst = millis + rto.errorMillis();
    return objective == null || atWorst <= objective ? 1 : (double) objective / atWorst;
  }

  private static @Nullable Double intact(DrillReport report) {
    Measurement measured = report.measurement();
    DrillReport.Rpo rpo = report.rpo();
    if (measured == null || rpo == null) {
      return null;
    }
    boolean lossAllowed =
        rpo.objectiveSeconds() != null
            && rpo.objectiveSeconds() > 0
            && rpo.seconds() <= rpo.objectiveSeconds();
    boolean nothingLost = measured.lostTransactions() == 0 || lossAllowed;
    boolean nothingStrange = measured.unexpectedRows() == 0 && measured.duplicateRows() == 0;
    return nothingLost && nothingStrange ? 1.0 : 0.0;
  }

  private static double healed(List<DrillReport.InjectionLine> inForce) {
    long verified = inForce.stream().filter(DrillReport.InjectionLine::healVerified).count();
    return (double) verified / inForce.size();
  }

  /** One if all of them were met, null if there are none or one was not done to its end. */
  private static @Nullable Double met(List<DrillReport.StepLine> steps) {
    boolean unknown =
        steps.stream()
            .anyMatch(
                step -> step.status() != StepStatus.MET && step.status() != StepStatus.NOT_MET);
    if (steps.isEmpty() || unknown) {
      return null;
    }
    return steps.stream().allMatch(step -> step.status() == StepStatus.MET) ? 1.0 : 0.0;
  }

  /** For people, such as {@code 70 of 100, from 80 % of what there is to look at}. */
  public String described() {
    return String.format(
        Locale.ROOT,
        "%.0f of 100, from %.0f %% of what there is to look at",
        score * 100,
        coverage * 100);
  }
}
