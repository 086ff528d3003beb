package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes of stress-ng hold memory, every page of it written to, so that others have less. The
 * target is a host, whose definition says how much they may hold and how much must be left.
 *
 * @param megabytes how much all of them hold, in units of 1048576 bytes, 1 to 16777216; they are
 *     written to within the first lease, and a slow machine takes 1.5 s for 1000 of them
 * @param workers how many hold it, 1 to 1024; 1 if absent
 */
@JsonTypeName("stress-memory")
public record StressMemory(Integer megabytes, Integer workers) implements ResourceExhaustion {

  public StressMemory(Integer megabytes, @Nullable Integer workers) {
    this.megabytes = megabytes;
    this.workers = workers == null ? 1 : workers;
  }

  @Override
  public List<String> problems() {
    return Stress.problems(workers, megabytes);
  }

  @Override
  public Ending ending() {
    return Stress.ENDING;
  }

  @Override
  public String effect() {
    return "hold %d MB with %s in the memory".formatted(megabytes, Stress.workers(workers));
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
