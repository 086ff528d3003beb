package dev.drillmaster.drillproxy;

import dev.drillmaster.proxy.HttpLie;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that is read while one lie is in force: which answer is for which request. */
final class HttpReading {

  /** A client that sends more requests ahead could make us send much more than its server does. */
  private static final int MOST_UNANSWERED = 16;

  private final Liar liar;
  private final BooleanSupplier inForce;
  private final Consumer<ByteBuf> out;
  private final ScheduledExecutorService loop;
  private final Queue<HttpHead> unanswered = new ArrayDeque<>();
  private final HttpStream requests = new HttpStream("", new RequestReader());
  private final HttpStream answers = new HttpStream("HTTP/1.", new AnswerReader());
  private @Nullable Telling telling;
  private @Nullable Future<?> patience;

  /**
   * @param inForce whether the lie may still be told
   * @param out to the client
   */
  HttpReading(
      Liar liar, BooleanSupplier inForce, Consumer<ByteBuf> out, ScheduledExecutorService loop) {
    this.liar = liar;
    this.inForce = inForce;
    this.out = out;
    this.loop = loop;
  }

  Liar liar() {
    return liar;
  }

  /** Looks at what the client has sent. */
  void request(ByteBuf bytes) throws NotHttp {
    while (bytes.isReadable()) {
      requests.take(bytes);
    }
  }

  /** Takes what belongs to one answer, and lets out what the client is to see of it. */
  void answer(ByteBuf bytes) throws NotHttp {
    answers.take(bytes);
  }

  /** The server has closed, which may be how an answer ends. */
  void endOfAnswers() {
    answers.close();
    var unused = cease();
  }

  /**
   * Nothing is read any more: what was kept back goes out.
   *
   * @return false if that must wait until the answer is complete that the client must not see
   */
  boolean cease() {
    Telling now = telling;
    if (now != null && !now.cease()) {
      return false;
    }
    byte[] head = answers.unfinished();
    if (head.length > 0) {
      out.accept(Unpooled.wrappedBuffer(head));
    }
    return true;
  }

  private final class RequestReader implements HttpStream.Reader {

    @Override
    public HttpFraming head(byte[] bytes) throws NotHttp {
      HttpHead request = HttpHead.request(bytes);
      if (unanswered.size() == MOST_UNANSWERED) {
        throw new NotHttp("more than " + MOST_UNANSWERED + " requests wait for their answers");
      }
      unanswered.add(request);
      return HttpFraming.ofRequest(request);
    }

    @Override
    public void piece(ByteBuf bytes, boolean content) {}

    @Override
    public void end() {}
  }

  private final class AnswerReader implements HttpStream.Reader {

    @Override
    public HttpFraming head(byte[] bytes) throws NotHttp {
      HttpHead answer = HttpHead.answer(bytes);
      HttpHead request = unanswered.peek();
      if (request == null) {
        throw new NotHttp("an answer that nobody has asked for");
      }
      HttpFraming framing = HttpFraming.ofAnswer(request, answer);
      if (!answer.isInterim()) {
        unanswered.remove();
      }
      telling =
          answer.isInterim() || !liar.concerns(request)
              ? Telling.truth(answer, out)
              : liar.answer(new Liar.Exchange(request, answer, framing, inForce, out));
      if (telling instanceof ChangedAnswer waiting) {
        patience = loop.schedule(waiting::giveUp, HttpLie.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
      return framing;
    }

    @Override
    public void piece(ByteBuf bytes, boolean content) {
      if (telling != null) {
        telling.piece(bytes, content);
      }
    }

    @Override
    public void end() {
      if (telling != null) {
        telling.end();
        telling = null;
      }
      if (patience != null) {
        // It would keep the answer in memory.
        patience.cancel(false);
        patience = null;
      }
    }
  }
}
