package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.NftablesPartition;
import dev.drillmaster.fault.TrafficDirection;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.NetworkTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("full")
final class NftablesPartitionTest extends InjectorContract<NamespaceLab> {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration RETRANSMITTED = Duration.ofSeconds(10);

  @Override
  NamespaceLab start(Path made) throws IOException, InterruptedException {
    NamespaceLab started = new NamespaceLab(made, 1, 300);
    started.targets.define(HostLab.TARGET, network(started.host(), null, null));
    return started;
  }

  private static NetworkTarget.Definition network(
      @Nullable String namespace, @Nullable List<String> except, @Nullable List<Integer> ports) {
    List<String> peers = List.of("10.231.7.0/24", NamespaceLab.PEER, "fd00:7::2");
    return new NetworkTarget.Definition(peers, except, ports, namespace);
  }

  @Override
  Fault fault() {
    return new NftablesPartition(null);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException, InterruptedException {
    String table = table(spec);
    return rules().contains(table)
        && lab.inHost("nft", "list table inet " + table).contains("expires");
  }

  private static String table(InjectionSpec spec) {
    return "dm_" + spec.id().toString().replace("-", "");
  }

  private String rules() throws IOException, InterruptedException {
    return lab.inHost("nft", "list", "ruleset");
  }

  @Override
  Object untouched() throws IOException, InterruptedException {
    return rules();
  }

  @Override
  boolean effectSeen() {
    return lab.isSilent();
  }

  @Test
  void onlyOurTableIsTakenAway() throws Exception {
    String before = rules();
    assertThat(before).contains("table inet theirs");
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    assertThat(rules()).contains(table(spec)).contains(before);
    lab.injections().heal(spec, "workflow");
    assertThat(rules()).isEqualTo(before);
  }

  @Test
  void connectionsThatExistAreCutAndGoOnAfterHealing() throws Exception {
    assertThat(lab.askKept(SOON)).isEqualTo("ok");
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.askKept(SOON)).isEqualTo("silent");
    lab.injections().heal(spec, "workflow");
    assertThat(lab.askKept(RETRANSMITTED)).isEqualTo("ok");
  }

