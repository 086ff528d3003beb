package dev.drillmaster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.WatchStep;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.steadystate.TcpProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("pure")
@Timeout(30)
final class WatchTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Probe ONE = probe("one");
  private static final Probe OTHER = probe("other");

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  private static Probe probe(String name) {
    return new TcpProbe(name, "localhost:1", Duration.ofMillis(100));
  }

  private static WatchStep step(Duration duration, int failures, Probe... probes) {
    return new WatchStep(
        null, null, null, List.of(probes), duration, WatchStep.SHORTEST_INTERVAL, failures, null);
  }

  private int ask(Probe probe) {
    return asked.computeIfAbsent(probe.name(), name -> new AtomicInteger()).incrementAndGet();
  }

  private int times(Probe probe) {
    return asked.getOrDefault(probe.name(), new AtomicInteger()).get();
  }

  private static Observation answer(Probe probe, @Nullable Boolean met) {
    return new Observation(probe.name(), Instant.now(), met, "answer", 1);
  }

  @Test
  void whatStaysAsItIsIsMetAndWasAskedOften() throws Exception {
    WatchStep step = step(Duration.ofMillis(300), 1, ONE, OTHER);
    long begun = System.nanoTime();
    List<Watch.Seen> seen =
        new Watch(
                step,
                probe -> {
                  ask(probe);
                  return answer(probe, true);
                })
            .untilBreach();
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(step.duration().toNanos());
    assertThat(seen).extracting(each -> each.probe().name()).containsExactly("one", "other");
    assertThat(seen).allMatch(each -> each.criterion(step).result() == Criterion.Result.MET);
    assertThat(seen).allMatch(each -> each.asked() == times(each.probe()));
    assertThat(seen).allMatch(each -> each.asked() > 3 && each.asked() <= 31);
  }

  @Test
  void theFirstBreachEndsItForAll() throws Exception {
    WatchStep step = step(LONG, 1, ONE, OTHER);
    List<Watch.Seen> seen =
        new Watch(step, probe -> answer(probe, probe.equals(OTHER) || ask(probe) < 5))
            .untilBreach();
    assertThat(seen.get(0).asked()).isEqualTo(5);
    assertThat(seen.get(0).criterion(step).result()).isEqualTo(Criterion.Result.NOT_MET);
    assertThat(seen.get(0).ended()).hasSize(1);
    assertThat(seen.get(1).criterion(step).result()).isEqualTo(Criterion.Result.MET);
  }

  @Test
  void asManyFailuresInARowAsThePlanSaysAreABreach() throws Exception {
    WatchStep step = step(LONG, 3, ONE);
    List<Watch.Seen> seen =
        new Watch(step, probe -> answer(probe, List.of(1, 4, 7).contains(ask(probe) % 10)))
            .untilBreach();
    // 2 3, 5 6 are two in a row each; 8 9 10 are three.
    assertThat(seen.get(0).asked()).isEqualTo(10);
    assertThat(seen.get(0).ended()).hasSize(3);
  }

  @Test
  void aProbeThatHangsKeepsNoOtherFromBeingAsked() throws Exception {
    WatchStep step = step(LONG, 1, ONE, OTHER);
    CountDownLatch hanging = new CountDownLatch(1);
    List<Watch.Seen> seen =
        new Watch(
                step,
                probe -> {
                  if (probe.equals(ONE)) {
                    return answer(probe, hanging.await(20, TimeUnit.SECONDS));
                  }
                  boolean met = ask(probe) < 20;
                  if (!met) {
                    hanging.countDown();
                  }
                  return answer(probe, met);
                })
            .untilBreach();
    assertThat(seen.get(1).asked()).isEqualTo(20);
    assertThat(seen.get(1).criterion(step).result()).isEqualTo(Criterion.Result.NOT_MET);
  }

  @Test
  void aQuestionThatCannotBePutIsNotKnownAndEndsIt() throws Exception {
    WatchStep step = step(LONG, 3, ONE);
    List<Watch.Seen> seen = new Watch(step, probe -> answer(probe, null)).untilBreach();
    assertThat(seen.get(0).asked()).isEqualTo(1);
    assertThat(seen.get(0).criterion(step).result()).isEqualTo(Criterion.Result.UNKNOWN);
  }

  @Test
  void whatNobodyLookedAtForAWhileIsNotKnown() throws Exception {
    WatchStep step = step(Duration.ofMillis(50), 1, ONE);
    CountDownLatch never = new CountDownLatch(1);
    List<Watch.Seen> seen =
        new Watch(step, probe -> answer(probe, !never.await(800, TimeUnit.MILLISECONDS)))
            .untilBreach();
    assertThat(seen.get(0).criterion(step).result()).isEqualTo(Criterion.Result.UNKNOWN);
    assertThat(seen.get(0).criterion(step).seen()).contains("nobody looked for a while");
  }
}
