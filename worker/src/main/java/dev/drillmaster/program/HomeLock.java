package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One program at a time acts on a home. The kernel gives the lock back when its holder ends. */
public final class HomeLock implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or nothing if another program has it.
   *
   * @throws IOException if the home cannot be written
   */
  public static Optional<HomeLock> take(Home home) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.root().resolve("program.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new HomeLock(channel));
  }

  /**
   * Takes the lock.
   *
   * @throws HomeInUse if another program has it, saying which and what to do
   */
  public static HomeLock require(Home home) throws IOException {
    return take(home).orElseThrow(() -> new HomeInUse(whoHas(home)));
  }

  private static String whoHas(Home home) {
    try {
      return RunningProgram.find(home)
          .map(RunningProgram::inTheWay)
          .orElse("another drillmaster is at work in " + home.root() + ": try again in a moment");
    } catch (IOException unreadable) {
      return "another drillmaster is at work in " + home.root();
    }
  }

  /**
   * Waits for the lock.
   *
   * @param atMost with zero it is tried once
   * @return empty if another program still has it
   */
  public static Optional<HomeLock> await(Home home, Duration atMost)
      throws IOException, InterruptedException {
    List<HomeLock> taken = new ArrayList<>();
    Poll.until(
        atMost,
        LOOK,
        () -> {
          take(home).ifPresent(taken::add);
          return !taken.isEmpty();
        });
    return taken.stream().findFirst();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
