package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract for faults on the processes of a service. */
abstract class ServiceContract extends InjectorContract<ServiceLab> {

  @Override
  ServiceLab start(Path made) throws IOException, InterruptedException {
    return new ServiceLab(made);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  /** The first process, by pid and start time: others live for milliseconds only. */
  @Override
  Object untouched() throws IOException {
    List<String> starts = Files.readAllLines(lab.service.resolve("starts.txt"));
    int root = Integer.parseInt(starts.get(starts.size() - 1));
    return lab.tree().members().stream().filter(each -> each.pid() == root).toList();
  }

  @Test
  void otherProcessesAreNotTouched() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("service-2"));
    Process bystander =
        new ProcessBuilder(List.of("sleep", "600")).directory(elsewhere.toFile()).start();
    Process stoppedByAnother =
        new ProcessBuilder(List.of("sleep", "600")).directory(elsewhere.toFile()).start();
    try {
      Signal.STOP.send(List.of(HostLab.id(stoppedByAnother)));
      InjectionSpec spec = HostLab.spec(fault());
      HostInjections injections = lab.injections();
      injections.inject(spec, () -> {});
      assertThat(HostLab.id(bystander).isFrozen()).isFalse();
      injections.heal(spec, "workflow");
      assertThat(bystander.isAlive()).isTrue();
      assertThat(HostLab.id(stoppedByAnother).isFrozen()).isTrue();
    } finally {
      bystander.destroyForcibly();
      stoppedByAnother.destroyForcibly();
    }
  }
}
