package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file takes space on a disk, so that others have less or none. The target is a host, whose
 * definition says on which disk, how large the file may be and how much must be left.
 *
 * @param megabytes how large it is, in units of 1048576 bytes, 1 to 16777216; as much as there is
 *     but for what must be left, if absent
 */
@JsonTypeName("disk-fill")
public record DiskFill(@Nullable Integer megabytes) implements ResourceExhaustion {

  /** Freeing the space of a large file takes seconds. */
  private static final Ending ENDING =
      new Ending(Expiry.WATCHDOG, Duration.ofSeconds(5), "the host has no such file any more");

  @Override
  public List<String> problems() {
    return megabytes == null ? List.of() : Stress.problemsOfSize(megabytes);
  }

  @Override
  public Ending ending() {
    return ENDING;
  }

  @Override
  public String effect() {
    return megabytes == null
        ? "take all space but what must be left on the disk"
        : "take " + megabytes + " MB on the disk";
  }

  @Override
  public String actsOn() {
    return "a host";
  }

  @Override
  public String needs() {
    return "fallocate(1)";
  }
}
