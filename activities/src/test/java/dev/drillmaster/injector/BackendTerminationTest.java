package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.BackendTermination;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.postgres.ServerRoom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class BackendTerminationTest extends DatabaseContract {

  /** "Terminating connection due to administrator command". */
  private static final String ENDED = "57P01";

  @Override
  Fault fault() {
    return new BackendTermination("postgres", Duration.ofMillis(50));
  }

  /** Long enough to be hit, and less than a client's patience. */
  @Override
  String question() {
    return "SELECT pg_sleep(0.15), count(*) FROM account";
  }

  @Override
  String complaint() {
    return ENDED;
  }

  @Test
  void itIsHeldForLongerThanALease() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(1), Duration.ofSeconds(4));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    assertThat(injections.hold(spec, () -> {}).lapsed()).isFalse();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void superusersAreSpared() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    try (Connection superuser = lab.server().connect("postgres", ServerRoom.BOUND);
        Statement statement = superuser.createStatement()) {
      lab.injections().inject(spec, () -> {});
      assertThat(effectSeen()).isTrue();
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void clientsOfOtherDatabasesAreSpared() throws Exception {
    ServerRoom.execute(lab.server(), "CREATE DATABASE another");
    InjectionSpec spec = HostLab.spec(new BackendTermination("another", null));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.serves()).isTrue();
    lab.injections().heal(spec, "workflow");
    ServerRoom.execute(lab.server(), "DROP DATABASE another");
  }
}
