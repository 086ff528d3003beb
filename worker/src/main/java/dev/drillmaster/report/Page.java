package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

/**
 * A whole page. It loads nothing, and says so to the browser: should anything from outside ever get
 * through as a tag, it neither runs nor reaches a network.
 */
final class Page {

  private Page() {}

  static String of(String title, Html... content) {
    String policy =
        "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"
            .formatted(Asset.STYLE.source(), Asset.SCRIPT.source());
    Html head =
        tag(
            "head",
            tag("meta").with("charset", "utf-8"),
            tag("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            tag("meta").with("name", "color-scheme").with("content", "light dark"),
            tag("meta").with("http-equiv", "Content-Security-Policy").with("content", policy),
            tag("title", title),
            Html.asset(Asset.STYLE));
    Html body = tag("body", tag("main", content), Html.asset(Asset.SCRIPT));
    return "<!doctype html>\n" + tag("html", head, body).with("lang", "en") + "\n";
  }
}
