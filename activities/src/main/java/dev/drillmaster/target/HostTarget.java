package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This host, whose resources can be used up as far as its definition lets it.
 *
 * @param name the target's name
 * @param definition how far
 */
public record HostTarget(String name, Definition definition) implements Target {

  /**
   * The JSON definition. A megabyte has 1048576 bytes. What is not named may not be used; what must
   * be left is left whatever a plan asks for.
   *
   * @param directory where a fault may make files; the disk that it is on is the one that is used
   * @param maxWorkers how many processes may be started at once; none if absent
   * @param maxMemoryMegabytes how much memory they may hold; none if absent
   * @param leaveMemoryMegabytes how much memory must stay available on this host, as the kernel
   *     estimates it (limits of a control group are not looked at); 1024 if absent
   * @param maxDiskMegabytes how much space their files may take; none if absent
   * @param leaveDiskMegabytes how much space must stay usable for ordinary accounts, at least 1:
   *     whoever heals writes a few lines, perhaps on this disk; 1024 if absent
   */
  @JsonTypeName("host")
  public record Definition(
      Path directory,
      Integer maxWorkers,
      Integer maxMemoryMegabytes,
      Integer leaveMemoryMegabytes,
      Integer maxDiskMegabytes,
      Integer leaveDiskMegabytes)
      implements TargetDefinition {

    private static final int LEFT = 1024;

    /** Refuses a definition that lacks its directory or has a limit that is none. */
    public Definition(
        Path directory,
        @Nullable Integer maxWorkers,
        @Nullable Integer maxMemoryMegabytes,
        @Nullable Integer leaveMemoryMegabytes,
        @Nullable Integer maxDiskMegabytes,
        @Nullable Integer leaveDiskMegabytes) {
      if (directory == null || !directory.isAbsolute()) {
        throw new IllegalArgumentException("\"directory\" must be an absolute path");
      }
      this.directory = directory;
      this.maxWorkers = maxWorkers == null ? 0 : maxWorkers;
      this.maxMemoryMegabytes = maxMemoryMegabytes == null ? 0 : maxMemoryMegabytes;
      this.leaveMemoryMegabytes = leaveMemoryMegabytes == null ? LEFT : leaveMemoryMegabytes;
      this.maxDiskMegabytes = maxDiskMegabytes == null ? 0 : maxDiskMegabytes;
      this.leaveDiskMegabytes = leaveDiskMegabytes == null ? LEFT : leaveDiskMegabytes;
      if (Stream.of(
              this.maxWorkers,
              this.maxMemoryMegabytes,
              this.leaveMemoryMegabytes,
              this.maxDiskMegabytes)
          .anyMatch(limit -> limit < 0)) {
        throw new IllegalArgumentException("a limit must not be negative");
      }
      if (this.leaveDiskMegabytes < 1) {
        throw new IllegalArgumentException("\"leaveDiskMegabytes\" must be at least 1");
      }
    }
  }

  @Override
  public String description() {
    return "this host, with the disk of " + definition.directory();
  }
}
