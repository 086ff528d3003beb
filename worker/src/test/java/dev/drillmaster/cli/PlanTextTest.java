package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Objectives;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.StartLoadStep;
import dev.drillmaster.drill.Step;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.plan.PlanFiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PlanTextTest {

  @Test
  void aPlanThatIsAboutToRunNamesItsNodes() {
    assertThat(PlanText.of(PlanFiles.shipped("postgres-failover"), new Roles("db1", "db2")))
        .isEqualTo(
            """
            postgres-failover
            The primary database dies under load and its standby takes over

            When every process of the primary is killed, the service writes again within
            five seconds, at most the last second of acknowledged transactions is lost, and
            the pair is whole again afterwards.

            system lab, environment lab, at most 3m, RTO 5s, RPO 1s

              1  wait until the system is in its steady state (at most 30s)
                 asks: service 1 is healthy, service 2 is healthy
              2  send 100 transactions a second to the service (at most 30s)
              3  the primary dies: kill every process of db1 (at most 1m)
                 outlives everything by at most 26s (lease 10s + healing 15s + 1s)
                3.1  notice the outage: 3 times in a row not "the database answers"
                     (at most 10s)
                3.2  fence db1: end its processes, and let it start as a standby only
                     (at most 10s)
                3.3  promote db2 (at most 20s)
                3.4  redirect the traffic to db2 (at most 10s)
                     asks: service 1 is healthy
              4  compare every acknowledged transaction with the database (at most 30s)
              5  bring db1 back as a standby (at most 1m)
              6  fail back: db1 takes over again (at most 1m)
              7  stop the load and compare everything once more (at most 30s)

            In any case every fault is over at most 26s after all of Drillmaster has died.""");
  }

  @Test
  void aPlanThatIsReadNamesRoles() {
    assertThat(PlanText.of(PlanFiles.shipped("postgres-failover"), PlanText.ROLES))
        .contains("the primary dies: kill every process of the primary (at most 1m)")
        .contains("promote the standby");
  }

  @Test
  void theLongestBoundIsThatOfTheWorstFaultHoweverDeepItStands() {
    Step inner = inject(ProcessTreeFailure.Mode.KILL, Duration.ofSeconds(20), List.of());
    Step outer = inject(ProcessTreeFailure.Mode.FREEZE, Duration.ofSeconds(30), List.of(inner));

    assertThat(PlanText.longestBound(plan(new Objectives(null, null), List.of(outer))))
        .hasSeconds(36);
    assertThat(PlanText.longestBound(plan(new Objectives(null, null), List.of(inner))))
        .hasSeconds(36);
  }

  @Test
  void aPlanWithoutFaultsSaysSo() {
    DrillPlan plan =
        plan(
            new Objectives(null, Duration.ZERO),
            List.of(new StartLoadStep(null, null, null, 20, null)));

    assertThat(PlanText.longestBound(plan)).isZero();
    assertThat(PlanText.of(plan, PlanText.ROLES))
        .isEqualTo(
            """
            small

            system lab, environment lab, at most 5m, RPO: nothing may be lost

              1  send 20 transactions a second to the service (at most 30s)

            The plan injects no fault.""");
  }

  private static DrillPlan plan(Objectives objectives, List<Step> steps) {
    return new DrillPlan("small", null, null, "lab", null, objectives, null, steps, null);
  }

  private static Step inject(ProcessTreeFailure.Mode mode, Duration lease, List<Step> during) {
    return new InjectStep(
        null, null, null, new ProcessTreeFailure(mode), "primary", lease, during, null);
  }
}
