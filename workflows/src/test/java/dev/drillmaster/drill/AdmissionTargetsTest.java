package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.steadystate.TcpProbe;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class AdmissionTargetsTest {

  @Test
  void aFaultOnAnotherHostTakesItsTargetAndLeavesTheSystemToOthers() {
    ProcessTreeFailure freeze = new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
    DetectStep look =
        new DetectStep(null, null, null, new TcpProbe("it answers", "service", null), null, null);
    InjectStep there =
        new InjectStep(null, null, null, freeze, "payments", null, List.of(look), "db-7");
    FenceStep fence = new FenceStep(null, null, null, null);
    InjectStep both =
        new InjectStep(null, null, null, freeze, "payments", null, List.of(fence), "db-7");

    assertThat(AdmissionOfDrill.targets(plan(there))).containsExactly("db-7/payments");
    assertThat(AdmissionOfDrill.targets(plan(both))).containsExactly("db-7/payments", "lab");
    assertThat(AdmissionOfDrill.targets(plan(look))).containsExactly("lab");
  }

  private static DrillPlan plan(Step step) {
    return new DrillPlan("rehearsal", null, null, "lab", null, null, null, List.of(step), null);
  }
}
