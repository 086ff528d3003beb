package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy tells different callers of an HTTP/1.1 service different things: some get the
 * service's answers, others the same answers with changed bodies. Which is which is told by a field
 * of the request, so that it is the same at each look and for all connections of a caller. What
 * cannot be changed passes unaltered, as with {@code proxy-altered-body}. The target is a route.
 *
 * @param caller who is lied to: those for whom the value of the header begins so
 * @param header the name of the header that says who calls; User-Agent if absent
 * @param find a text that is replaced wherever it is in a body
 * @param replace what is written instead
 * @param number or the name of a JSON field: each digit of the numbers that it holds becomes
 *     another one, the number stays as long as it is
 * @param path only answers to requests whose path begins so; all if absent. It is itself asked for
 *     by GET, before and after the injection, to see what answers
 */
@JsonTypeName("proxy-equivocation")
public record ProxyEquivocation(
    String caller,
    String header,
    @Nullable String find,
    @Nullable String replace,
    @Nullable String number,
    String path)
    implements ByzantineFault {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern CALLER = Pattern.compile("[!-~]([ -~]{0,198}[!-~])?");

  public ProxyEquivocation(
      String caller,
      @Nullable String header,
      @Nullable String find,
      @Nullable String replace,
      @Nullable String number,
      @Nullable String path) {
    this.caller = caller;
    this.header = header == null ? "User-Agent" : header;
    this.find = find;
    this.replace = replace;
    this.number = number;
    this.path = path == null ? HttpPath.ALL : path;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(BodyChange.problems(find, replace, number));
    problems.addAll(HttpPath.problems(path));
    if (!HEADER.matcher(header).matches()) {
      problems.add("header must be the name of a request header, such as User-Agent");
    }
    if (!CALLER.matcher(caller).matches()) {
      problems.add("caller must be how the value of the header begins, in printable ASCII");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  @Override
  public String effect() {
    return "%s in the answers to %s for callers whose %s begins with \"%s\""
        .formatted(BodyChange.effect(find, replace, number), path, header, caller);
  }

  @Override
  public String actsOn() {
    return HttpPath.ACTS_ON;
  }
}
