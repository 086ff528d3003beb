package dev.drillmaster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.drillmaster.system.Pair;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
}
