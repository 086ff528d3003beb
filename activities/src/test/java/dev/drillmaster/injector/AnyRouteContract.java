package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.proxy.RuleStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract for faults on a route of the drill proxy, whatever it carries. */
abstract class AnyRouteContract<L extends HostLab> extends InjectorContract<L> {

  /** The proxy of the lab. */
  abstract RouteProcess proxy();

  @Override
  boolean armed(InjectionSpec spec) throws IOException, InterruptedException {
    return rules().stream().anyMatch(each -> each.rule().id().equals(spec.id()));
  }

  private List<RuleStatus> rules() throws IOException, InterruptedException {
    return proxy().status().rules();
  }

  @Override
  Object untouched() throws IOException, InterruptedException {
    return rules();
  }

  @Test
  void aFaultForProcessesIsRefusedOnARoute() {
    assertThatThrownBy(
            () ->
                lab.injections()
                    .prepare(HostLab.spec(new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has no processes: it is route database");
  }

  @Test
  void withoutTheProxyNothingIsInjectedAndWhatWasInjectedIsGone() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.destroyTarget();
    assertThat(lab.injections().heal(spec, "workflow").inspection().detail())
        .contains("does not run");
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no drill proxy runs");
  }

  @Test
  void aRuleThatWasTakenAwayBehindOurBackIsALapse() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    proxy().control().remove(spec.id());
    assertThat(injections.hold(spec, () -> {}).lapsed()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().verified()).isTrue();
  }
}
