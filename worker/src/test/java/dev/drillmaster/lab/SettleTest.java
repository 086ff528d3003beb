package dev.drillmaster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.Fencing;
import dev.drillmaster.drill.PromoteStep;
import dev.drillmaster.drill.RejoinStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.drill.StepRequest;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.SynchronousReplicationStep;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.DiskRole;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.RoleChange;
import dev.drillmaster.postgres.StopMode;
import dev.drillmaster.postgres.SynchronousReplication;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.step.HostSteps;
import dev.drillmaster.system.Pair;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real pair of a lab, brought into every state in which a failover can be cut off. */
@Tag("lab")
// One lab for all: each test ends with a pair that is whole, and the next takes it as it is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettleTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final LabRoom room;
  private final HostJournal journal;
  private Pair pair;
  private HostSteps steps;
  private String primary = "";
  private String standby = "";

  SettleTest(@TempDir Path directory) throws IOException {
    room = new LabRoom(directory, "home");
    journal = new HostJournal(room.home.journal());
  }

  @BeforeAll
  void up() throws Exception {
    room.up();
    Targets targets = new Targets(room.home.targets(), TargetKinds.ALL);
    pair = new Pair(journal, targets, room.system());
    steps = LabHost.of(room.home).steps();
  }

  @AfterAll
  void down() throws Exception {
    room.lab.down();
  }

  @BeforeEach
  void whoIsWho() throws Exception {
    primary = pair.primary().orElseThrow();
    standby = pair.system().other(primary);
  }

  @AfterEach
  void isWhole() throws Exception {
    String now = pair.primary().orElseThrow();
    assertThat(pair.streams(pair.system().other(now))).isTrue();
    assertThat(pair.proxy().route("database").upstream()).isEqualTo(pair.upstream(now));
    assertThat(journal.fenceOf(primary)).isEmpty();
    assertThat(journal.fenceOf(standby)).isEmpty();
    assertThat(pair.settle(BOUND).changed()).as("settled again").isFalse();
  }

  private PostgresServer server(String node) throws IOException {
    return pair.server(node);
  }

  private void fence(String node, UnaryOperator<Fence> how) throws Exception {
    try (HostLock lock = journal.lockTarget(node, BOUND)) {
      journal.fence(
          lock, how.apply(new Fence(node, "a test", "failover", Instant.now(), null, null)));
    }
  }

  private void fenced(String node) throws Exception {
    fence(node, fence -> fence);
    server(node).sealAsStandby();
    server(node).kill(BOUND);
  }

  private void assertPrimary(String node) throws Exception {
    assertThat(pair.settle(BOUND)).returns(node, Pair.Settled::primary);
  }

  /** Does one step of a run of its own. */
  private StepResult step(Step step) throws Exception {
    return step(UUID.randomUUID(), step);
  }

  private StepResult step(UUID runId, Step step) throws Exception {
    Roles roles = new Roles(primary, standby);
    return steps.run(new StepRequest(runId, "1", step, "lab", roles), () -> {});
  }

  private static void assertNotMet(StepResult result, String what) {
    assertThat(result.criteria())
        .filteredOn(each -> each.result() == Criterion.Result.NOT_MET)
        .extracting(Criterion::name)
        .containsExactly(what);
  }

  /** Who runs, by pid and start time: a server that was only looked at is the same afterwards. */
  private Set<ProcessId> postmasters() throws IOException {
    Set<ProcessId> found = new HashSet<>();
    for (String node : pair.system().nodes()) {
      String pid = Files.readAllLines(server(node).data().resolve("postmaster.pid")).get(0);
      found.add(ProcessId.of(Long.parseLong(pid)).orElseThrow());
    }
    return found;
  }

  @Test
  void aPrimaryDoesNotRejoinAndIsNotTouched() throws Exception {
    Set<ProcessId> before = postmasters();

    StepResult result = step(new RejoinStep(null, null, null, "primary"));

    assertThat(result.detail()).isEqualTo("not rejoined");
    assertThat(result.criteria())
        .extracting(Criterion::result)
        .containsOnly(Criterion.Result.NOT_MET);
    assertThat(postmasters()).isEqualTo(before);
    assertThat(journal.fenceOf(primary)).isEmpty();
  }

  @Test
  void nobodyRejoinsOneThatIsNoPrimary() throws Exception {
    server(primary).kill(BOUND);

    assertNotMet(step(new RejoinStep(null, null, null, "standby")), primary + " is primary");

    assertThat(journal.fenceOf(standby)).isEmpty();
    assertThat(server(standby).observe().running()).isTrue();
    assertPrimary(primary);
  }

  @Test
  void aStandbyThatStreamsIsNotCopiedAnew() throws Exception {
    Set<ProcessId> before = postmasters();

    StepResult result = step(new RejoinStep(null, null, null, "standby"));

    assertThat(result.criteria()).extracting(Criterion::result).containsOnly(Criterion.Result.MET);
    assertThat(result.detail()).contains("streamed already");
    assertThat(postmasters()).isEqualTo(before);
  }

  @Test
  void aMarkThatTheLoadDidNotTakeIsADoubtOfTheStep() throws Exception {
    UUID runId = UUID.randomUUID();
    Path load = pair.system().load().directory().resolve(runId.toString());
    Files.createFile(Files.createDirectories(load).resolve("load.journal"));

    StepResult result = step(runId, new RejoinStep(null, null, null, "standby"));

    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().get(0))
        .returns("mark-lost", Finding::code)
        .returns(Verdict.INCONCLUSIVE, Finding::verdict)
        .extracting(Finding::summary)
        .asString()
        .contains("redundancy-restored");
  }

  @Test
  void aSecondFenceKeepsTheSuccessorSoThatThePromotionIsDone() throws Exception {
    fenced(primary);
    fence(primary, fence -> fence.inFavourOf(standby));

    StepResult result = step(new FenceStep(null, null, null, null));

    assertThat(result.criteria()).extracting(Criterion::result).containsOnly(Criterion.Result.MET);
    assertThat(journal.fenceOf(primary).orElseThrow())
        .returns(standby, Fence::successor)
        .returns("fence", Fence::reason);
    assertPrimary(standby);
  }

  @Test
  void oneThatIsFencedItselfIsNotPromotedAndTheOtherMayComeBack() throws Exception {
    fenced(primary);
    fence(standby, fence -> fence);

    assertNotMet(
        step(new PromoteStep(null, null, null, null, null)), standby + " is not fenced itself");

    assertThat(journal.fenceOf(primary).orElseThrow().liftable()).isTrue();
    assertPrimary(primary);
  }

  @Test
  void aFenceThatCannotBeReadIsLeftToAPerson() throws Exception {
    fenced(primary);
    Path file = journal.directory().resolve("fences").resolve(primary + ".json");
    Files.writeString(file, "");

    step(new FenceStep(null, null, null, null));
    assertThatThrownBy(() -> pair.settle(BOUND))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("drillmaster heal");
    assertThat(server(primary).observe().running()).isFalse();
    assertThat(server(standby).observe().writable()).isFalse();

    Files.delete(file);
    assertPrimary(primary);
  }

  @Test
  void aPairThatIsWholeIsLeftAlone() throws Exception {
    assertThat(pair.settle(BOUND).changed()).isFalse();
  }

  @Test
  void aPairWithoutAProcessComesBackAsItWas() throws Exception {
    server(primary).kill(BOUND);
    server(standby).kill(BOUND);

    assertPrimary(primary);
  }

  @Test
  void aFenceThatWasOnlyWrittenIsLifted() throws Exception {
    fence(primary, fence -> fence);

    assertPrimary(primary);
  }

  @Test
  void aSealOfAPrimaryThatStillRunsIsTakenOff() throws Exception {
    fence(primary, fence -> fence);
    server(primary).sealAsStandby();

    assertPrimary(primary);
  }

  @Test
  void aFenceWithoutAPromotionIsLifted() throws Exception {
    fenced(primary);

    assertPrimary(primary);
  }

  @Test
  void aFencedPrimaryThatWasStartedReadOnlyIsPrimaryAgain() throws Exception {
    fenced(primary);
    server(primary).start(BOUND);
    assertThat(server(primary).awaitReady(BOUND).writable()).isFalse();

    assertPrimary(primary);
  }

  @Test
  void aPromotionThatWasIntendedIsDone() throws Exception {
    fenced(primary);
    fence(primary, fence -> fence.inFavourOf(standby));

    assertPrimary(standby);
  }

  @Test
  void aPromotionThatWasDoneIsKeptThoughAllDied() throws Exception {
    fenced(primary);
    fence(primary, fence -> fence.inFavourOf(standby));
    new RoleChange(server(standby)).promote(BOUND);
    server(standby).kill(BOUND);

    assertPrimary(standby);
  }

  @Test
  void whoeverHasASuccessorIsEndedEvenIfSomebodyMadeItAPrimary() throws Exception {
    fenced(primary);
    fence(primary, fence -> fence.inFavourOf(standby));
    new RoleChange(server(standby)).promote(BOUND);
    server(primary).unseal();
    server(primary).start(BOUND);
    assertThat(server(primary).awaitReady(BOUND).writable()).isTrue();

    assertPrimary(standby);
  }

  @Test
  void aFailBackThatStoppedTheOldPrimaryIsTakenBack() throws Exception {
    fence(primary, fence -> fence);
    server(primary).sealAsStandby();
    server(primary).stop(StopMode.FAST, BOUND);
    assertThat(server(primary).diskRole()).isEqualTo(DiskRole.SEALED_PRIMARY);

    assertPrimary(primary);
  }

  @Test
  void twoPrimariesThatNobodyFencedAreLeftToAPerson() throws Exception {
    new RoleChange(server(standby)).promote(BOUND);

    assertThatThrownBy(() -> pair.settle(BOUND))
        .hasMessageContaining("accept writes")
        .hasMessageContaining("stop the one");

    server(standby).kill(BOUND);
    assertPrimary(primary);
  }

  @Test
  void nothingIsSettledWhileAFaultIsOpen() throws Exception {
    InjectionSpec open =
        new InjectionSpec(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "1",
            new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
            primary,
            "lab",
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));
    journal.intend(open);

    assertThatThrownBy(() -> pair.settle(BOUND))
        .hasMessageContaining(open.id().toString())
        .hasMessageContaining("drillmaster heal");

    HealReport healed =
        new HealReport(
            Instant.EPOCH,
            Instant.EPOCH,
            "a test",
            false,
            false,
            new Inspection(Inspection.State.ABSENT, "never begun"));
    journal.writeHealed(open.id(), healed);
  }

  @Test
  void twoPrimariesOfALabPlanEndWithTheOneThatWasPromoted() throws Exception {
    StepResult promoted = step(new PromoteStep("unfenced", null, null, null, Fencing.NONE));
    assertThat(promoted.criteria())
        .allMatch(criterion -> criterion.result() == Criterion.Result.MET);
    assertThat(pair.hasTwoPrimaries()).isTrue();
    assertThat(pair.primary()).isEmpty();

    assertThat(pair.settle(BOUND)).returns(standby, Pair.Settled::primary);

    assertThat(pair.hasTwoPrimaries()).isFalse();
  }

  @Test
  void aPrimaryWaitsForItsStandbyUntilItIsLetGo() throws Exception {
    StepResult result = step(new SynchronousReplicationStep(null, null, null));
    assertThat(result.criteria()).singleElement().returns(Criterion.Result.MET, Criterion::result);
    SynchronousReplication waiting = new SynchronousReplication(server(primary), server(standby));
    assertThat(waiting.end()).isTrue();
    assertThat(waiting.end()).as("ended again").isFalse();
  }
}
