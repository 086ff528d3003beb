package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ExpectTest {

  private static final Expect LATE = new Expect(Verdict.FAILED, List.of("rto-missed"));

  @Test
  void onlyExactlyWhatWasExpectedIsAsExpected() {
    assertThat(ended(Verdict.FAILED, Outcome.COMPLETED, "rto-missed").met()).isTrue();
    // The same finding in two places is the same finding.
    assertThat(ended(Verdict.FAILED, Outcome.COMPLETED, "rto-missed", "rto-missed").met()).isTrue();
    assertThat(ended(Verdict.INCONCLUSIVE, Outcome.COMPLETED, "rto-missed").met()).isFalse();
    // What is not met ends a run; whoever stops one leaves a finding.
    assertThat(ended(Verdict.FAILED, Outcome.STOPPED, "rto-missed").met()).isTrue();
    assertThat(ended(Verdict.FAILED, Outcome.STOPPED, "rto-missed", "stopped").met()).isFalse();
    assertThat(ended(Verdict.FAILED, Outcome.HANDED_OVER, "rto-missed").met()).isFalse();
    assertThat(ended(Verdict.PASSED, Outcome.COMPLETED).met()).isFalse();
  }

  @Test
  void whatDiffersIsNamed() {
    DrillReport.Expected ended = ended(Verdict.FAILED, Outcome.COMPLETED, "rpo-missed", "a", "b");

    assertThat(ended.missing()).containsExactly("rto-missed");
    assertThat(ended.extra()).containsExactly("a", "b", "rpo-missed");
    assertThat(ended.met()).isFalse();
    assertThat(ended.described())
        .isEqualTo("FAILED with rto-missed; missing: rto-missed; extra: a, b, rpo-missed");
  }

  private static DrillReport.Expected ended(Verdict verdict, Outcome outcome, String... codes) {
    List<Finding> findings =
        Stream.of(codes).map(code -> Finding.failure(code, "summary", "remedy")).toList();
    return LATE.compare(verdict, outcome, findings);
  }

  @Test
  void whatContradictsItselfOrIsNoCodeIsRefused() {
    assertThat(problems(LATE)).isEmpty();
    assertThat(problems(new Expect(Verdict.PASSED, null))).isEmpty();
    assertThat(problems(new Expect(Verdict.PASSED, List.of("rto-missed"))))
        .singleElement()
        .matches(problem -> problem.contains("a run with findings does not pass"));
    assertThat(problems(new Expect(Verdict.FAILED, null)))
        .singleElement()
        .matches(problem -> problem.contains("name the findings that make the verdict FAILED"));
    assertThat(problems(new Expect(Verdict.FAILED, List.of("RTO missed"))))
        .singleElement()
        .matches(problem -> problem.contains("\"RTO missed\" is no code of a finding"));
  }

  @Test
  void anExpectWithoutVerdictIsRefusedAndNotTriedForEver() throws JsonProcessingException {
    Expect without = Wire.json().readValue("{\"findings\":[\"rto-missed\"]}", Expect.class);

    assertThat(problems(without)).containsExactly("expect.verdict: is missing");
  }

  private static List<String> problems(Expect expect) {
    return PlanRules.problems(plan(expect)).stream().map(PlanRules.Problem::sentence).toList();
  }

  private static DrillPlan plan(@Nullable Expect expect) {
    List<Step> steps = List.of(new FenceStep(null, null, null, null));
    return new DrillPlan("plan", null, null, "lab", null, null, null, steps, expect);
  }

  @Test
  void aPlanThatExpectsNothingIsWrittenAsBefore() throws JsonProcessingException {
    // Its digest is in the ledger: it must stay the same plan.
    assertThat(Wire.json().writeValueAsString(plan(null))).doesNotContain("expect");
    DrillPlan weak = plan(LATE);
    assertThat(Wire.json().readValue(Wire.json().writeValueAsString(weak), DrillPlan.class))
        .isEqualTo(weak);
  }
}
