package dev.drillmaster.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of a page. Only this class writes tags; whatever is given as text or as the value of an
 * attribute is escaped, so that nothing from outside can become a tag, a script or a reference. A
 * template engine was not taken because most let a template say that a value is to be trusted.
 */
final class Html {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

  /** A place on this page, or a file beside it: nothing is ever loaded from elsewhere. */
  private static final Pattern REFERENCE = Pattern.compile("#?[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final Set<String> WITHOUT_CONTENT = Set.of("meta");
  private static final Set<String> OF_ASSETS_ONLY =
      Set.of("script", "style", "link", "iframe", "img", "object", "embed", "base", "form");

  private static final int REPLACEMENT = 0xFFFD;

  private final String name;
  private final String attributes;
  private final String content;

  private Html(String name, String attributes, String content) {
    this.name = name;
    this.attributes = attributes;
    this.content = content;
  }

  /** A text as it is to be read. */
  static Html text(String text) {
    return new Html("", "", escaped(text));
  }

  /** Pieces one after another. */
  static Html of(Html... pieces) {
    return of(List.of(pieces));
  }

  /** Pieces one after another. */
  static Html of(Collection<Html> pieces) {
    return new Html("", "", pieces.stream().map(Html::toString).collect(Collectors.joining()));
  }

  /** An element with a text in it. */
  static Html tag(String name, String text) {
    return tag(name, text(text));
  }

  /**
   * An element.
   *
   * @throws IllegalArgumentException if the name is no name, or that of an element that loads or
   *     runs something
   */
  static Html tag(String name, Html... content) {
    if (!NAME.matcher(name).matches() || OF_ASSETS_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not an element of a report: " + name);
    }
    return new Html(name, "", of(content).toString());
  }

  /** The style or the script that all pages share. */
  static Html asset(Asset asset) {
    return new Html(asset.element(), "", asset.text());
  }

  /** The same element with a class of the style sheet. */
  Html as(String styleClass) {
    return with("class", styleClass);
  }

  /** The same element with a number as attribute, to three decimals. */
  Html with(String attribute, double value) {
    return with(attribute, Figures.decimals(value));
  }

  /**
   * The same element with one more attribute.
   *
   * @throws IllegalArgumentException if the attribute would run or load something
   * @throws IllegalStateException if this is not an element
   */
  Html with(String attribute, String value) {
    if (name.isEmpty()) {
      throw new IllegalStateException("only an element has attributes");
    }
    String lower = attribute.toLowerCase(Locale.ROOT);
    boolean runs = lower.startsWith("on") || lower.equals("style") || lower.equals("src");
    if (!NAME.matcher(attribute).matches() || runs) {
      throw new IllegalArgumentException("not an attribute of a report: " + attribute);
    }
    if (lower.equals("href") && !REFERENCE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a file beside this page: " + value);
    }
    return new Html(name, attributes + " " + attribute + "=\"" + escaped(value) + "\"", content);
  }

  /** HTML. */
  @Override
  public String toString() {
    if (name.isEmpty()) {
      return content;
    }
    String begin = "<" + name + attributes + ">";
    return WITHOUT_CONTENT.contains(name) ? begin : begin + content + "</" + name + ">";
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.appendCodePoint(point);
                default -> safe.appendCodePoint(Visible.orElse(point, REPLACEMENT));
              }
            });
    return safe.toString();
  }
}
