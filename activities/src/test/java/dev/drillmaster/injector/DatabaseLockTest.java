package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.DatabaseLock;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class DatabaseLockTest extends DatabaseContract {

  @Override
  Fault fault() {
    return new DatabaseLock("postgres", "public.account");
  }

  @Override
  String complaint() {
    return DatabaseLab.WAITED;
  }

  @Test
  void aTableThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () -> lab.injections().prepare(HostLab.spec(new DatabaseLock("postgres", "nothing"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has no table nothing");
  }

  @Test
  void aTableThatSomebodyKeepsIsNotWaitedForForLong() throws Exception {
    try (Connection other = lab.server().connect("postgres", Duration.ofSeconds(20));
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE account IN ROW EXCLUSIVE MODE");
      InjectionSpec spec = HostLab.spec(fault());

      assertThatThrownBy(() -> lab.injections().inject(spec, () -> {}))
          .hasMessageContaining("lock timeout");

      assertThat(lab.serves()).isTrue();
      assertThat(lab.sessions(spec)).isZero();
      assertThat(lab.journal.open()).isEmpty();
    }
  }
}
