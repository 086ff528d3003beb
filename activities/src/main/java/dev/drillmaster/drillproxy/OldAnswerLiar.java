package dev.drillmaster.drillproxy;

import dev.drillmaster.proxy.HttpLie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the first answer again. The request goes to the service all the same, and its answer
 * nowhere: so that requests and answers of a connection stay together, without a second way.
 */
final class OldAnswerLiar extends Liar {

  /** What answers commonly depend on, besides what is asked for. */
  private static final List<String> TELLING =
      List.of(
          "host",
          "authorization",
          "cookie",
          "accept",
          "accept-encoding",
          "accept-language",
          "range",
          "if-none-match",
          "if-modified-since");

  private record Key(String target, List<List<String>> fields) {}

  private final Map<Key, byte[]> kept = new HashMap<>();

  OldAnswerLiar(HttpLie lie) {
    super(lie);
  }

  @Override
  Telling answer(Exchange exchange) {
    HttpHead request = exchange.request();
    if (!request.method().equals("GET")) {
      return exchange.truth();
    }
    // Whoever speaks 1.0 may not understand what was said to somebody who speaks 1.1.
    if (!request.isOfVersion11()) {
      countSpared();
      return exchange.truth();
    }
    Key key = new Key(request.target(), TELLING.stream().map(request::all).toList());
    byte[] old = kept.get(key);
    if (old != null) {
      countTold();
      return Telling.instead(old, exchange.out());
    }
    if (!canBeKept(exchange.framing())) {
      countSpared();
      return exchange.truth();
    }
    return new KeptAnswer(
        exchange.answer(),
        exchange.out(),
        answer -> kept.putIfAbsent(key, answer),
        this::countSpared);
  }

  /** Not an answer whose end is that of its connection: nobody would see where it ends. */
  private boolean canBeKept(HttpFraming framing) {
    return framing.kind() != HttpFraming.Kind.UNTIL_CLOSE
        && framing.length() <= HttpLie.LARGEST_BODY
        && kept.size() < HttpLie.MOST_KEPT;
  }
}
