package dev.drillmaster.injector;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The leases that this process renews, and who holds them. */
final class Holds {

  private final Map<UUID, Lease> leases = new ConcurrentHashMap<>();
  private final Map<UUID, Holder> holders = new ConcurrentHashMap<>();

  /** One activity that holds one fault. */
  static final class Holder {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile String reason = "";
    private volatile boolean relieved;

    /** Tells it to end; the first reason stays. */
    synchronized void end(String why) {
      if (told.getCount() > 0) {
        reason = why;
        told.countDown();
      }
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
      return told.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean ended() {
      return told.getCount() == 0;
    }

    String reason() {
      return reason;
    }

    /** Whether the fault is being taken away without a tombstone yet. */
    boolean relieved() {
      return relieved;
    }

    /** It acts on the lease no more, whatever it still waits for. */
    void exit() {
      gone.countDown();
    }
  }

  void keep(UUID id, Lease lease) {
    leases.put(id, lease);
  }

  Optional<Lease> lease(UUID id) {
    return Optional.ofNullable(leases.get(id));
  }

  /** Closes the lease, if this process has it. */
  void release(UUID id) {
    @Nullable Lease lease = leases.remove(id);
    if (lease != null) {
      lease.close();
    }
  }

  /** Closes the leases of injections for which nobody holds and which are over. */
  void releaseIf(Predicate<UUID> over) {
    leases.keySet().stream()
        .filter(over)
        .filter(id -> !holders.containsKey(id))
        .forEach(this::release);
  }

  Holder enter(UUID id) {
    Holder holder = new Holder();
    if (holders.putIfAbsent(id, holder) != null) {
      throw new RefusedException("injection " + id + " is held already");
    }
    return holder;
  }

  int held() {
    return holders.size();
  }

  void leave(UUID id, Holder holder) {
    holder.exit();
    holders.remove(id, holder);
  }

  void tell(UUID id, String why) {
    @Nullable Holder holder = holders.get(id);
    if (holder != null) {
      holder.end(why);
    }
  }

  /** Tells a holder, without waking it, that the fault goes on purpose. */
  void relieve(UUID id) {
    @Nullable Holder holder = holders.get(id);
    if (holder != null) {
      holder.relieved = true;
    }
  }

  /**
   * Waits until nobody of this process renews any more.
   *
   * @return false if somebody still does
   */
  boolean awaitExit(UUID id, Duration limit) throws InterruptedException {
    @Nullable Holder holder = holders.get(id);
    return holder == null || holder.gone.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
