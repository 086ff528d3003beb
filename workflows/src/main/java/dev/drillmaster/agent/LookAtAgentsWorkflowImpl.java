package dev.drillmaster.agent;

import dev.drillmaster.agent.RegisteredAgents.Line;
import dev.drillmaster.audit.Books;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All at once: however many are silent, it takes no longer than one that is. */
public final class LookAtAgentsWorkflowImpl implements LookAtAgentsWorkflow {

  private final Books books = new Books();

  @Override
  public RegisteredAgents run() {
    Map<Line, Promise<AgentLook>> asked = new LinkedHashMap<>();
    for (Line line : AgentCalls.ledger().registered().agents()) {
      asked.put(line, new AgentCalls(line.last().identity().host()).look());
    }
    List<Line> lines = new ArrayList<>();
    asked.forEach(
        (line, promise) -> {
          @Nullable AgentLook now = Presence.answer(promise);
          if (now != null) {
            books.note(new AgentEvent.AgentSeen(now));
          }
          lines.add(new Line(line.last(), line.startedAt(), line.lastSeen(), now));
        });
    books.writeAtLast();
    return new RegisteredAgents(lines);
  }
}
