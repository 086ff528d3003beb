package dev.drillmaster.drillproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.control.ControlServer.Refused;
import dev.drillmaster.fault.Direction;
import dev.drillmaster.process.Poll;
import dev.drillmaster.proxy.HttpLie;
import dev.drillmaster.proxy.LieCounts;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.NetworkRule.Turns;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
final class RulesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Turns TURNS = new Turns(40, 20);

  private final EventLoop loop = new DefaultEventLoop();
  private final AtomicInteger changes = new AtomicInteger();
  private final Rules rules = new Rules(loop, changes::incrementAndGet);
  private final NetworkRule cut = NetworkRule.cut(UUID.randomUUID(), Direction.BOTH).byTurns(TURNS);

  @AfterEach
  void endTheLoop() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void aRuleByTurnsActsAndRestsAndIsInForceAllTheTime() throws Exception {
    rules.arm(cut, 60_000);
    assertThat(rules.cut(Direction.TO_CLIENT)).isFalse();
    assertThat(rules.begin(cut.id())).isTrue();
    assertThat(rules.cut(Direction.TO_CLIENT)).isTrue();
    for (int turn = 0; turn < 3; turn++) {
      awaitCut(false);
      assertThat(rules.list()).singleElement().matches(each -> each.inForce());
      awaitCut(true);
    }
  }

  @Test
  void onceRemovedItTakesNoTurnMore() throws Exception {
    rules.arm(cut, 60_000);
    rules.begin(cut.id());
    awaitCut(false);
    assertThat(rules.remove(cut.id())).isTrue();
    afterTurns();
    int before = changes.get();
    afterTurns();
    assertThat(changes).hasValue(before);
    assertThat(rules.cut(Direction.TO_CLIENT)).isFalse();
  }

  @Test
  void itsDeadlineEndsItWhileItRests() throws Refused, Exception {
    rules.arm(cut, 50);
    rules.begin(cut.id());
    assertThat(Poll.until(PATIENCE, () -> rules.list().isEmpty())).isTrue();
    assertThat(rules.cut(Direction.TO_CLIENT)).isFalse();
    assertThat(rules.begin(cut.id())).isFalse();
  }

  @Test
  void ofTwoLiesTheSecondIsRefusedUntilTheFirstIsOver() throws Exception {
    NetworkRule first = NetworkRule.lie(UUID.randomUUID(), HttpLie.old("/"));
    NetworkRule second = NetworkRule.lie(UUID.randomUUID(), HttpLie.status("/", 500, 100));
    rules.arm(first, 60_000);
    assertThatThrownBy(() -> rules.arm(second, 60_000)).hasMessageContaining("lies already");
    assertThat(rules.liar()).isNull();
    rules.begin(first.id());
    assertThat(rules.liar()).isNotNull();
    assertThat(rules.slowing(Direction.TO_CLIENT)).isEmpty();
    rules.remove(first.id());
    assertThat(rules.liar()).isNull();
    assertThat(rules.arm(second, 60_000).lies()).isEqualTo(new LieCounts(0, 0));
  }

  /** As after a freeze, in which no timer fired. */
  @Test
  void aLieWhoseDeadlineHasPassedIsNotToldThoughItsTimerIsLate() throws Exception {
    NetworkRule lie = NetworkRule.lie(UUID.randomUUID(), HttpLie.old("/"));
    CountDownLatch thaw = new CountDownLatch(1);
    loop.execute(() -> awaitQuietly(thaw));
    rules.arm(lie, 50);
    rules.begin(lie.id());
    assertThat(rules.liar()).isNotNull();
    assertThat(Poll.until(PATIENCE, () -> rules.liar() == null)).isTrue();
    assertThat(rules.list()).hasSize(1);
    assertThat(rules.renew(lie.id())).isFalse();
    thaw.countDown();
    assertThat(Poll.until(PATIENCE, () -> rules.list().isEmpty())).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** On the loop's own clock: what was due before that has been done. */
  private void afterTurns() throws InterruptedException {
    loop.schedule(() -> {}, TURNS.actMillis() + TURNS.restMillis() + 10, TimeUnit.MILLISECONDS)
        .await();
  }

  private void awaitCut(boolean wanted) throws Exception {
    assertThat(Poll.until(PATIENCE, () -> rules.cut(Direction.TO_CLIENT) == wanted)).isTrue();
  }
}
