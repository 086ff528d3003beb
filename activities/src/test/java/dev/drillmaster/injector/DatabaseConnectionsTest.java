package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.DatabaseConnections;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class DatabaseConnectionsTest extends DatabaseContract {

  @Override
  Fault fault() {
    return new DatabaseConnections(null);
  }

  @Override
  String complaint() {
    return DatabaseLab.TOO_MANY;
  }

  @Test
  void whoIsConnectedIsServedAndSuperusersAreLetIn() throws Exception {
    try (Connection client = lab.client()) {
      InjectionSpec spec = HostLab.spec(fault());
      lab.injections().inject(spec, () -> {});
      assertThat(lab.complaint(client)).isEmpty();
      assertThat(lab.sessions(spec)).isEqualTo(8);
      lab.injections().heal(spec, "workflow");
    }
  }

  @Test
  void asManyAreLeftAsThePlanSays() throws Exception {
    InjectionSpec spec = HostLab.spec(new DatabaseConnections(1));
    lab.injections().inject(spec, () -> {});
    try (Connection first = lab.client()) {
      assertThat(lab.complaint(first)).isEmpty();
      assertThat(effectSeen()).isTrue();
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void aPlanThatWouldTakeNothingIsRefused() {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(new DatabaseConnections(9))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("only 9 connections are free");
  }
}
