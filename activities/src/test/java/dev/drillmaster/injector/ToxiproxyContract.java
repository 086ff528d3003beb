package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.ToxiproxyTarget;
import dev.drillmaster.toxiproxy.Toxiproxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract for faults of a proxy of Toxiproxy. */
abstract class ToxiproxyContract extends InjectorContract<ToxiproxyLab> {

  @Override
  ToxiproxyLab start(Path made) throws IOException, InterruptedException {
    return new ToxiproxyLab(made);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  @Override
  Object untouched() throws IOException, InterruptedException {
    return lab.toxics();
  }

  /** As a client sees it: it is let in and hears nothing. */
  @Override
  boolean effectSeen() {
    return lab.isSilent();
  }

  @Test
  void onlyOurToxicsAreTakenAway() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    assertThat(lab.toxics()).hasSize(3).contains(ToxiproxyLab.THEIRS);
    lab.injections().heal(spec, "workflow");
    assertThat(lab.toxics()).containsExactly(ToxiproxyLab.THEIRS);
  }

  @Test
  void aServerThatHangsIsHealedWhenItGoesOn() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    Signal.STOP.send(List.of(lab.server()));
    try {
      assertThatThrownBy(() -> lab.injections().heal(spec, "workflow"))
          .isInstanceOf(IOException.class);
    } finally {
      Signal.CONT.send(List.of(lab.server()));
    }
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.toxics()).containsExactly(ToxiproxyLab.THEIRS);
  }

  @Test
  void aToxicThatIsNotRemovedGoesWithoutTheConnections() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    try (StuckToxiproxy stuck = new StuckToxiproxy(lab.api())) {
      lab.define(stuck.api());
      lab.injections().inject(spec, () -> {});
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
      assertThat(stuck.switches()).containsExactly("{\"enabled\":false}", "{\"enabled\":true}");
    }
    assertThat(lab.proxy().enabled()).isTrue();
    assertThat(lab.toxics()).containsExactly(ToxiproxyLab.THEIRS);
  }

  /** Whoever healed died between off and on. */
  @Test
  void aProxyThatHealingSwitchedOffIsSwitchedOnByTheNext() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    try (StuckToxiproxy stuck = new StuckToxiproxy(lab.api())) {
      lab.define(stuck.api());
      lab.injections().inject(spec, () -> {});
      stuck.refuseOneSwitchOn();
      assertThatThrownBy(() -> lab.injections().heal(spec, "workflow"))
          .isInstanceOf(IOException.class);
      assertThat(lab.proxy().enabled()).isFalse();
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    }
    assertThat(lab.proxy().enabled()).isTrue();
  }

  @Test
  void whatIsNotThereOrIsSwitchedOffIsRefused() throws Exception {
    lab.targets.define(
        HostLab.TARGET, new ToxiproxyTarget.Definition(lab.api().toString(), "nothing"));
    assertRefused("has no proxy");
    lab.define(lab.api());
    new Toxiproxy(lab.api()).enable(ToxiproxyLab.PROXY, false);
    assertRefused("is switched off");
    lab.destroyTarget();
    assertRefused("no Toxiproxy answers");
    lab.targets.define(
        HostLab.TARGET, new CommandDefinition(List.of("true"), directory, null, null));
    assertRefused("is no proxy of Toxiproxy");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
