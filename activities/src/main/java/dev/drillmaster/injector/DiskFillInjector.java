package dev.drillmaster.injector;

import dev.drillmaster.fault.DiskFill;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Takes space on a disk by one file, in a directory of its own. */
final class DiskFillInjector implements Injector<DiskFill, DiskFillUndo>, MayEndByItself {

  private static final long LEAST = HostLimits.bytes(1);

  @Override
  public Class<DiskFill> faultClass() {
    return DiskFill.class;
  }

  @Override
  public Class<DiskFillUndo> undoClass() {
    return DiskFillUndo.class;
  }

  @Override
  public Prepared prepare(DiskFill fault, Target target) throws IOException {
    HostLimits limits = HostLimits.require(target);
    limits.requireProgram("fallocate", "util-linux");
    long usable = limits.requireDisk(Math.max(wanted(fault, limits), LEAST));
    return new Prepared(usable + " MB of disk are usable");
  }

  private static long wanted(DiskFill fault, HostLimits limits) throws IOException {
    return fault.megabytes() == null ? limits.diskRoom() : HostLimits.bytes(fault.megabytes());
  }

  @Override
  public DiskFillUndo capture(DiskFill fault, Target target, InjectionSpec spec)
      throws IOException {
    Path parent = HostLimits.require(target).allowed().directory();
    return new DiskFillUndo(OwnDirectory.of(parent, spec.id()).path(), device(parent), 0, false);
  }

  private static long device(Path path) throws IOException {
    return (Long) Files.getAttribute(path, "unix:dev");
  }

  @Override
  public void inject(DiskFill fault, Target target, DiskFillUndo undo, UndoLog<DiskFillUndo> log)
      throws IOException, InterruptedException {
    HostLimits limits = HostLimits.require(target);
    new OwnDirectory(undo.directory()).make();
    long wanted = wanted(fault, limits);
    long taken = new Filling(undo.file(), limits).fill(Math.min(wanted, limits.mostDisk()));
    if (fault.megabytes() != null && taken < wanted) {
      throw new IOException(
          "only %d of %d MB could be taken: others take space, and what must be left is left"
              .formatted(taken >> 20, fault.megabytes()));
    }
    log.write(undo.filled(taken));
  }

  @Override
  public Inspection inspect(DiskFill fault, Target target, DiskFillUndo undo) throws IOException {
    if (!isThere(undo.file())) {
      return undo.deleted() || isDiskThere(undo)
          ? new Inspection(Inspection.State.ABSENT, "its file is not there")
          : new Inspection(
              Inspection.State.UNKNOWN,
              "the disk of its file is not at " + undo.directory() + ": mount it");
    }
    long size = Files.size(undo.file());
    return size > 0 && size == undo.bytes()
        ? new Inspection(
            Inspection.State.PRESENT, "its file has " + HostLimits.megabytesUp(size) + " MB")
        : new Inspection(
            Inspection.State.UNKNOWN, "its file has %d of %d bytes".formatted(size, undo.bytes()));
  }

  /** Without its disk, a file is out of sight and comes back with the disk. */
  private static boolean isDiskThere(DiskFillUndo undo) throws IOException {
    Path nearest = undo.directory();
    while (!isThere(nearest)) {
      nearest = Objects.requireNonNull(nearest.getParent(), "the root is always there");
    }
    return device(nearest) == undo.device();
  }

  /** Not Files.exists, which says of what we may not look at that it is not there. */
  private static boolean isThere(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  @Override
  public void heal(DiskFill fault, Target target, DiskFillUndo undo, UndoLog<DiskFillUndo> log)
      throws IOException, InterruptedException {
    OwnDirectory own = new OwnDirectory(undo.directory());
    ProcessKiller.killAll(own::processes);
    if (!isThere(own.path())) {
      return;
    }
    if (isThere(undo.file())) {
      // Deleted alone, it would keep its space for as long as anybody has it open.
      try (FileChannel file =
          FileChannel.open(undo.file(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        file.truncate(0);
      }
    }
    own.clear();
    log.writeIfPossible(undo.gone(), "if its disk goes now, nobody can tell that the file went");
  }

  /** A fence is on a node of a system; what its host's disk holds makes no primary of it. */
  @Override
  public void healFenced(DiskFill fault, Target target, DiskFillUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
