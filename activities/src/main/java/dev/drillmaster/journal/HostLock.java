package dev.drillmaster.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** A lock that is held. Closing gives it back; the end of the process does so too. */
public final class HostLock implements AutoCloseable {

  private final String name;
  private final FileChannel channel;
  private final Runnable release;
  private boolean held = true;

  HostLock(String name, FileChannel channel, Runnable release) {
    this.name = name;
    this.channel = channel;
    this.release = release;
  }

  /** What is locked: {@code injection-ID} or {@code target-NAME}. */
  public String name() {
    return name;
  }

  /** Throws unless this is a held lock of that name. */
  synchronized void require(String wanted) {
    if (!held || !name.equals(wanted)) {
      throw new IllegalStateException("needs the lock " + wanted + ", has " + name);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (held) {
      held = false;
      try {
        channel.close();
      } finally {
        release.run();
      }
    }
  }
}