  /** A connection that begins is known to the peer if its first packet comes there. */
  @ParameterizedTest
  @CsvSource({"INCOMING, true", "OUTGOING, false"})
  void theOtherDirectionIsNotAffected(TrafficDirection direction, boolean arrives)
      throws Exception {
    InjectionSpec spec = HostLab.spec(new NftablesPartition(direction));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.ask()).isEqualTo("silent");
    // State 03 is SYN_RECV, and 1B58 the port.
    String half = ":1B58 [0-9A-F]*0107E70A:[0-9A-F]{4} 03 ";
    String sockets = lab.inPeer("cat", "/proc/net/tcp", "/proc/net/tcp6");
    assertThat(sockets.lines().anyMatch(line -> line.matches(".*" + half + ".*")))
        .isEqualTo(arrives);
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
  }

  @Test
  void onlyTheNamedPortsAreCutAndWhatIsExceptedIsNot() throws Exception {
    lab.targets.define(HostLab.TARGET, network(lab.host(), null, List.of(NamespaceLab.PORT)));
    InjectionSpec port = HostLab.spec(fault());
    lab.injections().inject(port, () -> {});
    assertThat(lab.ask("new " + NamespaceLab.PORT + " 1 300")).isEqualTo("silent");
    assertThat(lab.ask("new " + NamespaceLab.OTHER_PORT + " 1 300")).isEqualTo("ok");
    lab.injections().heal(port, "workflow");

    lab.targets.define(HostLab.TARGET, network(lab.host(), List.of(NamespaceLab.PEER), null));
    InjectionSpec except = HostLab.spec(fault());
    lab.injections().inject(except, () -> {});
    assertThat(lab.serves()).isTrue();
    lab.injections().heal(except, "workflow");
  }

  @Test
  void twoTargetsOfOneHostAreHealedEachAlone() throws Exception {
    HostInjections injections = lab.injections();
    lab.targets.define(HostLab.TARGET, network(lab.host(), null, List.of(NamespaceLab.PORT)));
    InjectionSpec first = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    InjectionSpec second =
        lab.spec("other", network(lab.host(), null, List.of(NamespaceLab.OTHER_PORT)), first);
    injections.inject(first, () -> {});
    injections.inject(second, () -> {});
    assertThat(injections.heal(first, "workflow").verified()).isTrue();
    assertThat(lab.ask("new " + NamespaceLab.PORT + " 1 300")).isEqualTo("ok");
    assertThat(lab.ask("new " + NamespaceLab.OTHER_PORT + " 1 300")).isEqualTo("silent");
    assertThat(injections.heal(second, "workflow").verified()).isTrue();
    assertThat(lab.ask("new " + NamespaceLab.OTHER_PORT + " 1 300")).isEqualTo("ok");
  }

  @Test
  void aTableWhoseTimeRanOutCannotBeRenewedAndIsRemovedAfterwards() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofMillis(500), Duration.ofMinutes(1));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    assertThat(lab.awaitServes(Duration.ofSeconds(2))).isTrue();
    assertThat(rules()).contains(table(spec));
    assertThat(injections.hold(spec, () -> {}).lapsed()).isTrue();
    assertThat(rules()).doesNotContain(table(spec));
  }

  @Test
  void aTableThatWasTakenAwayBehindOurBackIsALapse() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    lab.inHost("nft", "flush", "ruleset");
    assertThat(injections.hold(spec, () -> {}).lapsed()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().verified()).isTrue();
  }

  @Test
  void whatWasArmedAndNeverBeganIsInNobodysWayAndIsRemoved() throws Exception {
    InjectionSpec dead = HostLab.spec(fault(), Duration.ofMillis(500), Duration.ofMinutes(1));
    lab.process("halt", dead).waitFor();
    assertThat(rules()).contains(table(dead));
    assertThat(lab.serves()).isTrue();
    assertThat(lab.injections().heal(dead, "reaper").everInjected()).isFalse();
    assertThat(Poll.until(Duration.ofSeconds(2), () -> !armed(dead))).isTrue();

    InjectionSpec next = HostLab.spec(fault());
    lab.injections().inject(next, () -> {});
    assertThat(rules()).contains(table(next)).doesNotContain(table(dead));
    lab.injections().heal(next, "workflow");
  }

  /** Nothing is begun then, so that no heal looks at the target. */
  @Test
  void whatFailsBetweenArmingAndInjectingLeavesNothing() throws Exception {
    String before = rules();
    InjectionSpec spec = HostLab.spec(fault());
    InjectionListener broken =
        new InjectionListener() {
          @Override
          public void beforeInject(InjectionSpec about) {
            throw new IllegalStateException("on purpose");
          }
        };
    assertThatThrownBy(() -> lab.injections(broken).inject(spec, () -> {}))
        .hasMessageContaining("on purpose");
    assertThat(rules()).isEqualTo(before);
  }

  /** The agent is in a namespace without a name for us, and its processes tell which it is. */
  @Test
  void theAgentsOwnNetworkIsHealedFromElsewhereToo() throws Exception {
    lab.targets.define(HostLab.TARGET, network(null, null, null));
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    Process holder = lab.processInHost("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    assertThat(effectSeen()).isTrue();
    holder.destroyForcibly().waitFor();
    assertThat(lab.injections().heal(spec, "heal-command").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void theAgentsOwnConnectionsAreNotCut() throws Exception {
    lab.targets.define(HostLab.TARGET, network(null, null, null));
    InjectionSpec spec = HostLab.spec(fault());
    assertThat(lab.prepareWhileConnected(spec))
        .startsWith("refused: the agent's own connection to 10.231.7.2:7000")
        .contains("put 10.231.7.2 into \"except\"");
    lab.targets.define(HostLab.TARGET, network(null, List.of(NamespaceLab.PEER), null));
    assertThat(lab.prepareWhileConnected(spec)).startsWith("prepared");
    lab.targets.define(HostLab.TARGET, network(null, null, List.of(NamespaceLab.OTHER_PORT)));
    assertThat(lab.prepareWhileConnected(spec)).startsWith("prepared");
  }

  @Test
  void whatIsNotThereIsRefused() throws Exception {
    lab.targets.define(HostLab.TARGET, network("dm-nothing", null, null));
    assertRefused("there is no network namespace /run/netns/dm-nothing");
    lab.targets.define(
        HostLab.TARGET, new CommandDefinition(List.of("true"), directory, null, null));
    assertRefused("is no network but");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
