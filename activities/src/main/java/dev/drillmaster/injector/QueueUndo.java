package dev.drillmaster.injector;

import dev.drillmaster.network.OwnedQueue;
import dev.drillmaster.process.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * Which queueing discipline was, or was about to be, added.
 *
 * @param queue where, and its handle
 * @param adding the process that adds it; null before there is one
 */
record QueueUndo(OwnedQueue queue, @Nullable ProcessId adding) {

  QueueUndo by(ProcessId process) {
    return new QueueUndo(queue, process);
  }
}
