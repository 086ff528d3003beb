package dev.drillmaster.cli;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.CompensationLine;
import dev.drillmaster.drill.DrillReport.InjectionLine;
import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillStatus.HeldFault;
import dev.drillmaster.drill.Expect;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of the plan {@code postgres-failover} as they really go. */
public final class SampleRuns {

  static final Instant STARTED_AT = Instant.parse("2026-10-04T14:02:00Z");

  private static final UUID RUN = UUID.fromString("3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11");
  static final UUID INJECTION = InjectionSpec.idOf(RUN, "3", "db1", 1);

  private static final Measurement MEASURED =
      new Measurement(
          932L,
          21,
          3,
          0.12,
          8192,
          0,
          0,
          2,
          3500,
          3406,
          Map.of(
              "detected", 431L,
              "fenced", 518L,
              "promoted", 702L,
              "redirected", 717L,
              "validated", 932L,
              "redundancy-restored", 8123L),
          310L,
          null);

  private SampleRuns() {}

  /** So many milliseconds after the run began. */
  static Instant at(long millis) {
    return STARTED_AT.plusMillis(millis);
  }

  /** Everything went well. */
  public static DrillReport passed() {
    return report(
        Verdict.PASSED,
        Outcome.COMPLETED,
        MEASURED,
        List.of(healed()),
        steps(),
        looked(),
        List.of());
  }

  /** The service came back too late. */
  public static DrillReport tooLate() {
    Measurement late =
        new Measurement(
            5912L,
            21,
            0,
            0,
            0,
            0,
            0,
            0,
            3500,
            2901,
            Map.of("validated", 5912L, "detected", 5210L, "looked-at", 5300L),
            null,
            null);
    return report(
        Verdict.FAILED,
        Outcome.COMPLETED,
        late,
        List.of(healed()),
        steps(),
        looked(),
        List.of(
            Finding.failure(
                "rto-missed",
                "5912 ms without service, objective 5000 ms",
                "see in the milestones which part of the recovery took the time")));
  }

  /** Somebody stopped it while the standby was to be promoted. */
  public static DrillReport stopped() {
    List<StepLine> steps =
        List.of(
            steps().get(0),
            steps().get(1),
            steps().get(2),
            steps().get(3),
            step("3.3", "promote", "promote", StepStatus.STOPPED, 12_900, 13_100, "stopped"),
            step("3", "inject", "the primary dies", StepStatus.STOPPED, 12_300, 13_400, "stopped"));
    return report(
        Verdict.INCONCLUSIVE,
        Outcome.STOPPED,
        null,
        List.of(healed()),
        steps,
        List.of(
            new CompensationLine(
                3,
                "3.3",
                "settle",
                CompensationReport.State.DONE,
                "db2 was promoted to the end, db1 streams from it, traffic goes to db2"),
            new CompensationLine(
                2, "3.2", "settle", CompensationReport.State.NOT_NEEDED, "all as wanted"),
            new CompensationLine(
                1, "2", "stop-load", CompensationReport.State.DONE, "the load was stopped")),
        List.of(
            Finding.doubt(
                "stopped",
                "the run was stopped: emergency stop",
                "nothing if that was wanted; a stopped run proves nothing")));
  }

  /** The host found somebody else's fault on the target. */
  public static DrillReport refused() {
    return report(
        Verdict.INCONCLUSIVE,
        Outcome.REFUSED,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(
            Finding.doubt(
                "refused",
                "db1 is held by injection 9b0f3b1e-1111-5222-8333-444455556666",
                "the message says what stands in the way")));
  }

  /** Neither the fault nor the pair could be put right. */
  public static DrillReport handedOver() {
    InjectionLine injection = healed();
    return report(
        Verdict.FAILED,
        Outcome.HANDED_OVER,
        null,
        List.of(
            new InjectionLine(
                injection.id(),
                injection.faultType(),
                injection.mechanism(),
                injection.target(),
                10,
                26,
                at(12_512),
                at(13_000),
                at(13_400),
                false,
                "workflow",
                "could not look: /proc\u001b[31m is not readable"),
            new InjectionLine(
                RUN,
                "service-failure",
                "process-tree",
                "db2",
                3.5,
                6.5,
                null,
                null,
                null,
                false,
                "",
                "not known yet")),
        List.of(),
        List.of(
            new CompensationLine(
                1,
                "3.2",
                "settle",
                CompensationReport.State.FAILED,
                "db1 and db2 answer both that they are standbys")),
        List.of(
            Finding.failure(
                "rollback-failed",
                "step 3.2 could not be rolled back: db1 and db2 answer both that they are standbys",
                "run \"drillmaster heal\"; if that fails too, bring the system to one primary by hand")));
  }

