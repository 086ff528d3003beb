package dev.drillmaster.drillproxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between the two sides of a connection and its flows, and lets everything through
 * unread while no lie is in force.
 *
 * <p>When a lie comes into force, connections are <em>not</em> closed: a client would see an error
 * that the lie does not consist of, and a request under way might have been carried out. A
 * connection that exists is read from its next request on, that is, when its client speaks after
 * its server has, and begins with an HTTP method. The answer to a request that was under way is the
 * service's own. Reading every connection from its first byte, lie or no lie, would be exact for
 * clients that send a request before they have the answer to the one before (pipelining) as well,
 * at the cost of reading what need not be read; such a connection is found out by the first answer
 * that does not fit, and passes as it is from there on.
 *
 * <p>When the lie is over, what was kept back of an answer goes out as it came, and nothing is read
 * any more. Only of an answer in whose place the client has got another one the rest is read and
 * thrown away, since a byte of it would be a byte of the wrong answer; if its end cannot be found,
 * the connection is closed. Requests pass unaltered at all times. Lives on the connection's event
 * loop.
 */
final class Exchanges {

  private static final Logger log = LoggerFactory.getLogger(Exchanges.class);

  /** Which lie is told. */
  @FunctionalInterface
  interface Lies {
    @Nullable Liar inForce();
  }

  private final Lies lies;
  private final Intake up;
  private final Intake down;
  private final ScheduledExecutorService loop;
  private @Nullable HttpReading reading;

  /** Whether the server has spoken last, or nobody has spoken. */
  private boolean answered = true;

  /** Whether it was tried in vain to read this connection. */
  private boolean unreadable;

  /** Whether what the server sends can no longer be told from what the client must not see. */
  private boolean lost;

  /**
   * @param up to the server
   * @param down to the client
   */
  Exchanges(Lies lies, Intake up, Intake down, ScheduledExecutorService loop) {
    this.lies = lies;
    this.up = up;
    this.down = down;
    this.loop = loop;
  }

  /** Takes what the client sends. */
  Intake requests() {
    return new Intake() {
      @Override
      public void take(ByteBuf bytes) {
        request(bytes);
      }

      @Override
      public void end() {
        up.end();
      }
    };
  }

  /** Takes what the server sends. */
  Intake answers() {
    return new Intake() {
      @Override
      public void take(ByteBuf bytes) {
        answer(bytes);
      }

      @Override
      public void end() {
        endOfAnswers();
      }
    };
  }

  /** Other rules are in force than before, or a deadline may have passed. */
  void settle() {
    HttpReading now = reading;
    if (now != null && (unreadable || now.liar() != lies.inForce()) && now.cease()) {
      reading = null;
    }
  }

  private void request(ByteBuf bytes) {
    settle();
    Liar liar = lies.inForce();
    if (reading == null && liar != null && answered && !unreadable && Requests.mayBegin(bytes)) {
      reading = new HttpReading(liar, () -> lies.inForce() == liar, down::take, loop);
    }
    answered = false;
    HttpReading now = reading;
    if (now != null && now.liar() == liar && !unreadable) {
      try {
        now.request(bytes.slice());
      } catch (NotHttp none) {
        giveUp(now, none);
      }
    }
    up.take(bytes);
  }

  private void answer(ByteBuf bytes) {
    answered = true;
    settle();
    if (reading == null) {
      down.take(bytes);
      return;
    }
    try {
      while (bytes.isReadable() && !lost) {
        settle();
        HttpReading now = reading;
        if (now == null) {
          down.take(bytes.readRetainedSlice(bytes.readableBytes()));
        } else {
          answer(now, bytes);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void answer(HttpReading now, ByteBuf bytes) {
    try {
      now.answer(bytes);
    } catch (NotHttp none) {
      giveUp(now, none);
      lost = reading == now;
      if (lost) {
        down.end();
      }
    }
  }

  private void giveUp(HttpReading now, NotHttp why) {
    log.info("a connection is not read any more: {}", why.getMessage());
    now.liar().countSpared();
    unreadable = true;
    settle();
  }

  private void endOfAnswers() {
    if (lost) {
      return;
    }
    settle();
    HttpReading now = reading;
    if (now != null) {
      now.endOfAnswers();
      reading = null;
    }
    down.end();
  }
}
