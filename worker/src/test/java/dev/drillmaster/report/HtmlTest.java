package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class HtmlTest {

  @Test
  void textIsNeverATag() {
    assertThat(tag("p", "<b onclick='x'>\"&amp;</b>"))
        .hasToString("<p>&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;&lt;/b&gt;</p>");
  }

  @Test
  void aValueOfAnAttributeNeverEndsIt() {
    assertThat(tag("p", "x").with("title", "\" onmouseover=\"alert(1)"))
        .hasToString("<p title=\"&quot; onmouseover=&quot;alert(1)\">x</p>");
  }

  @Test
  void piecesKeepWhatTheyAre() {
    assertThat(tag("ul", tag("li", "a<"), Html.of(tag("li", text("b")), text("&"))).as("list"))
        .hasToString("<ul class=\"list\"><li>a&lt;</li><li>b</li>&amp;</ul>");
    assertThat(tag("rect").with("x", 1.5).with("y", 3))
        .hasToString("<rect x=\"1.5\" y=\"3\"></rect>");
  }

  @Test
  void whatCannotBeSeenIsShownAsThat() {
    assertThat(text("a\u0000b\u001b[31mc\u202Ed\u200Be\ud800f\ng"))
        .hasToString("a\ufffdb\ufffd[31mc\ufffdd\ufffde\ufffdf\ng");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"script", "STYLE", "iframe", "link", "img", "b onclick=x", "p><script", ""})
  void anElementThatRunsOrLoadsIsRefused(String name) {
    assertThatThrownBy(() -> tag(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onload", "OnClick", "style", "src", "x y", "x=\"", ""})
  void anAttributeThatRunsOrLoadsIsRefused(String name) {
    assertThatThrownBy(() -> tag("p").with(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "//host/x",
        "http://host",
        "../x.html",
        "a/b",
        "",
        "data:x"
      })
  void aReferenceToElsewhereIsRefused(String href) {
    assertThatThrownBy(() -> tag("a", "x").with("href", href))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileBesideThePageIsReferredTo() {
    assertThat(tag("a", "x").with("href", "drill-a.1.html"))
        .hasToString("<a href=\"drill-a.1.html\">x</a>");
  }

  @Test
  void onlyAnElementHasAttributes() {
    assertThatThrownBy(() -> text("x").as("y")).isInstanceOf(IllegalStateException.class);
  }
}
