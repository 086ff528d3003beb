package dev.drillmaster.drill;

import dev.drillmaster.verdict.Verdict;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.util.List;

/**
 * What operators filter the Temporal UI's list of runs by. Few, because a namespace on a SQL
 * database has room for ten keywords; changed only with the phase, because each change is an event.
 */
public final class SearchAttributes {

  private static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("DrillPhase");

  private static final SearchAttributeKey<String> VERDICT =
      SearchAttributeKey.forKeyword("DrillVerdict");

  private static final SearchAttributeKey<List<String>> TARGETS =
      SearchAttributeKey.forKeywordList("DrillTargets");

  private static final SearchAttributeKey<Boolean> FAULT_ACTIVE =
      SearchAttributeKey.forBoolean("DrillFaultActive");

  private static final SearchAttributeKey<String> ENVIRONMENT =
      SearchAttributeKey.forKeyword("DrillEnvironment");

  /** What a namespace must know before any of them may be used. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(PHASE, VERDICT, TARGETS, FAULT_ACTIVE, ENVIRONMENT);

  private final boolean known;
  private String phase = "";
  private boolean faultActive;

  /**
   * Those of this run.
   *
   * @param known whether the namespace knows them: else a workflow task that names one fails for
   *     ever
   */
  SearchAttributes(boolean known) {
    this.known = known;
  }

  /**
   * Those of this run.
   *
   * @param knownToWorker whether the worker found them; recorded once, since another worker may
   *     replay this run after they were created
   */
  static SearchAttributes recorded(boolean knownToWorker) {
    return new SearchAttributes(Workflow.sideEffect(Boolean.class, () -> knownToWorker));
  }

  void begun(DrillPlan plan, List<String> targets, String now) {
    phase = now;
    upsert(
        PHASE.valueSet(now),
        TARGETS.valueSet(targets),
        ENVIRONMENT.valueSet(plan.environment()),
        FAULT_ACTIVE.valueSet(false));
  }

  void phase(String now) {
    if (!now.equals(phase)) {
      phase = now;
      upsert(PHASE.valueSet(now));
    }
  }

  void faultActive(boolean now) {
    if (now != faultActive) {
      faultActive = now;
      upsert(FAULT_ACTIVE.valueSet(now));
    }
  }

  void closed(String now, Verdict verdict) {
    phase = now;
    upsert(PHASE.valueSet(now), VERDICT.valueSet(verdict.name()));
  }

  private void upsert(SearchAttributeUpdate<?>... changes) {
    if (known) {
      Workflow.upsertTypedSearchAttributes(changes);
    }
  }
}
