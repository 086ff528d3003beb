package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.ledger.ClosedRun.OperatorAction;
import org.jspecify.annotations.Nullable;

/** What people did to the run, and how sure it is who. */
final class OperatorsSection {

  private OperatorsSection() {}

  static Html of(RunView run) {
    if (run.kept().actions().isEmpty()) {
      return Section.of("Operator actions", Section.quiet("Nobody acted on this run."));
    }
    return Section.of(
        "Operator actions",
        tag(
                "ul",
                Html.of(run.kept().actions().stream().map(action -> action(run, action)).toList()))
            .as("cards"));
  }

  private static Html action(RunView run, OperatorAction action) {
    return tag(
            "li",
            tag(
                    "p",
                    tag("b", action.command()),
                    tag("span", Figures.time(action.receivedAt(), run.zone())).as("took"))
                .as("cardhead"),
            tag("p", text(said(action.name(), "nobody gave a name"))),
            tag("p", tag("b", "Why: "), text(said(action.reason(), "nobody gave a reason"))),
            tag("p", "How sure it is who: " + action.assurance()).as("quiet"))
        .as("card");
  }

  private static String said(@Nullable String words, String otherwise) {
    return words == null || words.isBlank() ? otherwise : words;
  }
}
