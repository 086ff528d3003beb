package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes of stress-ng write files, wait for the disk after each write, and read them again, over
 * and over, so that others wait longer for that disk. The target is a host, whose definition says
 * on which disk, how large the files may be and how much must be left.
 *
 * @param megabytes how large the files of all of them are, in units of 1048576 bytes, 1 to 16777216
 * @param workers how many, 1 to 1024; 1 if absent
 */
@JsonTypeName("stress-io")
public record StressIo(Integer megabytes, Integer workers) implements ResourceExhaustion {

  public StressIo(Integer megabytes, @Nullable Integer workers) {
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
    return "write %d MB over and over with %s to the disk"
        .formatted(megabytes, Stress.workers(workers));
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
