package dev.drillmaster.drillproxy;

import dev.drillmaster.proxy.HttpLie;
import dev.drillmaster.proxy.LieCounts;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A lie of a route while its rule lives, with all that it has to keep for that: when the rule is
 * over, nothing of it is left. Lives on the event loop; only the counts are read elsewhere.
 */
abstract class Liar {

  /**
   * A request and the head of its answer, which has not gone out.
   *
   * @param framing of the answer's body
   * @param inForce whether the lie may still be told
   * @param out to the client
   */
  record Exchange(
      HttpHead request,
      HttpHead answer,
      HttpFraming framing,
      BooleanSupplier inForce,
      Consumer<ByteBuf> out) {

    Telling truth() {
      return Telling.truth(answer, out);
    }
  }

  private final HttpLie lie;
  private final LongAdder told = new LongAdder();
  private final LongAdder spared = new LongAdder();

  Liar(HttpLie lie) {
    this.lie = lie;
  }

  static Liar of(HttpLie lie) {
    HttpLie.Status status = lie.status();
    HttpLie.Change change = lie.body();
    if (status != null) {
      return new StatusLiar(lie, status);
    }
    return change != null ? new BodyLiar(lie, change) : new OldAnswerLiar(lie);
  }

  /** Whether the answer to such a request should be a lie. */
  final boolean concerns(HttpHead request) {
    HttpLie.Caller caller = lie.caller();
    return request.path().startsWith(lie.path())
        && (caller == null
            || request.all(caller.header()).stream()
                .anyMatch(value -> value.startsWith(caller.begins())));
  }

  /** Begins to answer a request that it concerns. */
  abstract Telling answer(Exchange exchange);

  final void countTold() {
    told.increment();
  }

  final void countSpared() {
    spared.increment();
  }

  final LieCounts counts() {
    return new LieCounts(told.sum(), spared.sum());
  }
}
