package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.plan.PlanFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PlanPictureTest {

  @Test
  void aBracketShowsFromWhereToWhereAFaultIsHeld() {
    assertThat(PlanPicture.of(PlanFiles.shipped("postgres-failover"), PlanText.ROLES, 80))
        .isEqualTo(
            """
              1    o   wait until the system is in its steady state                      30s
              2    o   send 100 transactions a second to the service                     30s
              3    +-- the primary dies: kill every process of the primary                1m
              3.1  |   o   notice the outage: 3 times in a row not "the database ans...  10s
              3.2  |   o   fence the primary: end its processes, and let it start as...  10s
              3.3  |   o   promote the standby                                           20s
              3.4  |   o   redirect the traffic to the standby                           10s
                   +-- healed; whatever dies, it is over after                           26s
              4    o   compare every acknowledged transaction with the database          30s
              5    o   bring the primary back as a standby                                1m
              6    o   fail back: the primary takes over again                            1m
              7    o   stop the load and compare everything once more                    30s
                   all of it, rollback not counted                                        3m
            """
                .stripTrailing());
  }

  @Test
  void itFitsATerminalOfFortyColumns() {
    assertThat(PlanPicture.of(PlanFiles.shipped("postgres-failover"), PlanText.ROLES, 40).lines())
        .allSatisfy(line -> assertThat(line).hasSize(40))
        .contains(
            "  3    +-- the primary dies           1m",
            "  3.3  |   o   promote               20s",
            "       +-- healed; at worst after    26s");
  }

  @Test
  void faultsInsideFaultsFitHoweverDeep() {
    String fault = "{step: inject, target: db1, fault: {mechanism: process-tree, mode: kill}, ";
    String steps = (fault + "during: [").repeat(20) + "{step: fence}" + "]}".repeat(20);
    DrillPlan plan = PlanFiles.parse("name: deep\nsystem: lab\nsteps: [" + steps + "]", "deep");

    assertThat(PlanPicture.of(plan, PlanText.ROLES, 80).lines())
        .hasSize(42)
        .allSatisfy(line -> assertThat(line).hasSize(80));
  }
}
