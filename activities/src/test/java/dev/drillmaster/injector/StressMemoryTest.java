package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.StressMemory;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.HostTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class StressMemoryTest extends StressContract {

  private static final int MEGABYTES = 64;
  private static final int PAGE = 4096;

  @Override
  Fault fault() {
    return new StressMemory(MEGABYTES, 1);
  }

  @Override
  boolean held() {
    return true;
  }

  @Override
  long used(List<ProcessHandle> stressors) {
    return stressors.stream().mapToLong(each -> resident(each.pid())).sum();
  }

  private static long resident(long pid) {
    try {
      String pages = Files.readString(Path.of("/proc", "" + pid, "statm"));
      return Long.parseLong(pages.split(" ", -1)[1]) * PAGE;
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  long expected() {
    return (long) MEGABYTES << 20;
  }

  @Test
  void severalHoldSoMuchTogetherAndTheKernelWouldKillThemFirst() throws Exception {
    InjectionSpec spec = HostLab.spec(new StressMemory(MEGABYTES, 2));
    lab.injections().inject(spec, () -> {});
    List<ProcessId> workers = lab.workers();
    assertThat(workers).hasSize(2);
    for (ProcessId worker : workers) {
      assertThat(Poll.until(SOON, () -> resident(worker.pid()) >= expected() / 2)).isTrue();
      assertThat(resident(worker.pid())).isLessThan(expected());
      assertThat(Path.of("/proc", "" + worker.pid(), "oom_score_adj")).content().startsWith("1000");
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void moreThanTheHostAllowsOrHasIsRefused() throws IOException {
    assertRefused(new StressMemory(257, 1), "allows 256 MB of memory, not 257");
    lab.define(new HostTarget.Definition(lab.room, 1, 256, 1 << 24, 64, 1));
    assertRefused(fault(), "MB of memory left, and its definition says leaveMemoryMegabytes");
  }
}
