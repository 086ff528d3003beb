package dev.drillmaster.drill;

import dev.drillmaster.verdict.Verdict;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operators filter the Temporal UI's list of runs by. Few, because a namespace on a SQL
 * database has room for ten keywords.
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
  private final Map<SearchAttributeKey<?>, SearchAttributeUpdate<?>> changes =
      new LinkedHashMap<>();
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
    soon(PHASE, now);
    soon(TARGETS, targets);
    soon(ENVIRONMENT, plan.environment());
    soon(FAULT_ACTIVE, false);
  }

  void phase(String now) {
    if (!now.equals(phase)) {
      phase = now;
      soon(PHASE, now);
    }
  }

  void faultActive(boolean now) {
    if (now != faultActive) {
      faultActive = now;
      soon(FAULT_ACTIVE, now);
    }
  }

  void closed(String now, Verdict verdict) {
    phase = now;
    soon(PHASE, now);
    soon(VERDICT, verdict.name());
    upsert();
  }

  /**
   * As soon as the workflow waits for something, and then all at once: a phase that is over before
   * that was nobody's to see, and each upsert is an event and a row of the server's.
   */
  private <T> void soon(SearchAttributeKey<T> attribute, T value) {
    if (changes.isEmpty()) {
      Async.procedure(this::upsert);
    }
    changes.put(attribute, attribute.valueSet(value));
  }

  private void upsert() {
    if (known && !changes.isEmpty()) {
      Workflow.upsertTypedSearchAttributes(changes.values().toArray(SearchAttributeUpdate[]::new));
    }
    changes.clear();
  }
}
