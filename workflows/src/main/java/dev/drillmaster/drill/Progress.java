package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Finding;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a run is, for the status query and for people who watch it in the Temporal UI. */
final class Progress {

  private final Map<UUID, DrillStatus.HeldFault> held = new LinkedHashMap<>();
  private final Map<UUID, DrillReport.InjectionLine> injections = new LinkedHashMap<>();
  private final List<DrillReport.StepLine> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private boolean anyWasInForce;
  private @Nullable DrillReport report;
  private String phase = "preparing";
  private String path = "";
  private String doing = "finding the system";
  private SearchAttributes attributes = new SearchAttributes(false);

  /** From now on, operators find the run by these. */
  void findBy(SearchAttributes these, DrillPlan plan) {
    attributes = these;
    attributes.begun(plan, AdmissionOfDrill.targets(plan), phase);
  }

  void phase(String now, String what) {
    phase = now;
    doing = what;
    attributes.phase(now);
    show();
  }

  void step(String at, String what) {
    path = at;
    phase("running", what);
  }

  void ended(DrillReport.StepLine line) {
    steps.add(line);
    show();
  }

  void found(Finding finding) {
    findings.add(finding);
  }

  void intended(InjectionSpec injection) {
    // Until the host answers, the fault may be in force: it counts as held from its intent on.
    Instant latestEnd = Books.now().plus(injection.longest()).plus(injection.bound());
    held.put(
        injection.id(),
        new DrillStatus.HeldFault(
            injection.id().toString(), injection.fault().effect(), injection.target(), latestEnd));
    injections.put(injection.id(), line(injection, null, null, "not known yet"));
    attributes.faultActive(true);
    show();
  }

  void injected(InjectionSpec injection, Injected injected) {
    anyWasInForce = true;
    injections.put(
        injection.id(), line(injection, injected.at(), null, injected.inspection().detail()));
  }

  void healed(InjectionSpec injection, HealReport heal) {
    held.remove(injection.id());
    // An inject whose answer was lost may have done it all the same.
    anyWasInForce |= heal.everInjected();
    DrillReport.InjectionLine before = injections.get(injection.id());
    Instant injectedAt = before == null ? null : before.injectedAt();
    injections.put(injection.id(), line(injection, injectedAt, heal, heal.inspection().detail()));
    attributes.faultActive(!held.isEmpty());
    show();
  }

  void closed(DrillReport finished) {
    report = finished;
    attributes.closed("closed", finished.verdict());
    phase("closed", finished.verdict() + ", " + finished.outcome().text());
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<DrillReport.StepLine> steps() {
    return List.copyOf(steps);
  }

  List<DrillReport.InjectionLine> injections() {
    return List.copyOf(injections.values());
  }

  /** Whether the host saw the effect of this injection. */
  boolean wasInForce(UUID injection) {
    DrillReport.@Nullable InjectionLine line = injections.get(injection);
    return line != null && line.injectedAt() != null;
  }

  /** Whether any fault of this run was in force, as far as a host told. */
  boolean anyWasInForce() {
    return anyWasInForce;
  }

  DrillStatus status(@Nullable String waiting) {
    return new DrillStatus(
        phase,
        path,
        doing,
        List.copyOf(held.values()),
        List.copyOf(steps),
        findings(),
        waiting,
        report);
  }

  private static DrillReport.InjectionLine line(
      InjectionSpec injection,
      @Nullable Instant injectedAt,
      @Nullable HealReport heal,
      String seen) {
    return new DrillReport.InjectionLine(
        injection.id(),
        injection.fault().faultType().text(),
        injection.fault().mechanism(),
        injection.target(),
        injection.lease().toMillis() / 1000.0,
        injection.bound().toMillis() / 1000.0,
        injectedAt,
        heal == null ? null : heal.healStartedAt(),
        heal == null ? null : heal.healedAt(),
        heal != null && heal.verified(),
        heal == null ? "" : heal.by(),
        seen);
  }

  private void show() {
    StringBuilder text =
        new StringBuilder("**").append(phase).append("**: ").append(doing).append("\n\n");
    // Near the top: the UI shows six lines, and the rest only to those who scroll.
    text.append(
        "To stop: send the signal `emergencyStop` without input, or cancel. Not Terminate.\n\n");
    for (DrillStatus.HeldFault fault : held.values()) {
      text.append("Held: ").append(fault.effect()).append(" of `").append(fault.target());
      text.append("`, over by ").append(fault.latestEnd()).append(" in any case\n\n");
    }
    if (!steps.isEmpty()) {
      text.append("| step | what | result |\n|---|---|---|\n");
    }
    for (DrillReport.StepLine line : steps) {
      text.append("| ").append(line.path()).append(" | ").append(line.name());
      text.append(" | ").append(line.status().text()).append(" |\n");
    }
    Workflow.setCurrentDetails(text.toString());
  }
}
