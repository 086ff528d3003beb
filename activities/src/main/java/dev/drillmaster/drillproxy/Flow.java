package dev.drillmaster.drillproxy;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.proxy.NetworkRule;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: takes what one side sends and gives it to the other, when the
 * route's rules let it pass and in the order in which it came. The end of a stream waits its turn
 * like bytes do. Lives on one event loop.
 */
final class Flow implements Intake {

  /** So many bytes may wait; then the sender is not read any more. */
  private static final long FULL = 1 << 20;

  /**
   * What waits.
   *
   * @param bytes null for the end of the stream
   * @param due when it may pass, on the clock of System.nanoTime
   */
  private record Item(@Nullable ByteBuf bytes, long due) {
    int size() {
      return bytes == null ? 0 : bytes.readableBytes();
    }
  }

  private final Channel from;
  private final Channel to;
  private final Direction way;
  private final Rules rules;
  private final LongAdder passed;
  private final LongAdder held;
  private final Queue<Item> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long lastDue = System.nanoTime();
  private boolean timerSet;

  /**
   * @param passed counts the bytes that go on
   * @param held has the bytes that wait
   */
  Flow(Channel from, Channel to, Direction way, Rules rules, LongAdder passed, LongAdder held) {
    this.from = from;
    this.to = to;
    this.way = way;
    this.rules = rules;
    this.passed = passed;
    this.held = held;
    to.closeFuture().addListener(closed -> discard());
  }

  @Override
  public void take(ByteBuf bytes) {
    add(new Item(bytes, due(bytes.readableBytes())));
  }

  @Override
  public void end() {
    add(new Item(null, due(0)));
  }

  private void add(Item item) {
    waiting.add(item);
    waitingBytes += item.size();
    held.add(item.size());
    release();
  }

  private long due(int size) {
    long now = System.nanoTime();
    List<NetworkRule> slowing = rules.slowing(way);
    long due = now;
    for (NetworkRule rule : slowing) {
      long delay = rule.delayMillis() + jitter(rule.jitterMillis());
      due = Math.max(due, now + TimeUnit.MILLISECONDS.toNanos(delay));
      if (rule.bytesPerSecond() > 0) {
        long begin = Math.max(due, lastDue);
        due = begin + size * TimeUnit.SECONDS.toNanos(1) / rule.bytesPerSecond();
      }
    }
    // Never before what came earlier: a stream has an order, whatever the jitter.
    lastDue = Math.max(due, slowing.isEmpty() ? due : lastDue);
    return lastDue;
  }

  private static long jitter(long millis) {
    return millis == 0 ? 0 : ThreadLocalRandom.current().nextLong(-millis, millis + 1);
  }

  /** Lets pass what may; to be called again whenever the rules have changed. */
  void release() {
    boolean slow = !rules.slowing(way).isEmpty();
    boolean any = false;
    for (Item head = waiting.peek(); head != null && !rules.cut(way); head = waiting.peek()) {
      long left = head.due() - System.nanoTime();
      if (slow && left > 0) {
        awaken(left);
        break;
      }
      waiting.remove();
      waitingBytes -= head.size();
      held.add(-head.size());
      pass(head.bytes());
      any = true;
    }
    if (any) {
      to.flush();
    }
    gate();
  }

  private void awaken(long nanos) {
    if (!timerSet) {
      timerSet = true;
      var unused =
          from.eventLoop()
              .schedule(
                  () -> {
                    timerSet = false;
                    release();
                  },
                  nanos,
                  TimeUnit.NANOSECONDS);
    }
  }

  private void pass(@Nullable ByteBuf bytes) {
    if (bytes == null) {
      // What was received goes out before the other side is closed.
      to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      passed.add(bytes.readableBytes());
      to.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  /**
   * Back-pressure: the sender is read only while the receiver can be written and not too much
   * waits.
   */
  void gate() {
    from.config().setAutoRead(to.isWritable() && waitingBytes < FULL);
  }

  private void discard() {
    for (Item item = waiting.poll(); item != null; item = waiting.poll()) {
      held.add(-item.size());
      if (item.bytes() != null) {
        item.bytes().release();
      }
    }
    waitingBytes = 0;
  }
}
