package dev.drillmaster.measure;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Sends transfers without waiting for the answer. */
@FunctionalInterface
public interface TransferSender {

  /**
   * Sends one transfer to an instance.
   *
   * @return completes with the answer within the client's timeout, never exceptionally
   */
  CompletableFuture<Answer> send(int instance, UUID id, String run, long sequence);
}
