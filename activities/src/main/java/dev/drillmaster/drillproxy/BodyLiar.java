package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillmaster.proxy.HttpLie;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes bodies. Works on bytes, so that whatever it does not replace stays as it was. */
final class BodyLiar extends Liar implements ChangedAnswer.Change {

  /** A body that would grow above this is spared: a letter may be replaced by a page. */
  private static final int LARGEST_RESULT = 1 << 20;

  private static final int PARTIAL = 206;

  private final HttpLie.Change change;
  private final @Nullable Pattern number;

  BodyLiar(HttpLie lie, HttpLie.Change change) {
    super(lie);
    this.change = change;
    this.number =
        change.number() == null
            ? null
            : Pattern.compile(
                "\"" + Pattern.quote(latin(change.number())) + "\"\\s*:\\s*-?([0-9.]+)");
  }

  /** The bytes of a text, each as a character. */
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  @Override
  Telling answer(Exchange exchange) {
    if (exchange.framing().kind() == HttpFraming.Kind.NO_BODY) {
      return exchange.truth();
    }
    if (!canBeChanged(exchange)) {
      countSpared();
      return exchange.truth();
    }
    return new ChangedAnswer(
        exchange.answer(), exchange.framing(), this, exchange.inForce(), exchange.out());
  }

  private static boolean canBeChanged(Exchange exchange) {
    return exchange.framing().length() <= HttpLie.LARGEST_BODY
        && exchange.answer().status() != PARTIAL
        && exchange.answer().all("content-encoding").stream().allMatch("identity"::equals);
  }

  @Override
  public void count(boolean told) {
    if (told) {
      countTold();
    } else {
      countSpared();
    }
  }

  @Override
  public byte[] of(byte[] body) {
    String was = new String(body, ISO_8859_1);
    String now = number == null ? replaced(was) : number.matcher(was).replaceAll(BodyLiar::wrong);
    return now.equals(was) ? body : now.getBytes(ISO_8859_1);
  }

  private String replaced(String body) {
    String find = latin(String.valueOf(change.find()));
    String replace = latin(String.valueOf(change.replace()));
    long found = 0;
    for (int at = body.indexOf(find); at >= 0; at = body.indexOf(find, at + find.length())) {
      found++;
    }
    if (body.length() + found * (replace.length() - find.length()) > LARGEST_RESULT) {
      countSpared();
      return body;
    }
    return body.replace(find, replace);
  }

  /** Every digit becomes another; the first none that JSON does not allow there, which is 0. */
  private static String wrong(MatchResult field) {
    StringBuilder text = new StringBuilder(field.group());
    int first = field.start(1) - field.start();
    for (int i = first; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit != '.') {
        int value = digit - '0';
        int other = i == first && value > 0 ? value % 9 + 1 : 9 - value;
        text.setCharAt(i, (char) ('0' + other));
      }
    }
    return Matcher.quoteReplacement(text.toString());
  }
}
