package dev.drillmaster.program;

import com.google.protobuf.Timestamp;
import dev.drillmaster.process.Poll;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Where the time of a stop goes, by the history of its workflow: milliseconds since it was sent.
 */
final class StopTimeline {

  private static final Duration VISIBLE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);

  private StopTimeline() {}

  /** Of the stop that was sent then. */
  static String of(WorkflowClient client, Instant sent) throws Exception {
    Poll.until(VISIBLE, LOOK, () -> newest(client, sent).isPresent());
    String id = newest(client, sent).orElseThrow().getExecution().getWorkflowId();
    List<HistoryEvent> events = client.fetchHistory(id).getHistory().getEventsList();
    StringJoiner line = new StringJoiner(", ");
    line.add(first(events, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, "taken", sent));
    line.add(first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED, "worker asked", sent));
    line.add(first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, "answered", sent));
    long hosts = 3;
    events.stream()
        .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
        .limit(hosts)
        .forEach(event -> line.add("host begun " + millis(sent, event)));
    events.stream()
        .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
        .limit(hosts)
        .forEach(event -> line.add("host done " + millis(sent, event)));
    return line.toString();
  }

  private static Optional<WorkflowExecutionMetadata> newest(WorkflowClient client, Instant sent) {
    return client
        .listExecutions("WorkflowType = 'stopAll'")
        .filter(each -> each.getStartTime().isAfter(sent.minusMillis(1)))
        .max(Comparator.comparing(WorkflowExecutionMetadata::getStartTime));
  }

  private static String first(
      List<HistoryEvent> events, EventType type, String name, Instant sent) {
    return events.stream()
        .filter(event -> event.getEventType() == type)
        .findFirst()
        .map(event -> name + " " + millis(sent, event))
        .orElse(name + " never");
  }

  private static long millis(Instant sent, HistoryEvent event) {
    Timestamp at = event.getEventTime();
    return Duration.between(sent, Instant.ofEpochSecond(at.getSeconds(), at.getNanos())).toMillis();
  }
}
