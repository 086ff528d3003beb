package dev.drillmaster.proxy;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the drill proxy makes of the answers of an HTTP/1.1 service: one of another status, another
 * body, and an old answer.
 *
 * @param path answers to requests whose target begins so
 * @param caller whose requests; everybody's if absent
 * @param status the status that they get
 * @param body how their bodies are changed
 * @param old whether the first answer to a GET is given again
 */
public record HttpLie(
    String path,
    @Nullable Caller caller,
    @Nullable Status status,
    @Nullable Change body,
    boolean old) {

  /** Bodies up to so many bytes are changed or kept; longer ones pass. */
  public static final int LARGEST_BODY = 64 * 1024;

  /** So many answers are kept to be given again. */
  public static final int MOST_KEPT = 128;

  /** An answer whose body is changed is waited for so long; then it passes as it is. */
  public static final int PATIENCE_MILLIS = 1000;

  /**
   * Somebody who is told apart by a field of the request.
   *
   * @param header its name
   * @param begins how its value begins
   */
  public record Caller(String header, String begins) {}

  /**
   * A status that the service did not give.
   *
   * @param status 200 to 599
   * @param percent of the answers, spread evenly
   */
  public record Status(int status, int percent) {

    public Status {
      if (status < 200 || status > 599 || percent < 1 || percent > 100) {
        throw new IllegalArgumentException("a status is 200 to 599, and 1 to 100 percent");
      }
    }
  }

  /**
   * What is written into a body: a text instead of another, or other digits into a number.
   *
   * @param find what is replaced, in UTF-8
   * @param replace what it is replaced by
   * @param number the name of a JSON field that holds numbers
   */
  public record Change(@Nullable String find, @Nullable String replace, @Nullable String number) {

    public Change {
      if ((find == null) != (replace == null) || (find == null) == (number == null)) {
        throw new IllegalArgumentException("a change is find and replace, or number");
      }
    }
  }

  public HttpLie {
    if (path == null
        || Stream.of(status != null, body != null, old).filter(is -> is).count() != 1) {
      throw new IllegalArgumentException(
          "a lie has a path, and is one of a status, a change of bodies, and an old answer");
    }
  }

  /** Another status. */
  public static HttpLie status(String path, int status, int percent) {
    return new HttpLie(path, null, new Status(status, percent), null, false);
  }

  /** Another body, for some callers or for all. */
  public static HttpLie body(String path, @Nullable Caller caller, Change change) {
    return new HttpLie(path, caller, null, change, false);
  }

  /** An old answer. */
  public static HttpLie old(String path) {
    return new HttpLie(path, null, null, null, true);
  }
}
