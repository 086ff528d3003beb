package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Ends the load process and keeps its journal. */
@JsonTypeName("stop-load")
public record StopLoadCompensation() implements Compensation {
  @Override
  public String does() {
    return "stop the load process";
  }
}
