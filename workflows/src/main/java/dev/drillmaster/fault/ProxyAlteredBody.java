package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy changes the bodies of answers of an HTTP/1.1 service, so that they are well
 * formed and wrong. Answers pass unaltered, and are counted, if their body is longer than 64 KiB,
 * is compressed, is a part of a whole, or is not complete within 1 s. The target is a route.
 *
 * @param find a text that is replaced wherever it is in a body
 * @param replace what is written instead
 * @param number or the name of a JSON field: each digit of the numbers that it holds becomes
 *     another one, the number stays as long as it is
 * @param path only answers to requests whose path begins so; all if absent. It is itself asked for
 *     by GET, before and after the injection, to see what answers
 */
@JsonTypeName("proxy-altered-body")
public record ProxyAlteredBody(
    @Nullable String find, @Nullable String replace, @Nullable String number, String path)
    implements ByzantineFault {

  public ProxyAlteredBody(
      @Nullable String find,
      @Nullable String replace,
      @Nullable String number,
      @Nullable String path) {
    this.find = find;
    this.replace = replace;
    this.number = number;
    this.path = path == null ? HttpPath.ALL : path;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(BodyChange.problems(find, replace, number));
    problems.addAll(HttpPath.problems(path));
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  @Override
  public String effect() {
    return BodyChange.effect(find, replace, number) + " in the answers to " + path;
  }

  @Override
  public String actsOn() {
    return HttpPath.ACTS_ON;
  }
}
