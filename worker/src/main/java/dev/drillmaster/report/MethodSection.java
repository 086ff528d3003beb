package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport;

/** How each figure came about, and what it does not say. */
final class MethodSection {

  private MethodSection() {}

  static Html of(DrillReport report) {
    Html always =
        Html.of(
            told(
                "Faults",
                "The instants are those of the host that acts, by its own clock. A fault counts as"
                    + " held from when its effect was observed on the target until its absence was"
                    + " observed there; an exit code is not taken for either."),
            told(
                "Steps",
                "Begin and end are those of the run in Temporal. They include the way to the host"
                    + " and back, so that a step's duration is not a recovery time."),
            told(
                "Verdict",
                "The worst of all findings. What could not be looked at, or was not measured, never"
                    + " counts as passed."));
    return Section.of(
        "How this was measured",
        report.measurement() == null
            ? Section.quiet("No load was measured, so that there is neither an RTO nor an RPO.")
            : measured(),
        always);
  }

  private static Html measured() {
    return Html.of(
        told(
            "RTO",
            "A load process of its own sends transactions at a fixed rate, whether or not the"
                + " earlier ones were answered, and writes down each attempt before it is sent. The"
                + " time without service is that from the acknowledgement of the last success"
                + " before the first failure to the first acknowledgement of a row of successes"
                + " that lasts: 50 attempts over half a second. Of several outages from the fault to"
                + " the planned fail back the longest counts. All instants are stamped by that one"
                + " process on one monotonic clock, and milliseconds are rounded up."),
        told(
            "Error of the RTO",
            "Between two attempts nobody looks. The measured time is too long by at most the time"
                + " from the last success to when the first failing attempt was due, plus that from"
                + " sending the last failing attempt to the first lasting success; it is too short"
                + " by at most the latency of the last success. The larger of the two is shown. If"
                + " no attempt failed, it is the longest time without an acknowledgement."),
        told(
            "Lost transactions",
            "Every acknowledged transaction in the journal of the load is looked for in the table of"
                + " the present primary, by its id. Those that are not there are lost. Transactions"
                + " whose outcome the client never learned are not counted as lost, whether they"
                + " are there or not."),
        told(
            "Age of the oldest lost",
            "From the acknowledgement of the oldest lost transaction to just before the fault was"
                + " injected, on the clock of the load."),
        told(
            "Log that was not carried over",
            "From the position at which the new primary left the old history to the highest position"
                + " that the old one acknowledged. An upper bound: other records of the log count,"
                + " too."),
        told(
            "Timeline",
            "An attempt counts in the slice in which it was due, not in which it was answered."
                + " Without an answer it counts as failed. Latency is from when an attempt was due"
                + " to its acknowledgement; p99 means that 99 of 100 of those acknowledged took at"
                + " most so long. The plot is for people: no figure is taken from it."));
  }

  private static Html told(String what, String how) {
    return tag("p", tag("b", what + ". "), text(how)).as("method");
  }
}
