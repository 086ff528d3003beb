package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.DeviceTarget;
import dev.drillmaster.target.NetworkTarget;
import dev.drillmaster.target.RouteTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PolicyFilesTest {

  @Test
  void theExampleOfTheReadmeIsRight() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher example = Pattern.compile("```yaml\n(host: .*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(example.find()).isTrue();

    HostPolicy policy = PolicyFiles.parse(example.group(1), "README.md");

    assertThat(policy.host()).isEqualTo("db-7");
    assertThat(policy.faults())
        .containsExactly("process-tree", "proxy-partition", "nftables-partition", "tbf-bandwidth");
    assertThat(policy.targets().get("payments")).isInstanceOf(CommandDefinition.class);
    assertThat(policy.targets().get("payments.db")).isInstanceOf(RouteTarget.Definition.class);
    assertThat(policy.targets().get("payments.peers")).isInstanceOf(NetworkTarget.Definition.class);
    assertThat(policy.targets().get("payments.link")).isInstanceOf(DeviceTarget.Definition.class);
    assertThat(policy.longestHold()).isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.steps()).isFalse();
  }

  @Test
  void whatIsAbsentIsNotAllowed() {
    HostPolicy policy = PolicyFiles.parse("host: db-7", "p.yaml");

    assertThat(policy.faults()).isEmpty();
    assertThat(policy.targets()).isEmpty();
    assertThat(policy.steps()).isFalse();
    assertThat(policy.longestLease()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsPlace() {
    Shape.Family faults = (Shape.Family) Shapes.of(Fault.class);

    assertThat(
            problems(
                """
                host: DB 7
                faults: [process-tre, proxy-down]
                targets:
                  "pay/ments": {kind: command, command: [a], directory: srv}
                  orders: {kind: servce}
                longestLease: 10
                step: true
                """))
        .containsExactly(
            "p.yaml:1:7: host: must be a name of lower-case letters, digits and dashes, at most 63,"
                + " but is the text \"DB 7\"",
            "p.yaml:2:10: faults[1]: must be "
                + Wording.oneOf(List.copyOf(faults.kinds().get().keySet()))
                + ", but is the text \"process-tre\"; did you mean \"process-tree\"?",
            "p.yaml:4:3: targets.pay/ments: a target's name has letters, digits, dots, dashes and"
                + " underscores, at most 100",
            "p.yaml:4:57: targets.pay/ments.directory: must be an absolute path such as"
                + " /srv/payments, but is the text \"srv\"",
            "p.yaml:5:18: targets.orders.kind: there is no kind \"servce\"; there are: command,"
                + " device, host, network, postgres, route, toxiproxy",
            "p.yaml:6:15: longestLease: must be a duration, a whole number and a unit such as"
                + " 250ms, 10s, 5m or 1h, but is the number 10",
            "p.yaml:7:1: step: there is no field \"step\"; did you mean \"steps\"? there are: host,"
                + " faults, targets, longestLease, longestHold, steps");
  }

  @Test
  void aPolicyMustNameItsHost() {
    assertThat(problems("faults: []"))
        .containsExactly(
            "p.yaml:1:1: host: is missing: give a name of lower-case letters, digits and dashes, at"
                + " most 63");
    assertThat(problems("")).containsExactly("p.yaml:1:1: the policy is empty");
  }

  @Test
  void whatARecordRefusesHasItsPlaceToo() {
    assertThat(problems("host: a\ntargets:\n  b: {kind: command, command: [], directory: /srv/b}"))
        .containsExactly(
            "p.yaml:3:6: targets.b: \"command\" must be a list with at least the program");
  }

  private static List<String> problems(String yaml) {
    PlanException wrong =
        catchThrowableOfType(PlanException.class, () -> PolicyFiles.parse(yaml, "p.yaml"));
    assertThat(wrong).isNotNull();
    return wrong.lines();
  }
}
