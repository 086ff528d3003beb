package dev.drillmaster.drillproxy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How one tells where a body ends, by RFC 9112. What is doubtful, two lengths for example, is not
 * guessed: those who guess differently can be made to mix up answers.
 *
 * @param length of the body in bytes, if that is how
 */
record HttpFraming(Kind kind, long length) {

  enum Kind {
    NO_BODY,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  private static final HttpFraming NO_BODY = new HttpFraming(Kind.NO_BODY, 0);
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

  static HttpFraming ofRequest(HttpHead request) throws NotHttp {
    return of(request, NO_BODY);
  }

  static HttpFraming ofAnswer(HttpHead request, HttpHead answer) throws NotHttp {
    int status = answer.status();
    if (status == 101 || request.method().equals("CONNECT")) {
      throw new NotHttp("from here on it is another protocol");
    }
    if (hasNoBody(answer) || request.method().equals("HEAD")) {
      return NO_BODY;
    }
    return of(answer, new HttpFraming(Kind.UNTIL_CLOSE, 0));
  }

  /** Whether the status says so, whatever the fields say. */
  static boolean hasNoBody(HttpHead answer) {
    return answer.isInterim() || answer.status() == 204 || answer.status() == 304;
  }

  private static HttpFraming of(HttpHead head, HttpFraming otherwise) throws NotHttp {
    List<String> codings = head.all("transfer-encoding");
    List<String> lengths = head.all("content-length");
    if (codings.isEmpty() && lengths.isEmpty()) {
      return otherwise;
    }
    if (lengths.isEmpty() && codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")) {
      return new HttpFraming(Kind.CHUNKED, 0);
    }
    if (!codings.isEmpty() || lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
      throw new NotHttp("where the body ends cannot be told");
    }
    long length = Long.parseLong(lengths.get(0));
    return length == 0 ? NO_BODY : new HttpFraming(Kind.LENGTH, length);
  }
}
