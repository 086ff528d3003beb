package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.CommandDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract for faults that are sessions with a PostgreSQL server; one server for each class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract extends InjectorContract<DatabaseLab> {

  private ServerRoom room;
  private PostgresServer server;

  @BeforeAll
  void startTheServer() throws Exception {
    room = new ServerRoom();
    server = DatabaseLab.server(room);
  }

  @AfterAll
  void closeTheRoom() throws Exception {
    room.close();
  }

  @Override
  DatabaseLab start(Path made) throws IOException, InterruptedException {
    return new DatabaseLab(made, server, question());
  }

  /** What a client asks. */
  String question() {
    return "SELECT count(*) FROM account";
  }

  /** What a client is told while the fault is in force. */
  abstract String complaint();

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.sessions(spec) > 0;
  }

  @Override
  Object untouched() throws IOException {
    return server.postmaster();
  }

  @Override
  boolean effectSeen() {
    return lab.complaint().equals(complaint());
  }

  @Test
  void sessionsOfOthersAreNotTouched() throws Exception {
    try (Connection other = server.leased("postgres", "drillmaster", Duration.ofMinutes(1));
        Statement statement = other.createStatement()) {
      InjectionSpec spec = HostLab.spec(fault());
      lab.injections().inject(spec, () -> {});
      lab.injections().heal(spec, "workflow");
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  @Test
  void anyOtherProcessHealsLongBeforeTheLeaseRunsOut() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(30), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
    assertThat(lab.sessions(spec)).isZero();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void sessionsThatWereEndedBehindOurBackAreALapse() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    ServerRoom.query(
        server,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '"
            + DatabaseLab.name(spec)
            + "'");
    assertThat(injections.hold(spec, () -> {}).lapsed()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().verified()).isTrue();
  }

  @Test
  void whatIsNoPostgresServerIsRefused() throws IOException {
    lab.targets.define(
        HostLab.TARGET, new CommandDefinition(List.of("true"), directory, null, null));
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no PostgreSQL server");
  }

  @Test
  void aServerThatIsAwayIsRefused() throws Exception {
    lab.destroyTarget();
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("does not let us in");
  }

  @Test
  void aServerThatIsFrozenIsHealedWhenItThaws() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    HostInjections others = lab.injections();
    Signal.STOP.send(server.members());
    try {
      assertThatThrownBy(() -> others.heal(spec, "workflow")).isInstanceOf(IOException.class);
    } finally {
      Signal.CONT.send(server.members());
    }
    assertThat(others.heal(spec, "workflow").verified()).isTrue();
    assertThat(effectSeen()).isFalse();
  }
}
