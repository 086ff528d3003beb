package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.target.DeviceTarget;
import dev.drillmaster.target.RouteTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract for faults that are a queueing discipline of a network device. */
abstract class QueueContract extends InjectorContract<NamespaceLab> {

  /** What is put at the root of the device. */
  abstract String kind();

  @Override
  NamespaceLab start(Path made) throws IOException, InterruptedException {
    NamespaceLab started = new NamespaceLab(made, 65_536, 500);
    started.targets.define(HostLab.TARGET, device("eth0", started.host(), null));
    return started;
  }

  static DeviceTarget.Definition device(
      String name, @Nullable String namespace, @Nullable Boolean shared) {
    return new DeviceTarget.Definition(name, namespace, shared);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  String queues(String device) throws IOException, InterruptedException {
    return lab.inHost("tc", "qdisc", "show", "dev", device);
  }

  @Override
  Object untouched() throws IOException, InterruptedException {
    return queues("eth0") + queues("eth1");
  }

  /** What is sent comes back too late. */
  @Override
  boolean effectSeen() {
    return lab.isSilent();
  }

  @Test
  void onlyOurQueueIsTakenAway() throws Exception {
    Object before = untouched();
    assertThat(queues("eth1")).contains("tbf 7:");
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    assertThat(queues("eth0")).contains(kind() + " ");
    assertThat(queues("eth1")).contains("tbf 7:");
    lab.injections().heal(spec, "workflow");
    assertThat(untouched()).isEqualTo(before);
  }

  @Test
  void whatSomebodyHasPutInItsPlaceStays() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.inHost("tc", "qdisc", "del", "dev", "eth0", "root");
    lab.inHost(
        "tc qdisc add dev eth0 root handle 5: tbf rate 1gbit burst 64kb limit 64kb".split(" ", -1));
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(queues("eth0")).contains("tbf 5:");
  }

  @Test
  void aDeviceThatWasRenamedIsHealed() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.inHost("ip", "link", "set", "eth0", "down");
    lab.inHost("ip", "link", "set", "eth0", "name", "wan0");
    lab.inHost("ip", "link", "set", "wan0", "up");
    assertThat(queues("wan0")).contains(kind() + " ");
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(queues("wan0")).doesNotContain(kind() + " ");
  }

  @Test
  void theSecondTargetOnOneDeviceIsRefused() throws Exception {
    InjectionSpec first = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    InjectionSpec second = lab.spec("other", device("eth0", lab.host(), null), first);
    lab.injections().inject(first, () -> {});
    assertThatThrownBy(() -> lab.injections().inject(second, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("queueing discipline of somebody's, " + kind());
    assertThat(lab.injections().heal(first, "workflow").verified()).isTrue();
  }

  @Test
  void whatCouldNotBePutBackOrIsNotThereIsRefused() throws Exception {
    lab.targets.define(HostLab.TARGET, device("eth1", lab.host(), null));
    assertRefused("device eth1 has a queueing discipline of somebody's, tbf 7:");
    lab.targets.define(HostLab.TARGET, device("eth9", lab.host(), null));
    assertRefused("there is no network device eth9, but [lo, eth0, eth1]");
    lab.targets.define(HostLab.TARGET, device("eth0", "dm-nothing", null));
    assertRefused("there is no network namespace /run/netns/dm-nothing");
    lab.targets.define(HostLab.TARGET, new RouteTarget.Definition(directory, "database"));
    assertRefused("is no network device but");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theDeviceOfTheAgentsOwnConnectionsIsRefusedUnlessItsOwnerSaysSo() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.targets.define(HostLab.TARGET, device("eth0", null, null));
    assertThat(lab.prepareWhileConnected(spec))
        .startsWith("refused: the agent's own connection to 10.231.7.2:7000")
        .contains("sharedWithAgent");
    lab.targets.define(HostLab.TARGET, device("eth0", null, true));
    assertThat(lab.prepareWhileConnected(spec)).startsWith("prepared");
  }
}
