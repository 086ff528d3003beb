package dev.drillmaster.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.guard.Standing.Claim;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class StandingTest {

  private static final SystemLimits TWO = new SystemLimits(2, Duration.ofHours(1), false);

  @Test
  void whoMeetsNobodyIsAdmitted() {
    assertThat(against(List.of(), List.of(), "a")).isEmpty();
    assertThat(against(List.of(claim("b")), List.of(), "a")).isEmpty();
  }

  @Test
  void noMoreThanTheLimit() {
    assertThat(against(List.of(claim("b"), claim("c")), List.of(), "a"))
        .contains(
            new Refusal(
                Refusal.Kind.CONCURRENCY,
                "at most 2 runs may go on at the same time, and these do: [run of b, run of c]"));
  }

  @Test
  void neverTwoOnOneTargetNorOnASystemAndAPartOfIt() {
    assertThat(against(List.of(claim("a")), List.of(), "a"))
        .contains(
            new Refusal(Refusal.Kind.TARGET_BUSY, "a is taken by run run of a, which came first"));
    assertThat(kind(List.of(claim("a")), List.of(), "a/db1")).contains(Refusal.Kind.TARGET_BUSY);
    assertThat(kind(List.of(claim("a/db1")), List.of(), "a")).contains(Refusal.Kind.TARGET_BUSY);
    assertThat(kind(List.of(claim("a/db1")), List.of(), "a/db2")).isEmpty();
    assertThat(kind(List.of(claim("ab")), List.of(), "a")).isEmpty();
  }

  @Test
  void aPlaceIsKeptForWhoCouldBeginNowAndCameFirst() {
    assertThat(kind(List.of(claim("b")), List.of(claim("c")), "a"))
        .contains(Refusal.Kind.CONCURRENCY);
  }

  @Test
  void whoWaitsForATargetKeepsNobodyElseFromAPlace() {
    assertThat(kind(List.of(claim("b")), List.of(claim("b")), "a")).isEmpty();
    assertThat(kind(List.of(), List.of(claim("b"), claim("b")), "a")).isEmpty();
  }

  @Test
  void whoWaitsForATargetIsNotOvertakenByOneThatWantsItToo() {
    assertThat(kind(List.of(claim("a/db1")), List.of(claim("a")), "a/db2"))
        .contains(Refusal.Kind.TARGET_BUSY);
  }

  @Test
  void aStopIsInTheWayOfEverybodyAndWaitingDoesNotHelp() {
    Refusal refusal =
        new Standing(TWO, "stopped by ada", List.of(), List.of())
            .against(request(false, Duration.ofMinutes(1), "a"))
            .orElseThrow();

    assertThat(refusal).isEqualTo(new Refusal(Refusal.Kind.GLOBAL_STOP, "stopped by ada"));
    assertThat(Standing.mayPass(refusal)).isFalse();
  }

  @Test
  void aPlanThatMayTakeTooLongOrIsForProductionIsRefusedForGood() {
    Standing free = new Standing(TWO, null, List.of(), List.of());

    assertThat(free.against(request(false, Duration.ofHours(1), "a"))).isEmpty();
    assertThat(free.against(request(false, Duration.ofMinutes(61), "a")))
        .contains(
            new Refusal(
                Refusal.Kind.MAX_DURATION,
                "the plan may take 3660 s, and no plan may take more than 3600 s"));
    assertThat(free.against(request(true, Duration.ofMinutes(1), "a")).map(Refusal::kind))
        .contains(Refusal.Kind.PRODUCTION);
    Standing production =
        new Standing(new SystemLimits(2, Duration.ofHours(1), true), null, List.of(), List.of());
    assertThat(production.against(request(true, Duration.ofMinutes(1), "a"))).isEmpty();
  }

  private static Claim claim(String target) {
    return new Claim("run of " + target, List.of(target));
  }

  private static Optional<Refusal> against(List<Claim> inForce, List<Claim> ahead, String target) {
    return new Standing(TWO, null, inForce, ahead)
        .against(request(false, Duration.ofMinutes(1), target));
  }

  private static Optional<Refusal.Kind> kind(
      List<Claim> inForce, List<Claim> ahead, String target) {
    return against(inForce, ahead, target).map(Refusal::kind);
  }

  private static AdmissionRequest request(
      boolean production, @Nullable Duration maxDuration, String target) {
    UUID run = new UUID(1, 1);
    Duration longest = maxDuration == null ? Duration.ofMinutes(1) : maxDuration;
    return new AdmissionRequest(
        run,
        run,
        LocalDate.of(2026, 5, 1),
        "asking",
        List.of(target),
        production,
        longest,
        longest,
        Duration.ZERO);
  }
}
