package dev.drillmaster.agent;

import dev.drillmaster.verdict.FailureKind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the hosts that something is to be done on have agents, asked before it begins. */
public final class Presence {

  private Presence() {}

  /**
   * Greets the agents of these hosts on all their queues at once.
   *
   * @throws ApplicationFailure of type {@code Refused} if one does not answer, or two answer in the
   *     place of one
   */
  public static void require(Collection<String> hosts) {
    List<Greeted> greeted = hosts.stream().distinct().map(Greeted::of).toList();
    List<String> problems = new ArrayList<>();
    greeted.forEach(each -> each.look(problems));
    if (!problems.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          String.join("; ", problems), FailureKind.REFUSED);
    }
  }

  /** What to say of a host whose agent does not answer. */
  public static String noAgent(String host) {
    return "host "
        + host
        + " has no agent: start one with drillmaster agent --host "
        + host
        + " --policy FILE";
  }

  private record Greeted(
      String host, Promise<AgentIdentity> acting, Promise<AgentIdentity> healing) {

    static Greeted of(String host) {
      AgentCalls agent = new AgentCalls(host);
      return new Greeted(host, agent.greetActing(), agent.greetHealing());
    }

    void look(List<String> problems) {
      AgentIdentity acts = answer(acting);
      AgentIdentity heals = answer(healing);
      if (acts == null && heals == null) {
        problems.add(noAgent(host));
      } else if (acts == null || heals == null) {
        problems.add(
            "the agent of host "
                + host
                + " does not answer where it "
                + (acts == null ? "acts" : "heals")
                + ": see its log, or start it again");
      } else if (!acts.isSame(heals)) {
        problems.add(
            "host "
                + host
                + " has two agents, processes "
                + acts.pid()
                + " and "
                + heals.pid()
                + ": end one of them");
      }
    }
  }

  /** The answer, or null if there is none. A stopped run does not go on asking. */
  static <T> @Nullable T answer(Promise<T> asked) {
    try {
      return asked.get();
    } catch (ActivityFailure silent) {
      if (silent.getCause() instanceof CanceledFailure) {
        throw silent;
      }
      return null;
    }
  }
}
