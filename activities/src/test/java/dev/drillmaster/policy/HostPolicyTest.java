package dev.drillmaster.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProxyPartition;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.TargetDefinition;
import dev.drillmaster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class HostPolicyTest {

  private static final Fault FREEZE = new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
  private static final TargetDefinition PAYMENTS =
      new CommandDefinition(List.of("/srv/payments/start"), Path.of("/srv/payments"), 8080, null);
  private static final Policy POLICY =
      new HostPolicy(
          "db-7", List.of("process-tree"), Map.of("payments", PAYMENTS), null, null, null);

  @Test
  void whatItNamesIsAllowed() {
    assertThat(POLICY.refusal(spec(FREEZE, "payments", 10, 120))).isEmpty();
  }

  @Test
  void aFaultThatItDoesNotNameIsRefusedWithTheLineThatWouldAllowIt() {
    Fault cut = new ProxyPartition(Direction.BOTH);

    assertThat(POLICY.refusal(spec(cut, "payments", 10, 120)))
        .hasValue(
            "the policy of host db-7 does not allow fault proxy-partition: the line"
                + " \"faults: [process-tree, proxy-partition]\" would allow it");
  }

  @Test
  void aTargetThatItDoesNotNameIsRefused() {
    assertThat(POLICY.refusal(spec(FREEZE, "orders", 10, 120)))
        .hasValueSatisfying(why -> assertThat(why).contains("has no target orders"));
  }

  @Test
  void aLongerLeaseIsRefusedAndALongerHold() {
    assertThat(POLICY.refusal(spec(FREEZE, "payments", 11, 120)))
        .hasValue(
            "the policy of host db-7 allows a lease of 10s, not of 11s: the line"
                + " \"longestLease: 11s\" would allow it");
    assertThat(POLICY.refusal(spec(FREEZE, "payments", 10, 121)))
        .hasValueSatisfying(why -> assertThat(why).contains("\"longestHold: 121s\""));
  }

  @Test
  void recoveryStepsAreRefusedUnlessItSaysSo() {
    assertThat(POLICY.refusalOfSteps())
        .hasValueSatisfying(why -> assertThat(why).contains("\"steps: true\""));
    assertThat(new HostPolicy("db-7", null, null, null, null, true).refusalOfSteps()).isEmpty();
  }

  @Test
  void anEmptyPolicyAllowsNothing() {
    Policy empty = new HostPolicy("db-7", null, null, null, null, null);

    assertThat(empty.refusal(spec(FREEZE, "payments", 1, 1))).isPresent();
    assertThat(empty.refusalOfSteps()).isPresent();
  }

  @Test
  void itsDigestIsThatOfWhatItAllows() throws Exception {
    HostPolicy again =
        Wire.json().readValue(Wire.json().writeValueAsBytes(POLICY), HostPolicy.class);

    assertThat(again).isEqualTo(POLICY);
    assertThat(again.digest()).isEqualTo(POLICY.digest()).hasSize(64);
    assertThat(new HostPolicy("db-7", List.of(), Map.of("payments", PAYMENTS), null, null, null))
        .extracting(HostPolicy::digest)
        .isNotEqualTo(POLICY.digest());
  }

  private static InjectionSpec spec(Fault fault, String target, int lease, int longest) {
    return new InjectionSpec(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "1",
        fault,
        target,
        "db-7",
        Duration.ofSeconds(lease),
        Duration.ofSeconds(longest));
  }
}
