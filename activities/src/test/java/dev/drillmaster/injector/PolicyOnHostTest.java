package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.TargetDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A policy at the boundary: it keeps faults out and nobody who heals. */
@Tag("lab")
@Timeout(60)
final class PolicyOnHostTest {

  private static final Fault FREEZE = new ProcessTreeFailure(Mode.FREEZE);
  private static final Policy NOTHING = policy(List.of());
  private static final Policy FREEZING = policy(List.of("process-tree"));

  ServiceLab lab;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    lab = new ServiceLab(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
  }

  @Test
  void whatItDoesNotAllowIsNeitherPreparedNorInjected() throws Exception {
    HostInjections injections = lab.injections(NOTHING);
    InjectionSpec spec = ServiceLab.spec(FREEZE);

    assertThatThrownBy(() -> injections.prepare(spec))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("\"faults: [process-tree]\" would allow it");
    assertThatThrownBy(() -> injections.inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class);

    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.intent(spec.id())).isEmpty();
  }

  @Test
  void aFaultIsHealedWhenThePolicyWasNarrowedMeanwhile() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    lab.injections(FREEZING).inject(spec, () -> {});
    assertThat(lab.allFrozen()).isTrue();

    assertThat(lab.injections(NOTHING).healAll("agent").healed()).containsOnlyKeys(spec.id());

    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.closed(spec.id())).isTrue();
  }

  private static Policy policy(List<String> faults) {
    TargetDefinition unused =
        new CommandDefinition(List.of("/bin/true"), Path.of("/nowhere"), null, null);
    return new HostPolicy("here", faults, Map.of(HostLab.TARGET, unused), null, null, null);
  }
}
