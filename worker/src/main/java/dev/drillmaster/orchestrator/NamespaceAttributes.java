package dev.drillmaster.orchestrator;

import dev.drillmaster.drill.SearchAttributes;
import dev.drillmaster.process.Poll;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which search attributes a namespace knows. */
final class NamespaceAttributes {

  /** A dev server creates them a moment after it listens. */
  private static final Duration CREATED = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NamespaceAttributes.class);

  private NamespaceAttributes() {}

  /** Those of ours that it lacks. */
  static List<SearchAttributeKey<?>> missing(WorkflowServiceStubs stubs, String namespace) {
    Set<String> known = new HashSet<>();
    // A SQL database has columns for any namespace, and the namespace has names for them.
    known.addAll(
        stubs
            .blockingStub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
            .getConfig()
            .getCustomSearchAttributeAliasesMap()
            .values());
    known.addAll(ofCluster(stubs));
    return SearchAttributes.ALL.stream().filter(key -> !known.contains(key.getName())).toList();
  }

  /** Elasticsearch has them for all namespaces; a cluster that does not tell has none for us. */
  private static Set<String> ofCluster(WorkflowServiceStubs stubs) {
    try {
      return stubs
          .blockingStub()
          .getSearchAttributes(GetSearchAttributesRequest.getDefaultInstance())
          .getKeysMap()
          .keySet();
    } catch (StatusRuntimeException refused) {
      LOG.debug("the cluster does not tell its search attributes: {}", refused.getMessage());
      return Set.of();
    }
  }

  /** Returns when a server of ours has created them; one that does not works without. */
  static void await(WorkflowServiceStubs stubs, String namespace)
      throws IOException, InterruptedException {
    if (!Poll.until(CREATED, () -> missing(stubs, namespace).isEmpty())) {
      LOG.warn("the dev server lacks the search attributes {}", missing(stubs, namespace));
    }
  }

  /** How the Temporal command line is told to create them. */
  static String options(List<SearchAttributeKey<?>> keys) {
    return keys.stream()
        .map(key -> "--name " + key.getName() + " --type " + typeOf(key))
        .collect(Collectors.joining(" "));
  }

  /** How a dev server is told to have one. */
  static String option(SearchAttributeKey<?> key) {
    return key.getName() + "=" + typeOf(key);
  }

  /** The name of its type on the Temporal command line. */
  private static String typeOf(SearchAttributeKey<?> key) {
    IndexedValueType type = key.getValueType();
    return switch (type) {
      case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
      case INDEXED_VALUE_TYPE_KEYWORD_LIST -> "KeywordList";
      case INDEXED_VALUE_TYPE_BOOL -> "Bool";
      default -> throw new IllegalArgumentException(key.getName() + " is a " + type);
    };
  }
}
