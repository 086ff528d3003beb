package dev.drillmaster.injector;

import dev.drillmaster.process.BoundedCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes one file grow by fallocate(1), which takes space without writing to it: zeros take minutes,
 * fill the memory of the kernel, and take no space at all where files are compressed.
 *
 * @param file which is not there yet
 * @param limits say how much must be left
 */
record Filling(Path file, HostLimits limits) {

  /** What is taken at once when little is missing. */
  private static final long STEP = HostLimits.bytes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Takes so many bytes or, if that is less, all but what must be left. Looked at before each part,
   * and parts become smaller, because others take space meanwhile; what was taken too much is given
   * back.
   *
   * @return how many were taken
   */
  long fill(long wanted) throws IOException, InterruptedException {
    long block = Files.getFileStore(limits.allowed().directory()).getBlockSize();
    long taken = 0;
    while (true) {
      long room = Math.min(wanted - taken, limits.diskRoom());
      long part = room <= STEP ? room : room / 2;
      part -= part % block;
      if (part <= 0) {
        return giveBack(taken, block);
      }
      allocate(taken, part);
      taken += part;
    }
  }

  /** Returns how many are kept. */
  long giveBack(long taken, long block) throws IOException {
    long tooMuch = -limits.diskRoom();
    if (tooMuch <= 0 || taken == 0) {
      return taken;
    }
    long left = Math.max(0, taken - tooMuch);
    left -= left % block;
    try (FileChannel grown = FileChannel.open(file, StandardOpenOption.WRITE)) {
      grown.truncate(left);
    }
    return left;
  }

  /** In its directory, where healing finds it and after which it can make no file any more. */
  private void allocate(long offset, long bytes) throws IOException, InterruptedException {
    Path directory = Objects.requireNonNull(file.getParent());
    List<String> words =
        List.of("fallocate", "-o", "" + offset, "-l", "" + bytes, "" + file.getFileName());
    BoundedCommand.Output said = BoundedCommand.run(words, directory, "", PATIENCE);
    if (!said.succeeded()) {
      throw new IOException("the disk does not let it happen: " + said.complaint());
    }
  }
}
