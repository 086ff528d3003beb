package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Lets primaries acknowledge again without their standby, where a step of ours had ended that. */
@JsonTypeName("asynchronous-replication")
public record AsynchronousReplicationCompensation() implements Compensation {
  @Override
  public String does() {
    return "let the primary acknowledge without its standby again";
  }
}