  /** A run that measured this and found that. */
  static DrillReport measured(
      Outcome outcome, DrillReport.Rto rto, DrillReport.Rpo rpo, Finding... findings) {
    return new DrillReport(
        "drill",
        RUN,
        "postgres-failover",
        Verdict.INCONCLUSIVE,
        outcome,
        STARTED_AT,
        at(35_400),
        rto,
        rpo,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(findings),
        null);
  }

  /** The same run of a plan that expects this. */
  static DrillReport expecting(DrillReport run, Expect expect) {
    return new DrillReport(
        run.run(),
        run.runId(),
        run.plan(),
        run.verdict(),
        run.outcome(),
        run.startedAt(),
        run.endedAt(),
        run.rto(),
        run.rpo(),
        run.measurement(),
        run.injections(),
        run.steps(),
        run.compensations(),
        run.findings(),
        expect.compare(run.verdict(), run.outcome(), run.findings()));
  }

  private static DrillReport report(
      Verdict verdict,
      Outcome outcome,
      @Nullable Measurement measured,
      List<InjectionLine> injections,
      List<StepLine> steps,
      List<CompensationLine> compensations,
      List<Finding> findings) {
    return new DrillReport(
        "drill-postgres-failover-20261004-140200",
        RUN,
        "postgres-failover",
        verdict,
        outcome,
        STARTED_AT,
        at(35_400),
        measured == null
            ? null
            : new DrillReport.Rto(measured.rtoMillis(), measured.rtoErrorMillis(), 5000L),
        measured == null
            ? null
            : new DrillReport.Rpo(
                measured.lostTransactions(), measured.rpoSeconds(), measured.rpoBytes(), 1.0),
        measured,
        injections,
        steps,
        compensations,
        findings,
        null);
  }

  private static InjectionLine healed() {
    return new InjectionLine(
        INJECTION,
        "service-failure",
        "process-tree",
        "db1",
        10,
        26,
        at(12_512),
        at(13_390),
        at(13_480),
        true,
        "workflow",
        "fenced; no process runs");
  }

  /** The steps up to the one that heals, in the order in which they end. */
  static List<StepLine> steps() {
    return List.of(
        step("1", "steady-state", "steady-state", StepStatus.MET, 120, 480, "db2 streams from db1"),
        step(
            "2", "start-load", "start-load", StepStatus.MET, 500, 12_200, "100 in the last second"),
        step(
            "3.1",
            "detect",
            "notice the outage",
            StepStatus.MET,
            12_520,
            13_120,
            "the database did not answer 3 times in a row"),
        step(
            "3.2",
            "fence",
            "fence",
            StepStatus.MET,
            13_130,
            13_180,
            "db1 starts as a standby only"),
        step(
            "3.3",
            "promote",
            "promote",
            StepStatus.MET,
            13_190,
            13_330,
            "db2 writes on timeline 2"),
        step(
            "3",
            "inject",
            "the primary dies",
            StepStatus.MET,
            12_300,
            13_500,
            "held while 3 steps ran, then healed"));
  }

  private static StepLine step(
      String path, String kind, String name, StepStatus status, long from, long to, String detail) {
    return new StepLine(
        path,
        kind,
        name,
        status,
        at(from),
        at(to),
        detail,
        List.of(Criterion.of("it is so", status == StepStatus.MET, detail)));
  }

  private static List<CompensationLine> looked() {
    return List.of(
        new CompensationLine(
            2, "3.2", "settle", CompensationReport.State.NOT_NEEDED, "all as wanted"),
        new CompensationLine(
            1, "2", "stop-load", CompensationReport.State.NOT_NEEDED, "no load runs"));
  }

  /** A run that is at a step, with so many steps over. */
  static DrillStatus running(String path, String doing, int over) {
    return new DrillStatus(
        "running", path, doing, List.of(), steps().subList(0, over), List.of(), null, null);
  }

  /** The same run while its fault is held. */
  static DrillStatus held(DrillStatus status) {
    return new DrillStatus(
        status.phase(),
        status.path(),
        status.doing(),
        List.of(new HeldFault(INJECTION.toString(), "kill every process", "db1", at(98_400))),
        status.steps(),
        status.findings(),
        status.waiting(),
        status.report());
  }

  /** A load that goes well, or has not been answered for so long. */
  static LoadStatus load(long acknowledged, long outageMillis) {
    return new LoadStatus(
        "run",
        acknowledged + 12,
        acknowledged,
        outageMillis > 0 ? 12 : 0,
        0,
        outageMillis > 0 ? 0 : 12,
        outageMillis,
        outageMillis,
        1,
        "",
        false,
        List.of());
  }
}
