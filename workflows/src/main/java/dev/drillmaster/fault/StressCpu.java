package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes of stress-ng compute all the time, so that others get less of the processors. The
 * target is a host, whose definition says how many there may be.
 *
 * @param workers how many, 1 to 1024; 1 if absent. Each keeps one processor busy
 * @param load for which part of the time each of them computes, in percent, 1 to 100; 100 if absent
 */
@JsonTypeName("stress-cpu")
public record StressCpu(Integer workers, Integer load) implements ResourceExhaustion {

  public StressCpu(@Nullable Integer workers, @Nullable Integer load) {
    this.workers = workers == null ? 1 : workers;
    this.load = load == null ? 100 : load;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(Stress.problemsOfWorkers(workers));
    if (load < 1 || load > 100) {
      problems.add("load must be 1 to 100, in percent");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Stress.ENDING;
  }

  @Override
  public String effect() {
    return "compute with %s at %d %% on the processors".formatted(Stress.workers(workers), load);
  }

  @Override
  public String actsOn() {
    return "a host";
  }

  @Override
  public String needs() {
    return "stress-ng";
  }
}
